import { useId } from 'preact/hooks'
import { formatDay } from '../core/clock.ts'
import { useTexts } from './app-context.ts'

interface FieldProps {
  readonly name: string
  readonly label: string
  readonly value: string
  readonly onInput: (value: string) => void
  /** What is wrong with the value; '' when nothing is. */
  readonly error: string
}

/** A few lines of text, at most 500 characters. `hint` stands under the field until something is wrong. */
export function AreaField({ name, label, value, onInput, error, hint }: FieldProps & { readonly hint: string }) {
  const id = useId()
  return (
    <div class={error ? 'field wrong' : 'field'}>
      <label for={id}>{label}</label>
      <div class="box">
        <textarea
          id={id}
          name={name}
          rows={3}
          maxLength={500}
          value={value}
          aria-required="true"
          aria-invalid={error ? 'true' : undefined}
          aria-describedby={`${id}-message`}
          onInput={(event) => onInput(event.currentTarget.value)}
        />
      </div>
      <p class={error ? 'message' : 'message calm'} id={`${id}-message`}>
        {error || hint}
      </p>
    </div>
  )
}

/** A day, YYYY-MM-DD, by the platform's own picker, which writes it as the browser does: the app's own words stand below. */
export function DateField({
  name,
  label,
  value,
  onInput,
  error,
  min,
  max,
}: FieldProps & { readonly min?: string; readonly max?: string }) {
  const id = useId()
  const { language } = useTexts()
  return (
    <div class={error ? 'field wrong' : 'field'}>
      <label for={id}>{label}</label>
      <div class="box">
        <input
          type="date"
          id={id}
          name={name}
          value={value}
          {...(min ? { min } : {})}
          {...(max ? { max } : {})}
          required
          aria-invalid={error ? 'true' : undefined}
          aria-describedby={`${id}-message`}
          onInput={(event) => onInput(event.currentTarget.value)}
        />
      </div>
      <p class={error ? 'message' : 'message calm'} id={`${id}-message`}>
        {error || formatDay(value, language, 'short')}
      </p>
    </div>
  )
}

interface ChoiceProps<T extends string> {
  readonly name: string
  readonly label: string
  readonly value: T
  readonly options: readonly (readonly [value: T, label: string])[]
  readonly onChoose: (value: T) => void
}

/** One of a few, all of them in sight. */
export function ChoiceField<T extends string>({ name, label, value, options, onChoose }: ChoiceProps<T>) {
  return (
    <fieldset class="choices">
      <legend>{label}</legend>
      {options.map(([option, words]) => (
        <label key={option} class="choice">
          <input type="radio" name={name} value={option} checked={option === value} onChange={() => onChoose(option)} />
          <span>{words}</span>
        </label>
      ))}
    </fieldset>
  )
}

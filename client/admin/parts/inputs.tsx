import type { ComponentChildren } from 'preact'
import { useId } from 'preact/hooks'

interface LabelledProps {
  readonly label: string
  readonly value: string
  readonly onChange: (value: string) => void
  readonly testId?: string
  readonly hint?: string | undefined
  /** What is wrong with the value, shown beside it; '' when nothing is. */
  readonly error?: string | undefined
}

/** The ids of the lines below a field that describe it. */
const describedBy = (id: string, hint: string | undefined, error: string | undefined) =>
  [hint ? `${id}-hint` : '', error ? `${id}-error` : ''].filter(Boolean).join(' ') || undefined

function Below({ id, hint, error }: { id: string; hint: string | undefined; error: string | undefined }) {
  return (
    <>
      {hint && (
        <p class="hint" id={`${id}-hint`}>
          {hint}
        </p>
      )}
      {error && (
        <p class="field-error" id={`${id}-error`}>
          {error}
        </p>
      )}
    </>
  )
}

interface InputProps extends LabelledProps {
  readonly type?: 'text' | 'password' | 'date' | 'time' | 'email' | 'search' | 'number'
  readonly required?: boolean
  /** Digits only: a phone shows those keys. */
  readonly digits?: boolean
  readonly autocomplete?: 'off' | 'username' | 'current-password'
  /** Offered while typing. */
  readonly suggestions?: readonly string[]
  readonly onKey?: (key: string) => void
  /** The field was pressed with a finger or a mouse. */
  readonly onPointer?: () => void
  /** The field has lost the focus. `isWhole`: what stands in it is a value or nothing, not half a day. */
  readonly onLeave?: (isWhole: boolean) => void
}

/** The last day of a date field: a browser takes years of six digits otherwise, which no calendar here knows. */
const LAST_DAY = '9999-12-31'

/** One line of text, a day, a time, with its label above. Enter in a search sends no form. */
export function Input({ label, value, onChange, testId, type = 'text', hint, error, ...rest }: InputProps) {
  const id = useId()
  return (
    <div class="labelled">
      <label for={id}>{label}</label>
      <input
        id={id}
        type={type as 'text'}
        value={value}
        required={rest.required}
        inputMode={rest.digits ? 'numeric' : undefined}
        autocomplete={rest.autocomplete ?? 'off'}
        max={type === 'date' ? LAST_DAY : undefined}
        list={rest.suggestions && `${id}-list`}
        aria-invalid={error ? 'true' : undefined}
        aria-describedby={describedBy(id, hint, error)}
        data-testid={testId}
        onInput={(event) => onChange(event.currentTarget.value)}
        onKeyDown={(event) => {
          // What is looked for is not what is sent.
          if (type === 'search' && event.key === 'Enter') event.preventDefault()
          rest.onKey?.(event.key)
        }}
        onPointerDown={rest.onPointer}
        onBlur={(event) => rest.onLeave?.(!event.currentTarget.validity.badInput)}
      />
      {rest.suggestions && (
        <datalist id={`${id}-list`}>
          {rest.suggestions.map((text) => (
            <option key={text} value={text} />
          ))}
        </datalist>
      )}
      <Below id={id} hint={hint} error={error} />
    </div>
  )
}

/** Several lines of text. */
export function TextArea({ label, value, onChange, testId, hint, error }: LabelledProps) {
  const id = useId()
  return (
    <div class="labelled">
      <label for={id}>{label}</label>
      <textarea
        id={id}
        rows={3}
        value={value}
        aria-invalid={error ? 'true' : undefined}
        aria-describedby={describedBy(id, hint, error)}
        data-testid={testId}
        onInput={(event) => onChange(event.currentTarget.value)}
      />
      <Below id={id} hint={hint} error={error} />
    </div>
  )
}

export type Option = readonly [value: string, text: string]

/** A choice of one; the first option is what '' means, where there is one. */
export function Select({
  label,
  value,
  onChange,
  testId,
  hint,
  options,
}: LabelledProps & { options: readonly Option[] }) {
  const id = useId()
  return (
    <div class="labelled">
      <label for={id}>{label}</label>
      <select
        id={id}
        value={value}
        data-testid={testId}
        aria-describedby={describedBy(id, hint, '')}
        onChange={(event) => onChange(event.currentTarget.value)}
      >
        {options.map(([option, text]) => (
          <option key={option} value={option} selected={option === value}>
            {text}
          </option>
        ))}
      </select>
      <Below id={id} hint={hint} error="" />
    </div>
  )
}

interface CheckProps {
  readonly label: string
  readonly checked: boolean
  readonly onChange: (checked: boolean) => void
  readonly testId?: string
  readonly describedBy?: string
}

/** A yes or no. */
export function Check(props: CheckProps) {
  return (
    <label class="check">
      <input
        type="checkbox"
        checked={props.checked}
        data-testid={props.testId}
        aria-describedby={props.describedBy}
        onChange={(event) => props.onChange(event.currentTarget.checked)}
      />
      {props.label}
    </label>
  )
}

/** A form that is sent by its button or by Enter. */
export function Form({ onSend, children }: { onSend: () => void; children: ComponentChildren }) {
  return (
    <form
      class="form"
      onSubmit={(event) => {
        event.preventDefault()
        onSend()
      }}
    >
      {children}
    </form>
  )
}

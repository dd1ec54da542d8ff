import type { ComponentChildren } from 'preact'
import { useId } from 'preact/hooks'

interface LabelledProps {
  readonly label: string
  readonly value: string
  readonly onChange: (value: string) => void
  readonly testId?: string
}

interface InputProps extends LabelledProps {
  readonly type?: 'text' | 'password' | 'date' | 'time' | 'email' | 'search' | 'number'
  readonly hint?: string
  readonly required?: boolean
  readonly autocomplete?: 'off' | 'username' | 'current-password'
}

/** One line of text, a day, a time, with its label above. */
export function Input({ label, value, onChange, testId, type = 'text', hint, ...rest }: InputProps) {
  const id = useId()
  return (
    <div class="labelled">
      <label for={id}>{label}</label>
      <input
        id={id}
        type={type as 'text'}
        value={value}
        required={rest.required}
        autocomplete={rest.autocomplete ?? 'off'}
        aria-describedby={hint ? `${id}-hint` : undefined}
        data-testid={testId}
        onInput={(event) => onChange(event.currentTarget.value)}
      />
      {hint && (
        <p class="hint" id={`${id}-hint`}>
          {hint}
        </p>
      )}
    </div>
  )
}

/** Several lines of text. */
export function TextArea({ label, value, onChange, testId }: LabelledProps) {
  const id = useId()
  return (
    <div class="labelled">
      <label for={id}>{label}</label>
      <textarea
        id={id}
        rows={3}
        value={value}
        data-testid={testId}
        onInput={(event) => onChange(event.currentTarget.value)}
      />
    </div>
  )
}

export type Option = readonly [value: string, text: string]

/** A choice of one; the first option is what '' means, where there is one. */
export function Select({ label, value, onChange, testId, options }: LabelledProps & { options: readonly Option[] }) {
  const id = useId()
  return (
    <div class="labelled">
      <label for={id}>{label}</label>
      <select id={id} value={value} data-testid={testId} onChange={(event) => onChange(event.currentTarget.value)}>
        {options.map(([option, text]) => (
          <option key={option} value={option} selected={option === value}>
            {text}
          </option>
        ))}
      </select>
    </div>
  )
}

/** A yes or no. */
export function Check(props: { label: string; checked: boolean; onChange: (checked: boolean) => void }) {
  return (
    <label class="check">
      <input
        type="checkbox"
        checked={props.checked}
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

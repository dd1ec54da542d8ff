import { useId } from 'preact/hooks'
import type { Option } from './inputs.tsx'

interface ChoicesProps {
  readonly label: string
  readonly hint?: string
  readonly value: string
  readonly onChange: (value: string) => void
  readonly options: readonly Option[]
  readonly testId?: string
}

/** A choice of one among a few that each need a sentence. */
export function Choices({ label, hint, value, onChange, options, testId }: ChoicesProps) {
  const id = useId()
  return (
    <fieldset class="options" aria-describedby={hint ? `${id}-hint` : undefined}>
      <legend>{label}</legend>
      {hint && (
        <p class="hint" id={`${id}-hint`}>
          {hint}
        </p>
      )}
      {options.map(([option, text]) => (
        <label key={option} class="check">
          <input
            type="radio"
            name={id}
            checked={option === value}
            data-testid={testId && `${testId}-${option}`}
            onChange={() => onChange(option)}
          />
          {text}
        </label>
      ))}
    </fieldset>
  )
}

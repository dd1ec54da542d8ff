import { useId } from 'preact/hooks'
import { CHALLENGE_NAMES } from '../../../../shared/liveness/challenges.ts'
import { useWords } from '../../app-context.ts'
import { Choices } from '../../parts/choices.tsx'
import { Check, Input, TextArea } from '../../parts/inputs.tsx'
import { fieldTexts } from './field-texts.ts'
import { choicesOf, isChoice, isNumber, type Path, type Value } from './fields.ts'

interface SettingFieldProps {
  readonly path: Path
  readonly value: Value
  readonly onChange: (value: Value) => void
  /** What is wrong with it; '' when nothing is. */
  readonly error: string
}

function Flag({ path, value, onChange }: SettingFieldProps) {
  const words = useWords(fieldTexts)
  const id = useId()
  return (
    <div class="labelled">
      <Check
        label={words.label[path]}
        checked={value === true}
        onChange={onChange}
        testId={`setting-${path}`}
        describedBy={id}
      />
      <p class="hint" id={id}>
        {words.hint[path]}
      </p>
    </div>
  )
}

function ChallengeChoice({ value, onChange, error }: SettingFieldProps) {
  const words = useWords(fieldTexts)
  const id = useId()
  const chosen = value as readonly string[]
  // In the table's order, whatever was pressed first: the same choice is no change.
  const toggle = (name: string) =>
    onChange(CHALLENGE_NAMES.filter((one) => (one === name ? !chosen.includes(one) : chosen.includes(one))))
  return (
    <fieldset class="options" aria-describedby={`${id}-hint ${id}-error`}>
      <legend>{words.label.challenges}</legend>
      <p class="hint" id={`${id}-hint`}>
        {words.hint.challenges}
      </p>
      <div class="choices">
        {CHALLENGE_NAMES.map((name) => (
          <Check
            key={name}
            label={words.challenge[name]}
            checked={chosen.includes(name)}
            onChange={() => toggle(name)}
            testId={`challenge-${name}`}
          />
        ))}
      </div>
      <p class="field-error" id={`${id}-error`}>
        {error}
      </p>
    </fieldset>
  )
}

/** One setting: what it is called, what it does, its value, and what is wrong with that. */
export function SettingField(props: SettingFieldProps) {
  const words = useWords(fieldTexts)
  const { path, value, onChange, error } = props
  if (typeof value === 'boolean') return <Flag {...props} />
  if (path === 'challenges') return <ChallengeChoice {...props} />
  const common = { label: words.label[path], hint: words.hint[path], testId: `setting-${path}`, onChange }
  if (isChoice(path))
    return (
      <Choices
        {...common}
        value={String(value)}
        options={choicesOf(path).map((name) => [name, words.option[name as keyof typeof words.option]] as const)}
      />
    )
  if (path === 'school_networks') return <TextArea {...common} value={String(value)} error={error} />
  return <Input {...common} type={isNumber(path) ? 'number' : 'text'} value={String(value)} error={error} />
}

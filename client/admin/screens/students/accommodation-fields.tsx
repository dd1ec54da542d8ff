import { useState } from 'preact/hooks'
import type { Accommodation } from '../../../../shared/contract/auth.ts'
import { CHALLENGE_NAMES, type ChallengeName } from '../../../../shared/liveness/challenges.ts'
import { useWords } from '../../app-context.ts'
import { Check } from '../../parts/inputs.tsx'
import { fieldTexts } from '../settings/field-texts.ts'
import { accommodationTexts } from './accommodation-texts.ts'

/** Nothing is changed for her. */
export const NONE: Accommodation = { poses: 'guided', slow: false }

/** As the server keeps it: all movements are no list, and the fields stand in its order, so that what is equal reads equal. */
export function makeAccommodation(
  challenges: readonly ChallengeName[],
  { poses, slow }: Omit<Accommodation, 'challenges'>,
): Accommodation {
  const left = CHALLENGE_NAMES.filter((name) => challenges.includes(name))
  return { ...(left.length === CHALLENGE_NAMES.length ? {} : { challenges: left }), poses, slow }
}

export const movementsOf = ({ challenges }: Accommodation): readonly ChallengeName[] => challenges ?? CHALLENGE_NAMES

/** What a student need not do before a camera who cannot: movements, poses, haste. */
export function AccommodationFields(props: {
  readonly value: Accommodation
  readonly onChange: (value: Accommodation) => void
  readonly error: string
}) {
  const words = useWords(accommodationTexts)
  const { challenge } = useWords(fieldTexts)
  const { value, onChange } = props
  const left = movementsOf(value)
  const toggle = (name: ChallengeName) =>
    onChange(makeAccommodation(left.includes(name) ? left.filter((one) => one !== name) : [...left, name], value))
  // Open where there is something; from then on it is hers who reads it, but what is wrong is never folded away.
  const [isOpen, setOpen] = useState(() => JSON.stringify(value) !== JSON.stringify(NONE))
  return (
    <details open={isOpen || props.error !== ''} onToggle={(event) => setOpen(event.currentTarget.open)}>
      <summary data-testid="accommodation">{words.title}</summary>
      <p class="hint">{words.hint}</p>
      <fieldset class="choices" aria-describedby={props.error ? 'accommodation-error' : undefined}>
        <legend>{words.movements}</legend>
        {CHALLENGE_NAMES.map((name) => (
          <Check
            key={name}
            label={challenge[name]}
            checked={left.includes(name)}
            onChange={() => toggle(name)}
            testId={`may-${name}`}
          />
        ))}
      </fieldset>
      {props.error && (
        <p class="field-error" id="accommodation-error" role="alert">
          {props.error}
        </p>
      )}
      <Check
        label={words.slow}
        checked={value.slow}
        onChange={(slow) => onChange(makeAccommodation(left, { ...value, slow }))}
        testId="slow"
      />
      <Check
        label={words.poses}
        checked={value.poses === 'any'}
        onChange={(any) => onChange(makeAccommodation(left, { ...value, poses: any ? 'any' : 'guided' }))}
        testId="any-pose"
      />
    </details>
  )
}

/** The same in a line, for her card. */
export function AccommodationLine({ value }: { value: Accommodation }) {
  const words = useWords(accommodationTexts)
  const { challenge } = useWords(fieldTexts)
  const told = [
    ...(value.challenges === undefined ? [] : [words.only(value.challenges.map((name) => challenge[name]).join(', '))]),
    ...(value.slow ? [words.slow] : []),
    ...(value.poses === 'any' ? [words.poses] : []),
  ]
  return <>{told.length === 0 ? words.none : told.join('. ')}</>
}

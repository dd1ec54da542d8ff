import { useState } from 'preact/hooks'
import { studentsApi } from '../../../../shared/contract/api/students.ts'
import { useAdmin, useWords } from '../../app-context.ts'
import { Input } from '../../parts/inputs.tsx'
import { ProblemLine } from '../../parts/problem-line.tsx'
import { useAsk } from '../../parts/use-ask.ts'
import { useSettled } from '../../parts/use-settled.ts'
import { eventTexts } from './event-texts.ts'

export interface Choice {
  readonly id: string
  readonly nim: string
  readonly name: string
  readonly kelas: string | null
}

/** Names shown of what matches. */
const SHOWN = 6

interface StudentChoiceProps {
  /** Whoever was claimed or recognised comes first. */
  readonly likely: readonly Choice[]
  readonly chosen: Choice | null
  readonly onChoose: (student: Choice) => void
}

/** One student, found by name or NIM; Enter chooses the only one that is found. */
export function StudentChoice({ likely, chosen, onChoose }: StudentChoiceProps) {
  const words = useWords(eventTexts)
  const { api } = useAdmin()
  const [search, setSearch] = useState('')
  const typed = search.trim()
  const text = useSettled(typed)
  const { data, problem, isCurrent, reload } = useAsk(text, async () =>
    text === '' ? [] : (await api.call(studentsApi.dropdown, { query: { search: text, limit: SHOWN } })).students,
  )
  const found = text === '' ? likely : (data ?? [])
  const only = found.length === 1 && isCurrent && text === typed && typed !== '' ? found[0] : undefined
  const shown = chosen && !found.some(({ id }) => id === chosen.id) ? [chosen, ...found] : found
  return (
    <>
      <Input
        label={words.find}
        type="search"
        value={search}
        onChange={setSearch}
        onKey={(key) => key === 'Enter' && only && onChoose(only)}
        testId="find-student"
      />
      <fieldset class="choices">
        <legend>{words.student}</legend>
        {shown.map((student) => (
          <label key={student.id} class="check">
            <input
              type="radio"
              name="student"
              checked={student.id === chosen?.id}
              onChange={() => onChoose(student)}
              data-testid={`choose-${student.nim}`}
            />
            {student.name} <span class="muted">{[student.nim, student.kelas ?? '–'].join(' · ')}</span>
          </label>
        ))}
        {problem && <ProblemLine problem={problem} onRetry={reload} />}
        {shown.length === 0 && text !== '' && isCurrent && !problem && <p class="muted">{words.nobody}</p>}
      </fieldset>
    </>
  )
}

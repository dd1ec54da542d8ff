import { useStore } from '../../core/store.ts'
import { useAdmin, useWords } from '../app-context.ts'
import { common } from '../texts.ts'
import { Select } from './inputs.tsx'
import type { School } from './use-school.ts'

interface SessionFieldProps {
  readonly sessions: School['sessions']
  /** The filter of the address it changes. */
  readonly name?: string
  /** Where one session is shown at a time: the one that is shown when none was chosen; '' while that is not known. */
  readonly shown?: string
}

/** A choice of a session, or of all of them, kept in the address; goes back to the first page. */
export function SessionField({ sessions, name = 'session', shown }: SessionFieldProps) {
  const words = useWords(common)
  const { router } = useAdmin()
  const { filters } = useStore(router)
  return (
    <Select
      label={words.session}
      value={filters[name] ?? shown ?? ''}
      onChange={(value) => router.filter({ [name]: value, offset: '' })}
      testId="session"
      options={[
        ...(shown === undefined ? [['', words.all] as const] : []),
        ...(shown === '' ? [['', '…'] as const] : []),
        ...sessions.map(({ id, name: text }) => [id, text] as const),
      ]}
    />
  )
}

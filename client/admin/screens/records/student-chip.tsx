import type { StaffAbsensi } from '../../../../shared/contract/absensi-admin.ts'
import { usersApi } from '../../../../shared/contract/api/users.ts'
import { Icon } from '../../../ui/icon.tsx'
import { useAdmin, useMe, useWords } from '../../app-context.ts'
import { useAsk } from '../../parts/use-ask.ts'
import { findStudent } from '../students/find-student.ts'
import { recordTexts } from './texts.ts'

interface StudentChipProps {
  readonly id: string
  /** The records shown, for her name; null until they are known. */
  readonly rows: readonly StaffAbsensi[] | null
}

/** Whose records alone are shown, as another screen chose: told, and taken away by a press. */
export function StudentChip({ id, rows }: StudentChipProps) {
  const words = useWords(recordTexts)
  const { api, router } = useAdmin()
  const isAdmin = useMe().role === 'admin'
  const shown = rows?.find(({ user_id }) => user_id === id)?.name
  // Who has no record here is asked for.
  const wanted = rows === null || shown !== undefined ? '' : id
  const { data } = useAsk(`student ${wanted}`, async () => {
    if (wanted === '') return null
    return isAdmin ? (await api.call(usersApi.read, { params: { id: wanted } })).user : findStudent(api, wanted)
  })
  const name = shown ?? (data?.id === id ? data.name : undefined)
  const text = name === undefined ? words.oneStudent : words.onlyStudent(name)
  return (
    <div class="row-actions">
      <button
        type="button"
        class="chip"
        aria-label={words.dropFilter(text)}
        onClick={() => {
          router.filter({ user_id: '', offset: '' })
          // The chip is gone with it.
          document.querySelector<HTMLElement>('#main h1')?.focus({ preventScroll: true })
        }}
      >
        {text}
        <Icon name="cross" size={16} />
      </button>
    </div>
  )
}

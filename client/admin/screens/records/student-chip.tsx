import type { StaffAbsensi } from '../../../../shared/contract/absensi-admin.ts'
import { usersApi } from '../../../../shared/contract/api/users.ts'
import { useAdmin, useMe, useWords } from '../../app-context.ts'
import { FilterChip } from '../../parts/filter-chip.tsx'
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
  const { api } = useAdmin()
  const isAdmin = useMe().role === 'admin'
  const shown = rows?.find(({ user_id }) => user_id === id)?.name
  // Who has no record here is asked for.
  const wanted = rows === null || shown !== undefined ? '' : id
  const { data } = useAsk(`student ${wanted}`, async () => {
    if (wanted === '') return null
    return isAdmin ? (await api.call(usersApi.read, { params: { id: wanted } })).user : findStudent(api, wanted)
  })
  const name = shown ?? (data?.id === id ? data.name : undefined)
  return (
    <div class="row-actions">
      <FilterChip name="user_id" text={name === undefined ? words.oneStudent : words.onlyStudent(name)} />
    </div>
  )
}

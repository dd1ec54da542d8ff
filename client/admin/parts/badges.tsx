import type { Grade, Status } from '../../../shared/contract/absensi.ts'
import { useWords } from '../app-context.ts'
import { common } from '../texts.ts'

/** An attendance's status: colour, letter and word. */
export function StatusBadge({ status }: { status: Status | 'belum' }) {
  const words = useWords(common)
  return <span class={`badge ${status}`}>{words.status[status]}</span>
}

/** How far a record may be trusted; nothing is said of what is verified. */
export function GradeBadge({ grade }: { grade: Grade }) {
  const words = useWords(common)
  return grade === 'verified' ? null : <span class="badge review">{words.grade[grade]}</span>
}

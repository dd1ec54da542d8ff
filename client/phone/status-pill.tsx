import type { Status } from '../../shared/contract/absensi.ts'
import { useTexts } from './app-context.ts'

const KINDS: Readonly<Record<Status, string>> = {
  hadir: 'good',
  terlambat: 'warn',
  izin: 'izin',
  sakit: 'sakit',
  alfa: 'bad',
}

/** A status in a word and a colour; late ones say by how many minutes. `waits`: somebody has yet to look at it, so no colour. */
export function StatusPill({
  status,
  lateMinutes,
  waits = false,
}: {
  status: Status
  lateMinutes: number
  waits?: boolean
}) {
  const { texts } = useTexts()
  const kind = waits ? '' : KINDS[status]
  const late = status === 'terlambat' && lateMinutes > 0
  return (
    <span class={`pill ${kind}`}>
      {late ? `${texts.status[status]} · ${texts.receipt.late(lateMinutes)}` : texts.status[status]}
    </span>
  )
}

import type { Status } from '../../shared/contract/absensi.ts'
import { useTexts } from './app-context.ts'

const KINDS: Readonly<Record<Status, string>> = {
  hadir: 'good',
  terlambat: 'warn',
  izin: 'izin',
  sakit: 'sakit',
  alfa: 'bad',
}

/** Whether somebody was there: only then the record's time is when she came. */
export const isPresent = (status: Status): boolean => status === 'hadir' || status === 'terlambat'

/** A status in a word and a colour; late ones say by how many minutes. */
export function StatusPill({ status, lateMinutes }: { status: Status; lateMinutes: number }) {
  const { texts } = useTexts()
  const kind = KINDS[status]
  const late = status === 'terlambat' && lateMinutes > 0
  return (
    <span class={`pill ${kind}`}>
      {late ? `${texts.status[status]} · ${texts.receipt.late(lateMinutes)}` : texts.status[status]}
    </span>
  )
}

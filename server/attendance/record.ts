import { randomUUID } from 'node:crypto'
import type { Deps } from '../deps.ts'
import { type Outcome, refusal } from '../evidence/outcome.ts'
import type { Session } from '../timetable/store.ts'
import type { Placed } from './place.ts'
import { locate } from './session.ts'
import { type AttendanceOrigin, insertAttendance, noteLeaving } from './store.ts'

/** A recognised person's check-in, on its way to be recorded. */
export interface CheckIn {
  readonly person: { readonly id: string; readonly kelas: string | null }
  /** The moment that counts, ms: when the ticket was issued. */
  readonly at: number
  /** 0..1, calibrated. */
  readonly confidence: number
  /** Something about it wants a person's look: it is recorded, graded `review`. */
  readonly doubtful: boolean
  /** Where it came from, by the place rule of the session it counts for. */
  judgePlace(session: Session): Placed
  readonly origin: Omit<AttendanceOrigin, 'placed'>
}

/**
 * Records a check-in in the session of its moment, once: a repeat is answered by the first. In the leaving hours of a session
 * the person is present in, she checks out. `closed` when no session of hers is open; `outside` where the session refuses
 * another place; where it flags that, the grade is `review`.
 */
export async function recordCheckIn(deps: Deps, checkIn: CheckIn): Promise<Outcome> {
  const { person, at, confidence, origin } = checkIn
  const { day, rows, counts } = await locate(deps, person, at)
  if (counts.kind === 'closed') return refusal('closed')
  const { session, state, lateMinutes } = counts.one
  const first = rows.get(session.id)
  if (counts.kind === 'repeat' && first !== undefined)
    return { receipt: { kind: 'attendance', absensi_id: first.id, is_duplicate: true }, statements: [] }

  const placed = checkIn.judgePlace(session)
  const elsewhere = placed.place !== null && placed.place !== 'inside'
  if (elsewhere && session.place?.mode === 'refuse') return refusal('outside')
  const doubtful = elsewhere || checkIn.doubtful

  if (first !== undefined)
    return {
      receipt: { kind: 'attendance', absensi_id: first.id, is_duplicate: false, left: true },
      statements: noteLeaving(first.id, at, doubtful),
    }
  const id = randomUUID()
  const attendance = {
    id,
    userId: person.id,
    sessionId: session.id,
    date: day.date,
    timestamp: at,
    status: state === 'late' ? 'terlambat' : 'hadir',
    grade: doubtful ? 'review' : 'verified',
    lateMinutes,
    confidence,
  } as const
  return {
    receipt: { kind: 'attendance', absensi_id: id, is_duplicate: false },
    statements: [insertAttendance(attendance, { ...origin, placed }, deps.now())],
  }
}

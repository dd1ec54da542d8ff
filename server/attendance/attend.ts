import { randomUUID } from 'node:crypto'
import type { Point } from '../../shared/attendance/place.ts'
import { isPresent } from '../../shared/attendance/present.ts'
import type { SessionState } from '../../shared/attendance/window.ts'
import type { Grade } from '../../shared/contract/absensi.ts'
import { removeRows } from '../corrections/store.ts'
import { mustChange, type Statement } from '../db/write.ts'
import type { Deps } from '../deps.ts'
import { type Outcome, refusal } from '../evidence/outcome.ts'
import { judgePlace } from './place.ts'
import { locate } from './session.ts'
import { type Attendance, insertAttendance, noteLeaving } from './store.ts'

/** Somebody recognised at a moment. */
export interface Arrival {
  /** The moment that counts, ms: when the ticket was issued. */
  readonly instant: number
  /** 0..1, calibrated. */
  readonly confidence: number
  /** `review` when anything about it is doubtful. */
  readonly grade: Grade
  readonly method: 'face' | 'kiosk' | 'code'
  /** Null where no device of hers took part: a code that a teacher confirmed. */
  readonly deviceId: string | null
  readonly checkId: string | null
  readonly deviceInfo: string | undefined
  readonly ipAddress: string
  /** It was captured without network, and comes in now. */
  readonly late?: boolean
  /** Where it came from, for the session's place rule: `here` for a device that stands at the place. */
  readonly from: 'here' | { readonly location: (Point & { accuracy: number }) | undefined }
}

/**
 * What a recognised person's check-in does: the first of a session is recorded, another one in its leaving hours is her
 * leaving, any other one repeats the first. An alfa or izin that was made up meanwhile gives way, as a correction; what
 * somebody set by hand stays, and is doubted where she came; so does a lateness that an earlier check-in, come in later,
 * denies. Refused as `closed` when no session of hers is open, and as `outside` where the session is taken at its place
 * only; where it flags other places, or its hours were changed after a late one was captured, or she is recorded in a session of
 * another class that day, the grade is `review`.
 * Nothing is written here: the statements go into the caller's batch, and break it (`isConflict`) when another check-in
 * was quicker.
 */
export async function attend(
  deps: Deps,
  user: { readonly id: string; readonly kelas: string | null },
  arrival: Arrival,
): Promise<Outcome> {
  const { day, rows, counts } = await locate(deps, user, arrival.instant)
  if (counts.kind === 'closed') return refusal('closed')
  const { session, state, lateMinutes } = counts.one
  const first = rows.get(session.id)
  if (counts.kind === 'repeat' && first !== undefined)
    return {
      receipt: { kind: 'attendance', absensi_id: first.id, is_duplicate: true },
      statements: [],
      ...doubtRepeat(first, arrival, state),
    }

  const { from, ipAddress: address } = arrival
  const rule = from === 'here' ? null : session.place
  const placed = judgePlace(rule, { location: from === 'here' ? undefined : from.location, address })
  const elsewhere = placed.place !== null && placed.place !== 'inside'
  if (elsewhere && rule?.mode === 'refuse') return refusal('outside')
  const isElsewhere = day.sessions.some((one) => one.former && one.session.id !== session.id)
  const isChanged = arrival.late === true && (session.updatedAt > arrival.instant || isElsewhere)
  const grade = elsewhere || isChanged ? 'review' : arrival.grade
  const doubt = isChanged ? ({ doubt: 'timetable_changed' } as const) : {}

  if (counts.kind === 'leave' && first !== undefined)
    return {
      receipt: { kind: 'attendance', absensi_id: first.id, is_duplicate: false, left: true },
      statements: noteLeaving(first.id, arrival.instant, grade),
      ...doubt,
    }
  const id = randomUUID()
  const attendance = {
    id,
    userId: user.id,
    sessionId: session.id,
    date: day.date,
    timestamp: arrival.instant,
    status: state === 'late' ? 'terlambat' : 'hadir',
    grade,
    lateMinutes,
    confidence: arrival.confidence,
    method: arrival.method,
  } as const
  return {
    receipt: { kind: 'attendance', absensi_id: id, is_duplicate: false },
    statements: [
      ...(first === undefined ? [] : replaceMadeUp(first.id, deps.now())),
      insertAttendance(attendance, { ...arrival, placed }, deps.now()),
    ],
    ...doubt,
  }
}

/** What speaks against leaving the first record as it is. */
function doubtRepeat(
  { status, timestamp }: Attendance,
  { instant }: Arrival,
  state: SessionState | 'holiday',
): Pick<Outcome, 'doubt'> {
  if (!isPresent(status)) return { doubt: 'marked_absent' }
  return status === 'terlambat' && state === 'open' && instant < timestamp ? { doubt: 'came_earlier' } : {}
}

/** Takes away, as a correction, the row that was made because nobody seemed to come. */
function replaceMadeUp(id: string, now: number): Statement[] {
  const chosen = { where: "a.id = :id AND a.method IN ('close', 'izin')", args: { id } }
  return [...removeRows(chosen, { by: null, reason: 'check-in', now }), mustChange]
}

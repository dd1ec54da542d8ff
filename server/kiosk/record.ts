import { randomUUID } from 'node:crypto'
import { DAILY_SESSION, locate } from '../attendance/session.ts'
import { findAttendanceOn, insertAttendance } from '../attendance/store.ts'
import type { Deps } from '../deps.ts'
import type { Evidence } from '../evidence/assess.ts'
import { type Outcome, refusal } from '../evidence/outcome.ts'
import type { TicketClaims } from '../evidence/ticket.ts'
import type { Recognition } from './recognise.ts'
import { findRecentAttendance, setKioskMethod } from './store.ts'

/** Whoever was marked so lately is not marked again, whatever session it is by now, ms. */
const AGAIN_MS = 5 * 60_000

/** Records the attendance of somebody a kiosk recognised, once; closed outside of the session's hours. */
export async function recordAtKiosk(
  deps: Deps,
  { person, confidence, twinNearer }: Extract<Recognition, { kind: 'matched' }>,
  { ticket, device, verdict, checkId }: Evidence<TicketClaims>,
  origin: { deviceInfo: string | undefined; ipAddress: string },
): Promise<Outcome> {
  const personId = person.id
  const already = (absensi_id: string): Outcome => ({
    receipt: { kind: 'attendance', absensi_id, is_duplicate: true },
    statements: [],
    personId,
  })
  const recent = await findRecentAttendance(deps.db, personId, ticket.issued_at - AGAIN_MS)
  if (recent !== null) return already(recent)

  const moment = await locate(deps, ticket.issued_at)
  const key = { userId: personId, sessionId: DAILY_SESSION.id, date: moment.date }
  const first = await findAttendanceOn(deps.db, key)
  if (first !== null) return already(first.id)
  if (moment.state === 'before' || moment.state === 'closed') return { ...refusal('closed'), personId }

  const id = randomUUID()
  const attendance = {
    id,
    ...key,
    timestamp: ticket.issued_at,
    status: moment.state === 'late' ? 'terlambat' : 'hadir',
    grade: verdict.result === 'review' || twinNearer ? 'review' : 'verified',
    lateMinutes: moment.lateMinutes,
    confidence,
  } as const
  return {
    receipt: { kind: 'attendance', absensi_id: id, is_duplicate: false },
    statements: [
      insertAttendance(attendance, { ...origin, deviceId: device.id, checkId }, deps.now()),
      setKioskMethod(id),
    ],
    personId,
  }
}

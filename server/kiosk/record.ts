import { attend } from '../attendance/attend.ts'
import type { Deps } from '../deps.ts'
import type { Evidence } from '../evidence/assess.ts'
import type { Outcome } from '../evidence/outcome.ts'
import type { TicketClaims } from '../evidence/ticket.ts'
import type { Recognition } from './recognise.ts'
import { findRecentAttendance } from './store.ts'

/** Whoever was marked so lately is not marked again, whatever session it is by now, ms. */
const AGAIN_MS = 5 * 60_000

/** Records the attendance of somebody a kiosk recognised, once. */
export async function recordAtKiosk(
  deps: Deps,
  { person, confidence, twinNearer }: Extract<Recognition, { kind: 'matched' }>,
  { ticket, device, capture, verdict, checkId }: Evidence<TicketClaims>,
  origin: { deviceInfo: string | undefined; ipAddress: string },
): Promise<Outcome> {
  const personId = person.id
  // The ticket may have been drawn ahead: the walk began as long ago as the trace is.
  const began = Math.max(ticket.issued_at, deps.now() - (capture.frames.at(-1)?.t ?? 0))
  const recent = await findRecentAttendance(deps.db, personId, began - AGAIN_MS)
  if (recent !== null)
    return {
      receipt: { kind: 'attendance', absensi_id: recent, is_duplicate: true },
      statements: [],
      personId,
    }
  const outcome = await attend(deps, person, {
    ...origin,
    instant: began,
    confidence,
    grade: verdict.result === 'review' || twinNearer ? 'review' : 'verified',
    method: 'kiosk',
    deviceId: device.id,
    checkId,
    from: 'here',
  })
  return { ...outcome, personId }
}

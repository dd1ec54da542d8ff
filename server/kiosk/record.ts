import { recordCheckIn } from '../attendance/record.ts'
import type { Deps } from '../deps.ts'
import type { Evidence } from '../evidence/assess.ts'
import type { Outcome } from '../evidence/outcome.ts'
import type { TicketClaims } from '../evidence/ticket.ts'
import type { Recognition } from './recognise.ts'
import { findRecentAttendance } from './store.ts'

/** Whoever was marked so lately is not marked again, whatever session it is by now, ms. */
const AGAIN_MS = 5 * 60_000

/** Records the attendance of somebody a kiosk recognised, once. A paired kiosk stands where the school put it: inside. */
export async function recordAtKiosk(
  deps: Deps,
  { person, confidence, twinNearer }: Extract<Recognition, { kind: 'matched' }>,
  { ticket, device, verdict, checkId }: Evidence<TicketClaims>,
  origin: { deviceInfo: string | undefined; ipAddress: string },
): Promise<Outcome> {
  const personId = person.id
  const recent = await findRecentAttendance(deps.db, personId, ticket.issued_at - AGAIN_MS)
  if (recent !== null)
    return {
      receipt: { kind: 'attendance', absensi_id: recent, is_duplicate: true },
      statements: [],
      personId,
    }
  const outcome = await recordCheckIn(deps, {
    person,
    at: ticket.issued_at,
    confidence,
    doubtful: verdict.result === 'review' || twinNearer,
    judgePlace: ({ place }) => ({
      place: place === null || place.mode === 'off' ? null : 'inside',
      distance: null,
      accuracy: null,
    }),
    origin: { ...origin, deviceId: device.id, checkId, method: 'kiosk' },
  })
  return { ...outcome, personId }
}

import type { Grade } from '../../shared/contract/absensi.ts'
import { attend } from '../attendance/attend.ts'
import type { Deps } from '../deps.ts'
import type { Evidence } from '../evidence/assess.ts'
import type { Outcome } from '../evidence/outcome.ts'
import type { TicketClaims } from '../evidence/ticket.ts'
import type { Recognition } from './recognise.ts'
import { findAttendanceNear } from './store.ts'

/** Whoever was marked so lately is not marked again, whatever session it is by now, ms. */
const AGAIN_MS = 5 * 60_000

/** When somebody stood before a kiosk (ms), how far that may be trusted, and what is noted of it for staff. */
export interface Standing {
  readonly instant: number
  readonly grade: Grade
  readonly deviceInfo: string | undefined
  /** It comes from the outbox. */
  readonly late?: boolean
  readonly ipAddress: string
}

/** Records the attendance of somebody a kiosk recognised, once. */
export async function recordAtKiosk(
  deps: Deps,
  { person, confidence }: Extract<Recognition, { kind: 'matched' }>,
  { device, checkId }: Evidence<TicketClaims>,
  standing: Standing,
): Promise<Outcome> {
  const personId = person.id
  // What comes in late repeats only what was before it: of a later check-in it may be the better one, or another session's.
  const { instant, late } = standing
  const recent = await findAttendanceNear(deps.db, personId, instant - AGAIN_MS, instant + (late ? 1 : AGAIN_MS))
  if (recent !== null)
    return {
      receipt: { kind: 'attendance', absensi_id: recent, is_duplicate: true },
      statements: [],
      personId,
    }
  const outcome = await attend(deps, person, {
    ...standing,
    confidence,
    method: 'kiosk',
    deviceId: device.id,
    checkId,
    from: 'here',
  })
  return { ...outcome, personId }
}

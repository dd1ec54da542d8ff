import { randomInt, randomUUID } from 'node:crypto'
import type { Purpose, Ticket } from '../../shared/contract/capture.ts'
import { findLiveConsent } from '../consents/store.ts'
import type { Deps } from '../deps.ts'
import { findDevice } from '../devices/store.ts'
import { refuse } from '../http/problem.ts'
import { readSchoolSettings } from '../settings/store.ts'
import type { SignedInUser } from '../users/store.ts'
import { allowedChallenges, drawChallenges } from './draw.ts'
import type { SealingKeys } from './sealing-keys.ts'
import { FAILURE_WINDOW_MS, insertTicket, readFailures, readTicketTimes } from './store.ts'
import { signTicket, TICKET_SECONDS, type TicketClaims } from './ticket.ts'

/** Refused faces of one person on one device within three minutes, after which that pair waits. */
const FAILURES = 5
/** Tickets of one person on one device within three minutes: more than anybody walks through. */
const TICKETS = 20

/**
 * Issues a ticket for one capture: what is asked is drawn here and cannot be known before.
 * Refuses with consent_required, wrong_device (not this user's phone, or revoked), device_pending (a further phone, not yet
 * approved, that would replace an enrolled face) or slow_down.
 */
export async function issueTicket(
  { db, keyRing, config, now }: Deps,
  sealingKeys: SealingKeys,
  user: SignedInUser,
  request: { purpose: Purpose; device_id: string },
): Promise<Ticket> {
  const { purpose, device_id } = request
  if ((await findLiveConsent(db, user.id)) === null) refuse('consent_required')
  const device = await findDevice(db, device_id, user.id)
  if (device === null || device.kind !== 'phone' || device.status === 'revoked') refuse('wrong_device')
  // Whoever has only the password could otherwise put another face in the place of the owner's.
  if (purpose === 'enrol' && device.status === 'pending' && user.hasFace) refuse('device_pending')
  await refuseHaste(db, user.id, device_id, now())
  const drawn = await readTicketTimes(db, user.id, device_id, now())
  refuseWhenFull(drawn, TICKETS, now())

  const { challenges: own, slow, poses } = user.accommodation
  const { challenges: school, retention } = await readSchoolSettings(db)
  const seconds = TICKET_SECONDS[purpose] * (slow ? 2 : 1)
  const sealing = await sealingKeys.current()
  const claims: TicketClaims = {
    id: randomUUID(),
    user: user.id,
    device: device_id,
    purpose,
    challenges: drawChallenges(allowedChallenges(school, own), (below) => randomInt(below)),
    slow,
    poses,
    kid: sealing.kid,
    issued_at: now(),
    expires_at: now() + seconds * 1000,
  }
  const ticket = await signTicket(keyRing, claims)
  await db.write(insertTicket(claims, retention.tickets))
  return {
    ticket,
    id: claims.id,
    purpose,
    challenges: claims.challenges,
    slow,
    poses,
    expires_in: seconds,
    sealing,
    profile: config.profile,
  }
}

/**
 * Refuses with slow_down while this person's face was refused five times within three minutes on this device. Only the two
 * together wait: nobody can lock somebody else out on her own phone.
 */
export async function refuseHaste(db: Deps['db'], userId: string, deviceId: string, now: number): Promise<void> {
  refuseWhenFull(await readFailures(db, userId, deviceId, now), FAILURES, now)
}

/** Refuses until the oldest of the newest `limit` times has left the window. Times: newest first, ms. */
function refuseWhenFull(times: readonly number[], limit: number, now: number): void {
  const oldest = times[limit - 1]
  if (oldest !== undefined) refuse('slow_down', { retryAfter: (oldest + FAILURE_WINDOW_MS - now) / 1000 })
}

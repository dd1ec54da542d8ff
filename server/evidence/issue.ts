import { randomInt, randomUUID } from 'node:crypto'
import type { Accommodation } from '../../shared/contract/auth.ts'
import type { Purpose, Ticket } from '../../shared/contract/capture.ts'
import type { ChallengeName } from '../../shared/liveness/challenges.ts'
import { findLiveConsent } from '../consents/store.ts'
import type { Db } from '../db/open.ts'
import type { Deps } from '../deps.ts'
import { findDevice, listDevices } from '../devices/store.ts'
import { refuse } from '../http/problem.ts'
import { readSchoolSettings } from '../settings/store.ts'
import { findUser, type SignedInUser } from '../users/store.ts'
import { allowedChallenges, drawChallenges, drawForQueue } from './draw.ts'
import type { SealingKeys } from './sealing-keys.ts'
import { FAILURE_WINDOW_MS, insertTicket, readFailures, readTicketTimes } from './store.ts'
import { signTicket, TICKET_SECONDS, type TicketClaims } from './ticket.ts'

/** Refused faces of one person on one device within three minutes, after which that pair waits. */
const FAILURES = 5
/** The same of a kiosk, which a whole class walks past: more than one every five seconds. */
const KIOSK_FAILURES = 40
/** Tickets of one person on one device within three minutes: more than anybody walks through. */
const TICKETS = 20
/** A face that was refused at a kiosk so lately leaves a doubt about whoever is next, ms. */
const DOUBT_MS = 30_000
/** Captures in which nobody is asked to do anything. */
const STILL: readonly Purpose[] = ['scan', 'upload']

/**
 * Issues a ticket for one capture: what is asked is drawn here and cannot be known before. With `user_id` an admin draws one
 * for somebody else's enrolment or photographs, for a device of her own.
 * Refuses with forbidden, not_found (no such person), consent_required, wrong_device (not this user's phone, or revoked),
 * device_pending (a further phone, not yet approved, that would enrol a face beside a face or phone of hers) or slow_down.
 */
export async function issueTicket(
  deps: Deps,
  sealingKeys: SealingKeys,
  user: SignedInUser,
  request: { purpose: Purpose; device_id: string; user_id?: string | undefined },
): Promise<Ticket> {
  const { db, now } = deps
  const { purpose, device_id, user_id } = request
  const other = user_id === undefined ? null : await findOther(deps, user, purpose, user_id)
  const person = other ?? user
  if (needsConsent(purpose, person) && (await findLiveConsent(db, person.id)) === null) refuse('consent_required')
  const device = await findDevice(db, device_id, user.id)
  if (device === null || device.kind !== 'phone' || device.status === 'revoked') refuse('wrong_device')
  const isBarred = other !== null || (setsFace(purpose) && (await hasFaceOrPhone(db, person)))
  if (device.status === 'pending' && isBarred) refuse('device_pending')
  await refuseHaste(db, person.id, device_id, now())
  refuseWhenFull(await readTicketTimes(db, person.id, device_id, now()), TICKETS, now())
  const by = other === null ? null : user.id
  return signAndStore(deps, sealingKeys, { user: person.id, by, device: device_id, purpose }, person.accommodation)
}

/**
 * Issues a kiosk's ticket: for whoever comes, or for the person of a typed NIM with her accommodation. It asks for one thing;
 * for two just after a refused face. Refuses with slow_down after very many unknown faces.
 */
export async function issueKioskTicket(
  deps: Deps,
  sealingKeys: SealingKeys,
  kioskId: string,
  claimed: SignedInUser | null,
): Promise<Ticket> {
  await refuseHaste(deps.db, null, kioskId, deps.now())
  const claims = { user: claimed?.id ?? null, by: null, device: kioskId, purpose: 'identify' } as const
  const [latest] = await readFailures(deps.db, null, kioskId, deps.now())
  const doubt = latest !== undefined && deps.now() - latest < DOUBT_MS
  const accommodation = claimed?.accommodation ?? { poses: 'guided' as const, slow: false }
  return signAndStore(deps, sealingKeys, claims, accommodation, (allowed) => drawForKiosk(allowed, doubt))
}

async function findOther({ db }: Deps, user: SignedInUser, purpose: Purpose, id: string): Promise<SignedInUser> {
  if (user.role !== 'admin') refuse('forbidden')
  if (purpose !== 'enrol' && purpose !== 'upload') refuse('bad_request', { fields: [USER_ID] })
  const other = await findUser(db, id)
  return other?.isActive ? other : refuse('not_found')
}

const USER_ID = { path: 'user_id', message: 'only for enrol and upload' }

/** What gives her a face, or another one: asked when the ticket is drawn and again when the capture comes. */
export const setsFace = (purpose: Purpose): boolean => purpose === 'enrol' || purpose === 'upload'

/**
 * Whether she has a face, or has or had a phone of her own. A phone that waits for approval then sets no face: whoever has only
 * the password could put another in the place of the owner's, or of one erased for the purpose. One that waits only because
 * it is somebody else's too may enrol her first.
 */
export async function hasFaceOrPhone(db: Db, { id, hasFace }: Pick<SignedInUser, 'id' | 'hasFace'>): Promise<boolean> {
  return hasFace || (await listDevices(db, id)).some(({ kind, status }) => kind === 'phone' && status !== 'pending')
}

/** Staff who look who is in the picture show nothing of themselves. */
export const needsConsent = (purpose: Purpose, user: SignedInUser): boolean =>
  purpose !== 'scan' || user.role === 'user'

async function signAndStore(
  { db, keyRing, config, now }: Deps,
  sealingKeys: SealingKeys,
  about: Pick<TicketClaims, 'user' | 'by' | 'device' | 'purpose'>,
  { challenges: own, slow, poses }: Accommodation,
  drawFrom = drawFor,
): Promise<Ticket> {
  const { challenges: school, retention } = await readSchoolSettings(db)
  const sealing = await sealingKeys.current()
  // Read once: a ticket lives whole seconds, and two readings may be a millisecond apart.
  const issuedAt = now()
  const claims: TicketClaims = {
    id: randomUUID(),
    ...about,
    challenges: STILL.includes(about.purpose) ? [] : drawFrom(allowedChallenges(school, own)),
    slow,
    poses,
    kid: sealing.kid,
    issued_at: issuedAt,
    expires_at: issuedAt + TICKET_SECONDS[about.purpose] * (slow ? 2 : 1) * 1000,
  }
  // Signed is not sealed: a kiosk would read there whether anybody has the NIM it sent. The row knows.
  const ticket = await signTicket(keyRing, about.purpose === 'identify' ? { ...claims, user: null } : claims)
  await db.write(insertTicket(claims, retention.tickets))
  return describeTicket({ ticket, claims, sealing, profile: config.profile })
}

/** Challenges nobody can know beforehand. */
export const drawFor = (allowed: readonly ChallengeName[]): ChallengeName[] =>
  drawChallenges(allowed, (below) => randomInt(below))

/** The same for a kiosk's queue: one, in doubt two. */
export const drawForKiosk = (allowed: readonly ChallengeName[], doubt = false): ChallengeName[] =>
  drawForQueue(allowed, doubt, (below) => randomInt(below))

/** What the browser is told with a signed ticket. */
export function describeTicket({
  ticket,
  claims,
  ...rest
}: Pick<Ticket, 'ticket' | 'sealing' | 'profile'> & { claims: TicketClaims }): Ticket {
  const { id, purpose, challenges, slow, poses, issued_at, expires_at } = claims
  return { ticket, id, purpose, challenges, slow, poses, expires_in: (expires_at - issued_at) / 1000, ...rest }
}

/**
 * Refuses with slow_down while this person's face was refused five times within three minutes on this device. Only the two
 * together wait: nobody can lock somebody else out on her own phone.
 * @param userId null: anybody's face at a kiosk, which has a larger budget
 */
export async function refuseHaste(db: Deps['db'], userId: string | null, deviceId: string, now: number): Promise<void> {
  refuseWhenFull(await readFailures(db, userId, deviceId, now), userId === null ? KIOSK_FAILURES : FAILURES, now)
}

/** Refuses until the oldest of the newest `limit` times has left the window. Times: newest first, ms. */
function refuseWhenFull(times: readonly number[], limit: number, now: number): void {
  const oldest = times[limit - 1]
  if (oldest !== undefined) refuse('slow_down', { retryAfter: (oldest + FAILURE_WINDOW_MS - now) / 1000 })
}

import { createHash } from 'node:crypto'
import type { Purpose, SealedCapture } from '../../shared/contract/capture.ts'
import { findLiveConsent, requireConsent } from '../consents/store.ts'
import { isConflict } from '../db/write.ts'
import type { Deps } from '../deps.ts'
import { type Device, findDevice, refuseRevoked, requireNotRevoked } from '../devices/store.ts'
import type { Faces } from '../face/faces.ts'
import { refuse } from '../http/problem.ts'
import { findUser, type SignedInUser } from '../users/store.ts'
import { assessLive, type Evidence } from './assess.ts'
import { hasFaceOrPhone, needsConsent, refuseHaste, setsFace } from './issue.ts'
import { type OpenedCapture, openCapture } from './open-capture.ts'
import { type Outcome, refusal } from './outcome.ts'
import type { Receipt } from './receipt.ts'
import { findClaimedPerson, findSpending, requireNoFace, spendTicket } from './store.ts'
import { readTicket, type TicketClaims, type UserTicket } from './ticket.ts'
import { createTurns } from './turns.ts'

/** Who sends a capture, as what, from where. */
export interface Sender {
  readonly user: SignedInUser
  readonly purpose: Purpose
  readonly ipAddress: string
  readonly userAgent: string | undefined
  /** An admin sends what she took of somebody else; the ticket names that person. */
  readonly forOther?: boolean
}

/** A paired kiosk that sends a capture. */
export interface KioskSender {
  readonly kiosk: Device
  readonly ipAddress: string
  readonly userAgent: string | undefined
}

/** Pictures in which nobody was asked to do anything: no verdict stands behind them. */
export interface Pictures {
  readonly ticket: UserTicket
  readonly capture: OpenedCapture
}

/** Captures of one person on one device are judged one after the other: many at once get no more tries, and no more work. */
const takeTurn = createTurns()

/** What the act of each purpose is called in the audit log. */
const ACTIONS: Readonly<Record<Purpose, string>> = {
  'check-in': 'submit_attendance',
  enrol: 'register_face',
  scan: 'scan_faces',
  verify: 'verify_face',
  upload: 'upload_face',
  identify: 'submit_attendance',
}

/**
 * Takes a sealed capture in: ticket, stored receipt, decryption, signature, form, times, verdict, one person throughout,
 * then the act. The ticket is spent in the batch that writes the outcome, also when it is refused. The very same bytes
 * again get the stored receipt; two requests at once are one.
 * @param act may run twice when another request wrote at the same moment; its statements are written at most once
 */
export async function receiveCapture(
  deps: Deps,
  faces: Faces,
  sender: Sender,
  sealed: SealedCapture,
  act: (evidence: Evidence) => Promise<Outcome>,
): Promise<Receipt> {
  return receiveFromUser(deps, faces, sender, sealed, ({ ticket, device, capture, receivedAt }) =>
    assessLive(deps, faces, { ticket, device, capture }, receivedAt, act),
  )
}

/** The same without a verdict: who is in a picture, photographs sent in. */
export async function receivePictures(
  deps: Deps,
  faces: Faces,
  sender: Sender,
  sealed: SealedCapture,
  act: (pictures: Pictures) => Promise<Outcome>,
): Promise<Receipt> {
  return receiveFromUser(deps, faces, sender, sealed, async ({ ticket, capture }) => {
    const { receipt, statements } = await act({ ticket, capture })
    const consent = needsConsent(ticket.purpose, sender.user) ? requireConsent(ticket.user) : []
    return { receipt, statements: [...consent, ...statements] }
  })
}

/** The same from a kiosk, whose ticket may name nobody: the act says in its outcome whom it recognised. */
export async function receiveAtKiosk(
  deps: Deps,
  faces: Faces,
  { kiosk, ...origin }: KioskSender,
  sealed: SealedCapture,
  act: (evidence: Evidence<TicketClaims>) => Promise<Outcome>,
): Promise<Receipt> {
  const receivedAt = deps.now()
  const signed = await readTicket(deps.keyRing, sealed.ticket)
  if (signed === null || signed.device !== kiosk.id || signed.purpose !== 'identify') refuse('bad_capture')
  // What a leased ticket asks for was known beforehand: it is for the outbox, where nothing is more than provisional.
  if (signed.lease !== undefined) refuse('bad_capture')
  const ticket = { ...signed, user: await findClaimedPerson(deps.db, signed.id) }
  return takeTurn(`kiosk ${kiosk.id}`, () =>
    receiveOne(deps, faces, { ...origin, userId: null }, sealed, {
      ticket,
      receivedAt,
      device: kiosk,
      hastyUser: null,
      consentOf: null,
      assess: (capture) => assessLive(deps, faces, { ticket, device: kiosk, capture }, receivedAt, act),
    }),
  )
}

async function receiveFromUser(
  deps: Deps,
  faces: Faces,
  { user, purpose, forOther = false, ...origin }: Sender,
  sealed: SealedCapture,
  assess: (opened: Opened) => Promise<Outcome>,
): Promise<Receipt> {
  const receivedAt = deps.now()
  const ticket = await readTicket(deps.keyRing, sealed.ticket)
  if (ticket === null || !isForUser(ticket) || ticket.purpose !== purpose) refuse('bad_capture')
  if ((ticket.by !== null) !== forOther || (ticket.by ?? ticket.user) !== user.id) refuse('bad_capture')
  return takeTurn(`${ticket.user} ${ticket.device}`, async () => {
    const device = await findDevice(deps.db, ticket.device, user.id)
    if (device === null || device.status === 'revoked') refuse('wrong_device')
    const receive: typeof receiveOne = (...given) =>
      setsFace(purpose) ? faces.takeTurn(() => receiveOne(...given)) : receiveOne(...given)
    return receive(deps, faces, { ...origin, userId: user.id }, sealed, {
      ticket,
      receivedAt,
      device,
      hastyUser: ticket.user,
      consentOf: needsConsent(purpose, user) ? ticket.user : null,
      assess: async (capture) => {
        const waits = device.status === 'pending' && setsFace(purpose)
        const person = waits ? await findUser(deps.db, ticket.user) : null
        if (person !== null && (await hasFaceOrPhone(deps.db, person))) return refusal('device_pending')
        const outcome = await assess({ ticket, device, capture, receivedAt })
        return waits ? { ...outcome, statements: [...requireNoFace(ticket.user), ...outcome.statements] } : outcome
      },
    })
  })
}

const isForUser = (ticket: TicketClaims): ticket is UserTicket => ticket.user !== null

interface Opened {
  readonly ticket: UserTicket
  readonly device: Device
  readonly capture: OpenedCapture
  readonly receivedAt: number
}

interface Intake {
  readonly ticket: TicketClaims
  readonly receivedAt: number
  readonly device: Device
  /** Whose failures count; null: the kiosk's. */
  readonly hastyUser: string | null
  /** Whose consent has to be live, where that is known before the face was looked at. */
  readonly consentOf: string | null
  readonly assess: (capture: OpenedCapture) => Promise<Outcome>
}

async function receiveOne(
  deps: Deps,
  faces: Faces,
  caller: { userId: string | null; ipAddress: string; userAgent: string | undefined },
  sealed: SealedCapture,
  { ticket, receivedAt, device, hastyUser, consentOf, assess }: Intake,
): Promise<Receipt> {
  const { db } = deps
  const captureHash = createHash('sha256').update(sealed.capture).digest('base64url')
  const before = await answerSpent(db, ticket.id, captureHash)
  if (before !== null) return before
  if (receivedAt > ticket.expires_at) refuse('ticket_expired')
  await refuseHaste(db, hastyUser, ticket.device, receivedAt)
  const checkConsent = async () => {
    if (consentOf !== null && (await findLiveConsent(db, consentOf)) === null) refuse('consent_required')
  }
  await checkConsent()

  const { sealingKeys, model } = faces
  const outcomeOf = async (): Promise<Outcome> => {
    const capture = await openCapture(sealed.capture, ticket, { sealingKeys, deviceJwk: device.jwk, receivedAt })
    return capture === null || capture.model !== model ? refusal('bad_capture') : assess(capture)
  }

  for (let attempt = 1; ; attempt++) {
    const { receipt, statements, personId } = await outcomeOf()
    try {
      const spent = spendTicket(ticket.id, { captureHash, receipt }, receivedAt)
      await deps.audit.write([requireNotRevoked(device), ...spent, ...statements], {
        userId: caller.userId,
        action: ACTIONS[ticket.purpose],
        entityType: 'ticket',
        entityId: ticket.id,
        details: { ...resultOf(receipt), device: ticket.device, ...aboutWhom(ticket, caller.userId, personId) },
        ipAddress: caller.ipAddress,
        ...(caller.userAgent === undefined ? {} : { userAgent: caller.userAgent }),
      })
      return receipt
    } catch (error) {
      if (!isConflict(error) || attempt === 3) throw error
      const meanwhile = await answerSpent(db, ticket.id, captureHash)
      if (meanwhile !== null) return meanwhile
      await refuseRevoked(db, device)
      await checkConsent()
    }
  }
}

/** The stored receipt for the very same bytes, null while the ticket is unspent; other bytes are refused. */
async function answerSpent(db: Deps['db'], ticketId: string, captureHash: string): Promise<Receipt | null> {
  const spending = await findSpending(db, ticketId)
  if (spending === 'unknown') refuse('ticket_expired')
  if (spending === 'unspent') return null
  return spending.captureHash === captureHash ? spending.receipt : refuse('ticket_spent')
}

const resultOf = (receipt: Receipt): { result: string } => ({
  result: receipt.kind === 'refused' ? receipt.code : receipt.kind === 'unidentified' ? receipt.result : receipt.kind,
})

/** The person an act was about, where it was not the caller. */
function aboutWhom(ticket: TicketClaims, callerId: string | null, personId: string | undefined): { user?: string } {
  const about = personId ?? ticket.user
  return about === null || about === callerId ? {} : { user: about }
}

import { createHash, randomUUID } from 'node:crypto'
import type { Purpose, SealedCapture } from '../../shared/contract/capture.ts'
import type { ProblemCode } from '../../shared/contract/problem.ts'
import { showOnePerson } from '../../shared/face/match.ts'
import { judge, type Verdict } from '../../shared/liveness/verdict.ts'
import { findLiveConsent, requireConsent } from '../consents/store.ts'
import { isConflict, type Statement } from '../db/write.ts'
import type { Deps } from '../deps.ts'
import { type Device, findDevice } from '../devices/store.ts'
import type { Faces } from '../face/faces.ts'
import { refuse } from '../http/problem.ts'
import { readSchoolSettings } from '../settings/store.ts'
import type { SignedInUser } from '../users/store.ts'
import { refuseHaste } from './issue.ts'
import { type OpenedCapture, openCapture } from './open-capture.ts'
import type { Receipt } from './receipt.ts'
import { findSpending, hasTrace, insertCheck, spendTicket } from './store.ts'
import { readTicket, type TicketClaims } from './ticket.ts'
import { createTurns } from './turns.ts'

/** Who sends a capture, as what, from where. */
export interface Sender {
  readonly user: SignedInUser
  readonly purpose: Purpose
  readonly ipAddress: string
  readonly userAgent: string | undefined
}

/** A capture of a live person, all of one person, ready to be acted on. `verdict.result` is live or review. */
export interface Evidence {
  readonly ticket: TicketClaims
  readonly device: Device
  readonly capture: OpenedCapture
  readonly verdict: Verdict
  /** The id the liveness check is recorded under. */
  readonly checkId: string
}

/** What an act makes of the evidence: a receipt, and the rows that must be written with it, all or none. */
export interface Outcome {
  readonly receipt: Receipt
  readonly statements: readonly Statement[]
}

/** Refused, with nothing to write but that. */
export function refusal(code: ProblemCode): Outcome {
  return { receipt: { kind: 'refused', code }, statements: [] }
}

/** Captures of one person on one device are judged one after the other: many at once get no more tries, and no more work. */
const takeTurn = createTurns()

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
  const receivedAt = deps.now()
  const ticket = await readTicket(deps.keyRing, sealed.ticket)
  if (ticket === null || ticket.user !== sender.user.id || ticket.purpose !== sender.purpose) refuse('bad_capture')
  return takeTurn(`${ticket.user} ${ticket.device}`, () =>
    receiveOne(deps, faces, sender, sealed, { ticket, receivedAt, act }),
  )
}

async function receiveOne(
  deps: Deps,
  faces: Faces,
  sender: Sender,
  sealed: SealedCapture,
  {
    ticket,
    receivedAt,
    act,
  }: { ticket: TicketClaims; receivedAt: number; act: (evidence: Evidence) => Promise<Outcome> },
): Promise<Receipt> {
  const { db, config } = deps
  const device = await findDevice(db, ticket.device, sender.user.id)
  if (device === null || device.status === 'revoked') refuse('wrong_device')

  const captureHash = createHash('sha256').update(sealed.capture).digest('base64url')
  const before = await answerSpent(db, ticket.id, captureHash)
  if (before !== null) return before
  if (receivedAt > ticket.expires_at) refuse('ticket_expired')
  await refuseHaste(db, sender.user.id, ticket.device, receivedAt)
  if ((await findLiveConsent(db, sender.user.id)) === null) refuse('consent_required')

  const lab = config.profile === 'lab'
  const assess = async (): Promise<Outcome> => {
    const capture = await openCapture(sealed.capture, ticket, {
      sealingKeys: faces.sealingKeys,
      deviceJwk: device.jwk,
      receivedAt,
    })
    if (capture === null || capture.model !== faces.model) return refusal('bad_capture')
    const traceHash = createHash('sha256').update(capture.trace).digest('base64url')
    const verdict = await judgeCapture(deps, capture, ticket, traceHash)
    const checkId = randomUUID()
    const outcome = await decideOn({ ticket, device, capture, verdict, checkId }, act)
    const sealedTrace = await faces.vault.seal(
      { kind: 'trace', userId: ticket.user, id: checkId, form: 'trace-1' },
      capture.trace,
    )
    const check = insertCheck(
      {
        id: checkId,
        userId: ticket.user,
        ticketId: ticket.id,
        deviceId: ticket.device,
        challenges: ticket.challenges,
        result: verdict.result,
        reason: verdict.reason,
        signals: verdict.signals,
        sealedTrace,
        traceHash,
      },
      (await readSchoolSettings(db)).retention.traces,
      receivedAt,
    )
    return {
      receipt: lab ? { ...outcome.receipt, lab: { verdict } } : outcome.receipt,
      // A consent withdrawn since it was looked up: nothing of the face is written after it was erased.
      statements: [...requireConsent(ticket.user), check, ...outcome.statements],
    }
  }

  for (let attempt = 1; ; attempt++) {
    const { receipt, statements } = await assess()
    try {
      await deps.audit.write([...spendTicket(ticket.id, { captureHash, receipt }, receivedAt), ...statements], {
        userId: sender.user.id,
        action: ticket.purpose === 'enrol' ? 'register_face' : 'submit_attendance',
        entityType: 'ticket',
        entityId: ticket.id,
        details: { result: receipt.kind === 'refused' ? receipt.code : receipt.kind, device: ticket.device },
        ipAddress: sender.ipAddress,
        ...(sender.userAgent === undefined ? {} : { userAgent: sender.userAgent }),
      })
      return receipt
    } catch (error) {
      if (!isConflict(error) || attempt === 3) throw error
      const meanwhile = await answerSpent(db, ticket.id, captureHash)
      if (meanwhile !== null) return meanwhile
      if ((await findLiveConsent(db, sender.user.id)) === null) refuse('consent_required')
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

/** The verdict on the trace. Landmarks that came before, to the last digit, are a sign of injection: a person looks. */
async function judgeCapture(
  { db, config }: Deps,
  capture: OpenedCapture,
  { challenges, slow }: TicketClaims,
  traceHash: string,
): Promise<Verdict> {
  const verdict = judge(capture.frames, { challenges, slow }, config.profile, { cameraLabel: capture.cameraLabel })
  if (verdict.result !== 'live' || config.profile === 'lab' || !(await hasTrace(db, traceHash))) return verdict
  return { ...verdict, result: 'review', reason: 'repeated_trace' }
}

/** Frames embedded for identity beside the shots, at least: before and after something was asked. */
const MOMENTS = 2

/** Not live ends it; more than one person in the capture counts as not matched (poor shots when enrolling). */
async function decideOn(evidence: Evidence, act: (evidence: Evidence) => Promise<Outcome>): Promise<Outcome> {
  const { capture, verdict, ticket } = evidence
  if (verdict.result === 'not_live') return refusal('not_live')
  const moments = new Set(capture.embeddings.filter(({ shot }) => !shot).map(({ frame }) => frame))
  const vectors = capture.embeddings.map(({ vector }) => vector)
  if (moments.size < MOMENTS || !showOnePerson(capture.model, vectors))
    return refusal(ticket.purpose === 'enrol' ? 'poor_shots' : 'not_matched')
  return act(evidence)
}

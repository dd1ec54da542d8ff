import { randomUUID } from 'node:crypto'
import { showOnePerson } from '../../shared/face/match.ts'
import { judge, type Verdict } from '../../shared/liveness/verdict.ts'
import { requireConsent } from '../consents/store.ts'
import type { Deps } from '../deps.ts'
import type { Device } from '../devices/store.ts'
import type { Faces } from '../face/faces.ts'
import { noteMatch } from '../face/uploads/match.ts'
import { readSchoolSettings } from '../settings/store.ts'
import type { OpenedCapture } from './open-capture.ts'
import { type Outcome, refusal } from './outcome.ts'
import { hasTrace, insertCheck } from './store.ts'
import type { TicketClaims, UserTicket } from './ticket.ts'

/** A capture of a live person, all of one person, ready to be acted on. `verdict.result` is live or review. */
export interface Evidence<T extends TicketClaims = UserTicket> {
  readonly ticket: T
  readonly device: Device
  readonly capture: OpenedCapture
  readonly verdict: Verdict
  /** The id the liveness check is recorded under. */
  readonly checkId: string
}

export interface AssessOptions {
  /** What the check is recorded as being of, where that is not its ticket: one check each. */
  readonly session?: string
  /** What was asked for was known beforehand: good enough for a provisional attendance, not for anything of the face. */
  readonly known?: boolean
  /** What judges the trace, in place of shared/liveness: the kiosks' simulator only. */
  readonly judge?: typeof judge
}

/** Frames embedded for identity beside the shots, at least: before and after something was asked. */
const MOMENTS = 2

/**
 * Judges a capture, lets the act decide, and adds what is recorded of it: the check with the sealed trace (under the key
 * of the person it was of; none where a kiosk knows nobody), and photographs of hers it matches.
 */
export async function assessLive<T extends TicketClaims>(
  deps: Deps,
  faces: Faces,
  { ticket, device, capture }: { ticket: T; device: Device; capture: OpenedCapture },
  receivedAt: number,
  act: (evidence: Evidence<T>) => Promise<Outcome>,
  { session = ticket.id, known = false, judge: judgeTrace = judge }: AssessOptions = {},
): Promise<Outcome> {
  const verdict = await judgeCapture(deps, capture, ticket, judgeTrace)
  const checkId = randomUUID()
  const evidence = { ticket, device, capture, verdict, checkId }
  const unfit = findUnfit(evidence)
  const outcome = unfit ?? (await act(evidence))
  // At a kiosk a typed NIM is only a claim: until the face matched it, the trace is nobody's.
  const personId = ticket.purpose === 'identify' ? (outcome.personId ?? null) : ticket.user
  const binding = { kind: 'trace', userId: personId ?? '', id: checkId, form: 'trace-1' } as const
  const check = insertCheck(
    {
      id: checkId,
      userId: personId,
      ticketId: session,
      deviceId: ticket.device,
      challenges: ticket.challenges,
      result: verdict.result,
      reason: verdict.reason,
      signals: verdict.signals,
      sealedTrace: personId === null ? null : await faces.vault.seal(binding, capture.trace),
      traceHash: capture.traceHash,
    },
    (await readSchoolSettings(deps.db)).retention.traces,
    receivedAt,
  )
  const matched =
    personId !== null && unfit === null && verdict.result === 'live' && !known
      ? await noteMatch(deps, faces, personId, evidence)
      : []
  return {
    ...outcome,
    receipt: deps.config.profile === 'lab' ? { ...outcome.receipt, lab: { verdict } } : outcome.receipt,
    // A consent withdrawn since it was looked up: nothing of the face is written after it was erased.
    statements: [...(personId === null ? [] : requireConsent(personId)), check, ...matched, ...outcome.statements],
  }
}

/** The verdict on the trace. Landmarks that came before, to the last digit, are a sign of injection: a person looks. */
async function judgeCapture(
  { db, config }: Deps,
  capture: OpenedCapture,
  { challenges, slow, purpose }: TicketClaims,
  judgeTrace: typeof judge,
): Promise<Verdict> {
  const plan = { challenges, slow, quick: purpose === 'identify' }
  const embedded = new Set(capture.embeddings.flatMap(({ frame, shot }) => (shot ? [] : [frame])))
  const { cameraLabel } = capture
  const verdict = judgeTrace(capture.frames, plan, config.profile, { cameraLabel, embedded })
  if (verdict.result !== 'live' || config.profile === 'lab' || !(await hasTrace(db, capture.traceHash))) return verdict
  return { ...verdict, result: 'review', reason: 'repeated_trace' }
}

/** Not live ends it; more than one person in the capture counts as not matched (poor shots when enrolling). */
function findUnfit({ capture, verdict, ticket }: Evidence<TicketClaims>): Outcome | null {
  if (verdict.result === 'not_live') return refusal('not_live')
  const moments = new Set(capture.embeddings.filter(({ shot }) => !shot).map(({ frame }) => frame))
  const vectors = capture.embeddings.map(({ vector }) => vector)
  if (moments.size >= MOMENTS && showOnePerson(capture.model, vectors)) return null
  return refusal(ticket.purpose === 'enrol' ? 'poor_shots' : 'not_matched')
}

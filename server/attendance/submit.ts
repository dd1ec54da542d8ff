import type { Point } from '../../shared/attendance/place.ts'
import { decide, makeTemplate } from '../../shared/face/match.ts'
import type { Deps } from '../deps.ts'
import type { Evidence } from '../evidence/assess.ts'
import { type Outcome, refusal } from '../evidence/outcome.ts'
import type { Faces } from '../face/faces.ts'
import type { SignedInUser } from '../users/store.ts'
import { attend } from './attend.ts'

/** Where a check-in comes from. `location` is there only if its owner agreed to give it. */
export interface SubmitOrigin {
  readonly deviceInfo: string | undefined
  readonly ipAddress: string
  readonly location: (Point & { accuracy: number }) | undefined
}

/**
 * Checks in: 1:1 against the signed-in person's face, nobody nearer among her class and the device's earlier users, then
 * the session of the moment the ticket was issued (`attend`). "Not you", "somebody else is nearer" and "not enrolled" are
 * all not_matched. A doubtful verdict or a phone that still waits for approval is recorded, graded `review`.
 */
export async function submitAttendance(
  deps: Deps,
  faces: Faces,
  user: SignedInUser,
  evidence: Evidence,
  { location, ...origin }: SubmitOrigin,
): Promise<Outcome> {
  const { ticket, capture, device, verdict, checkId } = evidence
  const probe = makeTemplate(
    capture.model,
    capture.embeddings.map(({ vector }) => vector),
  )
  const around = await faces.gallery.around({ userId: user.id, kelas: user.kelas, deviceId: device.id })
  const decision = decide(capture.model, { probe, ...around }, deps.config.faceConfidenceThreshold)
  if (decision.kind !== 'matched') return refusal('not_matched')
  return attend(deps, user, {
    ...origin,
    instant: ticket.issued_at,
    confidence: decision.confidence,
    grade: verdict.result === 'review' || device.status === 'pending' || decision.twinNearer ? 'review' : 'verified',
    method: 'face',
    deviceId: device.id,
    checkId,
    from: { location },
  })
}

import { decide, makeTemplate } from '../../shared/face/match.ts'
import type { Deps } from '../deps.ts'
import type { Evidence } from '../evidence/assess.ts'
import { type Outcome, refusal } from '../evidence/outcome.ts'
import type { SignedInUser } from '../users/store.ts'
import type { Faces } from './faces.ts'

/**
 * 1:1, as at a check-in, but marks nothing. Not verified: a settled twin who is nearer, whom the face alone does not tell
 * apart, and a capture a person would have to look at, for no person looks at these.
 */
export async function verifyFace(
  { config }: Deps,
  faces: Faces,
  user: SignedInUser,
  { capture, device, verdict }: Evidence,
): Promise<Outcome> {
  if (verdict.result !== 'live') return refusal('not_matched')
  const probe = makeTemplate(
    capture.model,
    capture.embeddings.map(({ vector }) => vector),
  )
  const around = await faces.gallery.around({ userId: user.id, kelas: user.kelas, deviceId: device.id })
  const decision = decide(capture.model, { probe, ...around }, config.faceConfidenceThreshold)
  if (decision.kind !== 'matched' || decision.twinNearer) return refusal('not_matched')
  return { receipt: { kind: 'verified', confidence: decision.confidence }, statements: [] }
}

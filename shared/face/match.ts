import type { FaceModel } from './model.ts'
import { dot, meanDirection, unit, type Vector } from './vector.ts'

/**
 * What a comparison came to. `ambiguous`: alike enough, but somebody else is at least as near. Confidence is a calibrated
 * number, 0..1, 0.80 at the model's accept limit; it is for staff and records, never for a refused person.
 */
export interface Decision {
  readonly kind: 'matched' | 'ambiguous' | 'unknown'
  readonly confidence: number
  /** Matched, but a settled twin is at least as near: a second factor is needed, the grade is `review`. */
  readonly twinNearer?: true
}

/**
 * The comparable form of a set of embeddings (enrolment shots, or the frames of a check-in): the mean of their
 * directions, the model's mean subtracted, length 1. The scalar product of two of these is their score.
 * @throws RangeError when the set is empty or a vector is not of the model's length
 */
export function makeTemplate(model: FaceModel, embeddings: readonly Vector[]): Float32Array {
  const mean = meanDirection(embeddings)
  if (mean.length !== model.length) throw new RangeError(`${model.id} has ${model.length} numbers, not ${mean.length}`)
  return unit(mean.map((value, i) => value - (model.mean[i] ?? 0)))
}

/** The confidence of a score: logistic with the model's slope, 0.80 at its accept limit, strictly rising. 0..1. */
export function confidenceOf(model: FaceModel, score: number): number {
  const odds = 4 * Math.exp(model.slope * (score - model.accept))
  return odds / (1 + odds)
}

/**
 * Decides a 1:1 claim. Matched when the claimed person's template is alike enough and strictly nearer than every rival
 * (the others of the class, the device's earlier users). Without a claimed template nobody is matched. `twins` are people
 * found to be somebody else who only looks the same: they are no rivals, and told when one is as near.
 * @param threshold the confidence to reach, 0..1 (the setting FACE_CONFIDENCE_THRESHOLD; 0.80 is the measured limit)
 */
export function decide(
  model: FaceModel,
  claim: { probe: Vector; claimed: Vector | null; rivals: Iterable<Vector>; twins?: readonly Vector[] },
  threshold: number,
): Decision {
  if (!claim.claimed) return { kind: 'unknown', confidence: 0 }
  const score = dot(claim.probe, claim.claimed)
  const confidence = confidenceOf(model, score)
  if (confidence < threshold) return { kind: 'unknown', confidence }
  for (const rival of claim.rivals) if (dot(claim.probe, rival) >= score) return { kind: 'ambiguous', confidence }
  const twinNearer = claim.twins?.some((twin) => dot(claim.probe, twin) >= score) ?? false
  return { kind: 'matched', confidence, ...(twinNearer ? { twinNearer } : {}) }
}

/**
 * Whether all embeddings of one capture show one person: every two of them are compared, so that two people in turns are
 * noticed as well as one stranger. One embedding alone agrees with itself; none at all does not.
 */
export function showOnePerson(model: FaceModel, embeddings: readonly Vector[]): boolean {
  const templates = embeddings.map((one) => makeTemplate(model, [one]))
  return (
    templates.length > 0 && templates.every((a, i) => templates.slice(i + 1).every((b) => dot(a, b) >= model.together))
  )
}

/** Confidence as people who are not staff see it, on success only. */
export function bandOf(confidence: number): 'high' | 'good' | 'fair' {
  return confidence >= 0.96 ? 'high' : confidence >= 0.9 ? 'good' : 'fair'
}

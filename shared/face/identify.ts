import { confidenceOf } from './match.ts'
import type { FaceModel } from './model.ts'
import { dot, type Vector } from './vector.ts'

/**
 * What a search among many came to. `ambiguous`: alike enough, but the second is too near to tell. `many`: the gallery is
 * larger than the measurements carry; the NIM has to be asked for. Confidence as in match.ts.
 */
export type Identification =
  | { readonly kind: 'matched'; readonly userId: string; readonly confidence: number }
  | { readonly kind: 'ambiguous' | 'unknown' | 'many' }

/** The most people a face is looked for among. */
export const searchSize = (model: FaceModel): number => model.search.limits.at(-1)?.size ?? 0

/** The score a search among `size` people asks for; null when there are more than the measurements carry. */
export function searchLimit(model: FaceModel, size: number): number | null {
  return model.search.limits.find((limit) => size <= limit.size)?.score ?? null
}

/**
 * Looks for a probe's person in a gallery (1:N). Matched when the nearest reaches the limit of a gallery of this size and
 * leads the second by the model's margin. The threshold grows with the gallery: every further person is one more chance
 * to be taken for somebody.
 * @param gallery templates (makeTemplate) by user
 */
export function identify(model: FaceModel, probe: Vector, gallery: ReadonlyMap<string, Vector>): Identification {
  const limit = searchLimit(model, gallery.size)
  if (limit === null) return { kind: 'many' }
  let best = { userId: '', score: -Infinity }
  let second = -Infinity
  for (const [userId, template] of gallery) {
    const score = dot(probe, template)
    if (score > best.score) [best, second] = [{ userId, score }, best.score]
    else if (score > second) second = score
  }
  if (best.score < limit) return { kind: 'unknown' }
  if (best.score - second < model.search.margin) return { kind: 'ambiguous' }
  return { kind: 'matched', userId: best.userId, confidence: confidenceOf(model, best.score) }
}

import { makeTemplate } from '../../../shared/face/match.ts'
import { FACE_MODELS } from '../../../shared/face/model.ts'
import { dot } from '../../../shared/face/vector.ts'
import type { Result } from '../kiosk.ts'

/** Whoever was marked is not marked again for this long, ms. */
const AGAIN_MS = 5 * 60_000
/** So many at most: a class in five minutes. */
const MOST = 120

export type Marked = Extract<Result, { kind: 'recorded' | 'late' | 'already' | 'provisional' }>

/** The faces just marked, in memory only and for five minutes: embeddings are never kept. */
export interface Recent {
  note(vectors: readonly Float32Array[], result: Marked): void
  /** What this face was told, if it was marked within the five minutes. */
  find(vector: Float32Array): Marked | null
  clear(): void
}

/** @param now a clock that is never set back, ms */
export function createRecent(now: () => number): Recent {
  const [model] = FACE_MODELS
  let held: { template: Float32Array; at: number; result: Marked }[] = []
  const sweep = () => {
    held = held.filter(({ at }) => now() - at < AGAIN_MS).slice(-MOST)
  }
  return {
    note(vectors, result) {
      if (vectors.length === 0) return
      held.push({ template: makeTemplate(model, vectors), at: now(), result })
      sweep()
    },
    find(vector) {
      sweep()
      const probe = makeTemplate(model, [vector])
      const scored = held.map((one) => ({ ...one, score: dot(probe, one.template) }))
      const best = scored.reduce<(typeof scored)[number] | null>((a, b) => (a && a.score >= b.score ? a : b), null)
      // The limit for two people's sets being one person: a stranger must not be taken for somebody who was marked.
      return best !== null && best.score >= model.sameFace ? best.result : null
    },
    clear() {
      held = []
    },
  }
}

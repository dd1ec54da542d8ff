import { makeTemplate } from '../../../shared/face/match.ts'
import { FACE_MODELS } from '../../../shared/face/model.ts'
import { dot } from '../../../shared/face/vector.ts'
import type { Claim, Result } from '../kiosk.ts'

/** Whoever was marked is not marked again for this long, ms. */
const AGAIN_MS = 5 * 60_000
/** So many at most: a class in five minutes. */
const MOST = 120

/** So often may one face be marked under other names within the time: somebody may have touched the wrong name, or has a twin. */
const NAMES = 3

export type Marked = Extract<Result, { time: string }>

/** The faces just marked, in memory only and for five minutes: embeddings are never kept. */
export interface Recent {
  /** @param nim the one she gave, where she gave one */
  note(vectors: readonly Float32Array[], result: Marked, nim: string | null): void
  /**
   * What this face was told, if it was marked within the five minutes. Whoever says to be somebody else than it was marked as
   * is let through: the server knows a repeat.
   */
  find(vector: Float32Array, claim: Claim | null): Marked | null
  clear(): void
}

interface Held {
  readonly template: Float32Array
  readonly at: number
  readonly result: Marked
  readonly nim: string | null
}

/** Whether a claim is of the one a face was marked as, as far as either says. */
function isSame({ result, nim }: Held, claim: Claim): boolean {
  if (nim !== null) return nim === claim.nim
  return 'name' in result && result.name === claim.name
}

/** @param now ms, never set back, and goes on while the tablet sleeps */
export function createRecent(now: () => number): Recent {
  const [model] = FACE_MODELS
  let held: Held[] = []
  const sweep = () => {
    held = held.filter(({ at }) => now() - at < AGAIN_MS).slice(-MOST)
  }
  return {
    note(vectors, result, nim) {
      if (vectors.length === 0) return
      held.push({ template: makeTemplate(model, vectors), at: now(), result, nim })
      sweep()
    },
    find(vector, claim) {
      sweep()
      const probe = makeTemplate(model, [vector])
      // The limit for two people's sets being one person: a stranger must not be taken for somebody who was marked.
      const alike = held
        .map((one) => ({ ...one, score: dot(probe, one.template) }))
        .filter(({ score }) => score >= model.sameFace)
        .sort((a, b) => b.score - a.score)
      if (claim === null || claim.nim === null || alike.length >= NAMES) return alike[0]?.result ?? null
      return alike.find((one) => isSame(one, claim))?.result ?? null
    },
    clear() {
      held = []
    },
  }
}

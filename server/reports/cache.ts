/** Remembers answers by key for a while, and counts how often that spared the work. */
export interface Cache {
  /** The remembered answer of that key, or a new one; calls that come while it is being made share it. */
  get<T>(key: string, make: () => Promise<T>): Promise<T>
  /** Asked and found, asked and made, since the start: for the metrics (hit ratio = hits / (hits + misses)). */
  stats(): { readonly hits: number; readonly misses: number }
}

/** Answers remembered at most; the oldest go first. */
const MOST = 1_000

/**
 * A cache in memory, by age only: a summary may be `ageMs` old and says when it was made. What fails is not remembered.
 * A key must name everything the answer depends on, whoever may read it before all.
 */
export function createCache(ageMs: number, now: () => number): Cache {
  const answers = new Map<string, { readonly at: number; readonly answer: Promise<unknown> }>()
  let hits = 0
  let misses = 0
  return {
    get: async <T>(key: string, make: () => Promise<T>): Promise<T> => {
      const known = answers.get(key)
      if (known !== undefined && now() - known.at < ageMs) {
        hits++
        return known.answer as Promise<T>
      }
      misses++
      const answer = make()
      answers.delete(key)
      answers.set(key, { at: now(), answer })
      const oldest = answers.keys().next().value
      if (answers.size > MOST && oldest !== undefined) answers.delete(oldest)
      answer.catch(() => {
        if (answers.get(key)?.answer === answer) answers.delete(key)
      })
      return answer
    },
    stats: () => ({ hits, misses }),
  }
}

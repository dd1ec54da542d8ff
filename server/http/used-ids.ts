/** Ids that may be used once, by owner, for as long as they could be used again. */
export interface UsedIds {
  /** Whether an id is new; an owner who fills this memory waits until some are too old. */
  use(owner: string, id: string): boolean
}

/**
 * @param now ms since 1970; may be set back, what is of the future then is forgotten
 * @param ageMs how long an id is remembered
 * @param most ids of one owner
 */
export function createUsedIds(now: () => number, ageMs: number, most: number): UsedIds {
  const used = new Map<string, Map<string, number>>()
  return {
    use(owner, id) {
      const ids = used.get(owner) ?? new Map<string, number>()
      used.set(owner, ids)
      // In order of their coming: the first is the oldest.
      for (const [one, at] of ids) {
        if (Math.abs(now() - at) <= ageMs) break
        ids.delete(one)
      }
      if (ids.has(id) || ids.size >= most) return false
      ids.set(id, now())
      return true
    },
  }
}

/** Runs work of one key one after the other, in the order it was asked for; work of different keys side by side. */
export type TakeTurn = <T>(key: string, work: () => Promise<T>) => Promise<T>

/** Turns within this process. A key is forgotten when nobody waits for it; work that fails does not stop the next. */
export function createTurns(): TakeTurn {
  const last = new Map<string, Promise<unknown>>()
  return async (key, work) => {
    const mine = (last.get(key) ?? Promise.resolve()).then(work, work)
    last.set(key, mine)
    try {
      return await mine
    } finally {
      if (last.get(key) === mine) last.delete(key)
    }
  }
}

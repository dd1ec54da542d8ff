/** A page's life: what sleeps in it never wakes once it is over. */
export interface Life {
  over: boolean
}

/** Virtual time. Real work (storage, database, keys) takes none of it; only sleeping does. */
export interface World {
  /** ms since 1970: the time that is true in the simulation. */
  now(): number
  sleep(ms: number, life: Life): Promise<void>
  /** Runs work at a time, unless its life is over by then. @returns calls it off */
  at(time: number, life: Life, work: () => unknown): () => void
  /** Counts work that was started elsewhere (a drain's run), so that time waits for it. */
  track<T>(work: () => Promise<T>): Promise<T>
  /** Lets time pass until then. @throws the first error of any work */
  runUntil(time: number): Promise<void>
}

interface Entry {
  readonly time: number
  readonly order: number
  readonly life: Life
  readonly work: () => unknown
  off: boolean
}

/**
 * Wakes one sleeper at a time, in the order of their times, and lets it work until it sleeps again or is done: the same run
 * every time, however long the real work takes.
 */
export function createWorld(start: number): World {
  let now = start
  let order = 0
  let busy = 0
  let whenIdle: (() => void) | null = null
  let failure: unknown = null
  const entries: Entry[] = []

  const release = () => {
    busy--
    if (busy === 0) whenIdle?.()
  }

  function push(entry: Entry): void {
    // A binary search keeps the list sorted, the next one last.
    let [low, high] = [0, entries.length]
    while (low < high) {
      const middle = (low + high) >> 1
      const other = entries[middle] as Entry
      if (other.time > entry.time || (other.time === entry.time && other.order > entry.order)) low = middle + 1
      else high = middle
    }
    entries.splice(low, 0, entry)
  }

  function track<T>(work: () => Promise<T>): Promise<T> {
    busy++
    return work().finally(release)
  }

  function add(time: number, life: Life, work: () => unknown): Entry {
    const entry = { time: Math.max(now, Math.round(time)), order: order++, life, work, off: false }
    push(entry)
    return entry
  }

  /** Waits until nothing works any more; what follows at once in microtasks is given its turn. */
  async function settle(): Promise<void> {
    for (;;) {
      if (busy > 0)
        await new Promise<void>((resolve) => {
          whenIdle = resolve
        })
      whenIdle = null
      await new Promise((resolve) => setImmediate(resolve))
      if (busy === 0) return
    }
  }

  return {
    now: () => now,
    track,
    sleep: (ms, life) =>
      new Promise<void>((resolve) => {
        add(now + ms, life, () => {
          busy++
          resolve()
        })
        release()
      }),
    at(time, life, work) {
      const entry = add(time, life, () => {
        void track(async () => work()).catch((error: unknown) => {
          failure ??= error
        })
      })
      return () => {
        entry.off = true
      }
    },
    async runUntil(time) {
      await settle()
      for (;;) {
        if (failure !== null) throw failure
        const next = entries.at(-1)
        if (next === undefined || next.time > time) break
        entries.pop()
        if (next.off || next.life.over) continue
        now = next.time
        next.work()
        await settle()
      }
      now = Math.max(now, time)
    },
  }
}

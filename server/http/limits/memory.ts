import type { Budget, Limiter } from './limits.ts'

/**
 * A sliding log of the times units were taken, in memory. Not rate-limiter-flexible: its windows are fixed from the first
 * unit, so that twice the limit less one fits into a window's length; it reads the machine's clock; and it bounds no memory.
 * @param options.keys remembered at most; the ones used longest ago are forgotten first. Bounds the memory a flood can take.
 */
export function createMemoryLimiter({
  limit,
  windowMs,
  now,
  keys = 20_000,
}: Budget & { readonly now: () => number; readonly keys?: number }): Limiter {
  const taken = new Map<string, number[]>()

  const current = (key: string): number[] => {
    const at = now()
    // What is of the future was taken while the clock was ahead.
    const times = (taken.get(key) ?? []).filter((time) => time > at - windowMs && time <= at)
    taken.delete(key)
    if (times.length > 0) taken.set(key, times)
    return times
  }

  return {
    // Nothing is awaited in here: many at once get no more than one after the other.
    take: async (key) => {
      const times = current(key)
      const oldest = times[times.length - limit]
      if (oldest !== undefined) return Math.max(1, Math.ceil((oldest + windowMs - now()) / 1000))
      taken.set(key, [...times, now()])
      // A Map keeps its keys in the order they were set: the first was used longest ago.
      const first = taken.keys().next().value
      if (taken.size > keys && first !== undefined) taken.delete(first)
      return 0
    },
    giveBack: async (key) => {
      const times = current(key)
      if (times.length > 0) taken.set(key, times.slice(0, -1))
    },
  }
}

import { refuse } from './problem.ts'

/** A budget per key: so many units in any window of time. */
export interface Limiter {
  /** Seconds until `key` has a unit again; 0 when it has one now. */
  wait(key: string): number
  /** Takes a unit and returns 0, or takes none and returns the seconds to wait. */
  take(key: string): number
  /** Gives a unit back that was taken for something that turned out not to count. */
  giveBack(key: string): void
}

export interface LimiterOptions {
  /** Units in a window. */
  readonly limit: number
  readonly windowMs: number
  readonly now: () => number
  /** Keys remembered at most; the ones used longest ago are forgotten first. Bounds the memory a flood can take. */
  readonly keys?: number
}

/**
 * A sliding log of the times units were taken, in memory. Not rate-limiter-flexible: its windows are fixed from the first
 * unit, so that twice the limit less one fits into a window's length; it reads the machine's clock; and it bounds no memory.
 */
export function createLimiter({ limit, windowMs, now, keys = 20_000 }: LimiterOptions): Limiter {
  const taken = new Map<string, number[]>()

  const current = (key: string): number[] => {
    const since = now() - windowMs
    const times = (taken.get(key) ?? []).filter((time) => time > since)
    taken.delete(key)
    if (times.length > 0) taken.set(key, times)
    return times
  }
  const secondsUntilFree = (times: readonly number[]): number => {
    const oldest = times[times.length - limit]
    return oldest === undefined ? 0 : Math.max(1, Math.ceil((oldest + windowMs - now()) / 1000))
  }

  return {
    wait: (key) => secondsUntilFree(current(key)),
    take: (key) => {
      const times = current(key)
      const seconds = secondsUntilFree(times)
      if (seconds > 0) return seconds
      taken.set(key, [...times, now()])
      // A Map keeps its keys in the order they were set: the first was used longest ago.
      const oldest = taken.keys().next().value
      if (taken.size > keys && oldest !== undefined) taken.delete(oldest)
      return 0
    },
    giveBack: (key) => {
      const times = current(key)
      if (times.length > 0) taken.set(key, times.slice(0, -1))
    },
  }
}

/** Takes a unit or refuses with `slow_down` and `Retry-After`. */
export function spend(limiter: Limiter, key: string): void {
  const seconds = limiter.take(key)
  if (seconds > 0) refuse('slow_down', { retryAfter: seconds })
}

/** By so much the wall clock never gains on the monotonic one between two readings unless it stepped, ms. */
const STEP_MS = 1_000

/**
 * A clock for what grows old on a tablet or phone that sleeps: ms from some zero, never set back. The monotonic clock stands during sleep
 * on most systems (w3c/hr-time, "Ticking during sleep"); each step of the wall clock ahead of it is counted as time gone by. So
 * is one that somebody made by hand, which only makes things old too soon.
 * @param monotonic ms, never set back within a page's life: `() => performance.now()`
 * @param wall ms since 1970, whatever the tablet believes: `() => Date.now()`
 */
export function createSteadyClock(monotonic: () => number, wall: () => number): () => number {
  let ahead = wall() - monotonic()
  let slept = 0
  return () => {
    const mono = monotonic()
    const now = wall() - mono
    if (now - ahead > STEP_MS) slept += now - ahead
    ahead = now
    return mono + slept
  }
}

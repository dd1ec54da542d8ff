import type { Claim, Result } from '../kiosk.ts'

/** Somebody who said who she is has this long to look at the camera, ms. */
export const CLAIM_MS = 20_000
/** With nobody there for so long she has gone, and her name must not wait for the next one, ms. */
const AWAY_MS = 8_000

/** Who said nothing of herself. */
export const NOBODY: Claim = { nim: null, name: null, kelas: null }

/** Whether she is to do the same again, as she is. */
export const isToTryAgain = ({ kind }: Result): boolean => kind === 'not_live' || kind === 'retry'

/** Who said who she is, until her walk is over (unless she is to try again), her time is up, or she has gone. */
export interface Claimed {
  get(): Claim | null
  set(claim: Claim | null): void
  /** A frame was looked at. */
  saw(somebody: boolean): void
}

/** @param now ms, never set back */
export function createClaimed(now: () => number): Claimed {
  let held: { readonly claim: Claim; readonly until: number } | null = null
  let seenAt = 0
  return {
    get: () => (held !== null && now() <= held.until ? held.claim : null),
    set(claim) {
      held = claim === null ? null : { claim, until: now() + CLAIM_MS }
      seenAt = now()
    },
    saw(somebody) {
      if (somebody) seenAt = now()
      else if (now() - seenAt > AWAY_MS) held = null
    },
  }
}

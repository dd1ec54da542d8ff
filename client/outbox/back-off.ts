const FIRST_MS = 2_000
const LONGEST_MS = 5 * 60_000

/**
 * How long to wait after so many failures in a row (from 1), ms: 2 s, doubled up to 5 minutes, of which a random half is
 * taken off, so that a school's kiosks do not come back all at once.
 * @param random 0 <= x < 1
 * @param atLeast what the server asked for (`Retry-After`), ms
 */
export function backOff(failures: number, random: number, atLeast = 0): number {
  const full = Math.min(LONGEST_MS, FIRST_MS * 2 ** Math.min(20, Math.max(0, failures - 1)))
  return Math.max(atLeast, Math.round(full * (0.5 + random / 2)))
}

import type { DrainOutcome } from './drain.ts'

/**
 * Sends what waits before this pairing's key is thrown away: what it signed no other key can send, and the server has taken
 * events of a kiosk that was shut out all along, for review.
 * @returns whether the key may go: nothing waits any more but what the server would not read, or takes from this key
 */
export async function leavePairing(run: () => Promise<DrainOutcome>): Promise<boolean> {
  const { kind } = await run()
  return kind === 'empty' || kind === 'stopped'
}

import type { DrainOutcome } from './drain.ts'

/**
 * Whether a pairing's key may be thrown away: what it signed no other key can send. `free`: nothing waits any more but what
 * the server would not read. `refused`: the server lets this key in no more, and with the key what waits would be lost (it
 * takes events of a kiosk that was shut out; one it does not know it may know again, from its newest backup). `kept`: there
 * was no answer to all of it yet.
 */
export type Leaving = 'free' | 'refused' | 'kept'

/** Sends what waits before this pairing's key is thrown away, and says whether it may be. */
export async function leavePairing(run: () => Promise<DrainOutcome>): Promise<Leaving> {
  const { kind } = await run()
  return kind === 'empty' ? 'free' : kind === 'stopped' ? 'refused' : 'kept'
}

import type { DrainOutcome } from './drain.ts'
import type { EventStore } from './event-store.ts'

/**
 * Whether a pairing's key may be thrown away: what it signed no other key can send. `free`: nothing waits any more.
 * `refused`: with the key would be lost what waits, because the server lets this key in no more (it takes events of a kiosk
 * that was shut out; one it does not know it may know again, from its newest backup), or broke on it and had it set aside.
 * `kept`: there was no answer to all of it yet.
 */
export type Leaving = 'free' | 'refused' | 'kept'

/** Sends what waits before this pairing's key is thrown away, and says whether it may be. */
export async function leavePairing(
  run: () => Promise<DrainOutcome>,
  events: Pick<EventStore, 'counts'>,
): Promise<Leaving> {
  const { kind } = await run()
  const counts = kind === 'empty' ? await events.counts().catch(() => null) : null
  if (counts !== null) return counts.queue === 0 ? 'free' : 'refused'
  return kind === 'stopped' ? 'refused' : 'kept'
}

import { forgetKioskKey } from '../../evidence/device-key.ts'
import type { DrainOutcome } from '../../outbox/drain.ts'
import type { EventStore } from '../../outbox/event-store.ts'
import { leavePairing } from '../../outbox/leave-pairing.ts'
import { keep } from '../kept.ts'

/**
 * Forgets this pairing and loads the page anew, once what waits is sent. The key stays with what it has signed while there is
 * no answer to it, and where the server does not take it until staff say that it may be lost.
 */
export function createLeave(options: {
  readonly run: () => Promise<DrainOutcome>
  readonly events: EventStore
  /** It was let in again meanwhile. */
  isIn(): boolean
  /** Staff have not gone back meanwhile from what they said may be lost. */
  isWanted(): boolean
  /** Something still waits. @param refused and the server does not take it */
  onStays(refused: boolean): Promise<void>
  onLeaves(): void
}): (lose: boolean) => Promise<void> {
  return async (lose) => {
    const leaving = await leavePairing(options.run, options.events)
    if (options.isIn()) return
    const isKept = leaving === 'refused' && !(lose && options.isWanted())
    if (leaving === 'kept' || isKept) return options.onStays(leaving === 'refused')
    options.onLeaves()
    keep('pairing', null)
    await forgetKioskKey().finally(() => location.reload())
  }
}

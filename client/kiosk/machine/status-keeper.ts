import type { Store } from '../../core/store.ts'
import type { KioskClock } from '../../outbox/kiosk-clock.ts'
import type { HeartbeatReply } from '../../outbox/kiosk-state.ts'
import { resultsByDay } from '../../outbox/late-results.ts'
import type { Outbox } from '../../outbox/outbox.ts'
import { StorageProblem } from '../../outbox/storage-problem.ts'
import type { Status } from '../kiosk.ts'

/** Late results are shown for this long, ms. */
const LATE_MS = 3 * 86_400_000

/** Keeps what the screens show of the kiosk itself. */
export interface StatusKeeper {
  change(part: Partial<Status>): void
  /** Reads queue, stock and late results anew; says so where the storage fails, and tries it again by writing. Never throws. */
  count(): Promise<void>
  take(reply: HeartbeatReply): void
}

export function createStatusKeeper(
  status: Store<Status>,
  { events, tickets, open, hasRoom }: Outbox,
  clock: KioskClock,
): StatusKeeper {
  const change = (part: Partial<Status>) => status.set({ ...status.get(), ...part })
  return {
    change,
    async count() {
      try {
        const { ms, trusted: clockKnown } = clock.now()
        const [{ queue }, oldest, stock, results] = await Promise.all([
          events.counts(),
          events.oldest(),
          tickets.count(clockKnown ? ms : null),
          events.results(ms - LATE_MS),
        ])
        const { stop, timeZone } = status.get()
        change({ queue, oldest, stock, clockKnown, late: resultsByDay(results, timeZone) })
        if (stop === 'no_tickets' && stock > 0) change({ stop: null })
        // That it can be read does not say that it can be written.
        if (stop === 'storage_failed' || stop === 'storage_full')
          change({ stop: (await hasRoom()) ? null : 'storage_full' })
      } catch (error) {
        console.error(error)
        change({ stop: error instanceof StorageProblem && error.why === 'full' ? 'storage_full' : 'storage_failed' })
        // Closed under the page (the browser cleared it, another tab upgraded it): opened again for the next try.
        await open().catch(() => undefined)
      }
    },
    take: (reply) =>
      change({
        school: reply.settings.school_name,
        label: reply.kiosk.label,
        room: reply.kiosk.room,
        kelas: reply.kiosk.kelas,
        timeZone: reply.time_zone,
        lab: reply.profile === 'lab',
        days: reply.days,
        stockTarget: reply.stock_target,
        hasPin: reply.pin !== null,
      }),
  }
}

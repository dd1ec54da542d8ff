import type { Ticket } from '../../../shared/contract/capture.ts'
import type { ChallengeName } from '../../../shared/liveness/challenges.ts'
import type { KioskClock } from '../../outbox/kiosk-clock.ts'
import type { Outbox } from '../../outbox/outbox.ts'
import { suits } from '../../outbox/ticket-stock.ts'

/** The tickets for walks without network. */
export interface LeasedTickets {
  /**
   * One that asks her for nothing she cannot do, with twice the time where she has it, as far as the roster says. `no_fit`:
   * none of those left; `no_tickets`: none is left at all. @throws StorageProblem
   */
  take(nim: string | null): Promise<Ticket | 'no_fit' | 'no_tickets'>
  /** Gives one back that was neither used nor shown to anybody. */
  giveBack(ticket: Ticket): void
}

/** A ticket given back is used again within this time, ms: later it may have ended in here, where nothing drops it. */
const SPARE_MS = 10 * 60_000

/** @param steady ms, never set back, and goes on while the tablet sleeps */
export function createLeasedTickets({
  outbox,
  clock,
  steady,
}: {
  outbox: Outbox
  clock: KioskClock
  steady(): number
}): LeasedTickets {
  let spare: { readonly ticket: Ticket; readonly at: number }[] = []

  async function find(cannot: readonly ChallengeName[]): Promise<Ticket | 'no_fit' | 'no_tickets'> {
    spare = spare.filter(({ at }) => steady() - at < SPARE_MS)
    const again = spare.find(({ ticket }) => suits(ticket, cannot))
    if (again !== undefined) {
      spare = spare.filter((one) => one !== again)
      return again.ticket
    }
    const { ms, trusted } = clock.now()
    const certain = trusted ? ms : null
    const one = await outbox.tickets.take(certain, cannot)
    if (one !== null) return one
    const left = await outbox.tickets.count(certain)
    return spare.length > 0 || left > 0 ? 'no_fit' : 'no_tickets'
  }

  return {
    async take(nim) {
      const student = nim === null ? null : await outbox.roster.find(nim)
      const ticket = await find(student?.cannot ?? [])
      return typeof ticket === 'object' && student?.slow ? { ...ticket, slow: true } : ticket
    },
    // Leased to nobody, it gives nobody more time: that was hers.
    giveBack: (ticket) => void spare.push({ ticket: { ...ticket, slow: false }, at: steady() }),
  }
}

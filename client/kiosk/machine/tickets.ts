import type { Ticket } from '../../../shared/contract/capture.ts'
import { toProblem } from '../../core/api-problem.ts'
import type { KioskClock } from '../../outbox/kiosk-clock.ts'
import type { Outbox } from '../../outbox/outbox.ts'
import type { Claim } from '../kiosk.ts'
import type { AheadTicket } from './ahead.ts'
import { createLeasedTickets } from './leased.ts'
import type { KioskServer } from './server.ts'
import { isShutOut } from './signed-calls.ts'

/** Why there is none for a walk. `away`: the server could not be asked. */
export type NoTicket = 'no_fit' | 'no_tickets' | 'slow' | 'away' | 'shut_out'

/** The tickets of the door's walks. */
export interface Tickets {
  /** With a network one drawn ahead, or one for the NIM she gave; without it a leased one. @throws StorageProblem */
  take(online: boolean, claim: Claim | null): Promise<Ticket | NoTicket>
  /** Gives one back that was neither used nor shown to anybody, as it was taken. */
  giveBack(ticket: Ticket, online: boolean, claim: Claim | null): void
}

/** @param steady ms, never set back, and goes on while the tablet sleeps */
export function createTickets(options: {
  readonly server: Pick<KioskServer, 'ticket'>
  readonly ahead: AheadTicket
  readonly outbox: Outbox
  readonly clock: KioskClock
  steady(): number
}): Tickets {
  const { server, ahead, outbox, clock, steady } = options
  const leased = createLeasedTickets({ outbox, clock, steady })
  return {
    async take(online, claim) {
      const nim = claim?.nim ?? null
      if (!online) return leased.take(nim)
      try {
        return await (nim === null ? ahead.take() : server.ticket(nim))
      } catch (error) {
        if (isShutOut(error)) return 'shut_out'
        return toProblem(error).code === 'slow_down' ? 'slow' : 'away'
      }
    },
    giveBack(ticket, online, claim) {
      if (!online) leased.giveBack(ticket)
      else if (claim === null) ahead.giveBack(ticket)
    },
  }
}

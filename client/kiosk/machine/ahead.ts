import type { Ticket } from '../../../shared/contract/capture.ts'
import type { KioskServer } from './server.ts'
import { isShutOut } from './signed-calls.ts'

/** A ticket drawn ahead is renewed at this age, ms: its life is 120 s, and a walk of a minute must fit into the rest. */
const RENEW_MS = 50_000
/** Nobody came for so long: no more are drawn ahead until somebody does, ms. */
const ASLEEP_MS = 10 * 60_000

/** One ticket drawn ahead, so that a walk begins without waiting for the network. */
export interface AheadTicket {
  /** The one at hand, or one drawn now. @throws ApiProblem */
  take(): Promise<Ticket>
  /** Gives one back that was neither used nor shown to anybody. */
  giveBack(ticket: Ticket): void
  /** Draws one when there is none that is young enough; never throws. */
  refill(): void
  /** Throws away what is there: after a refused face the next asks for more. */
  drop(): void
}

/**
 * @param steady ms, never set back, and goes on while the tablet sleeps
 * @param onShutOut the server does not let this kiosk in any more
 */
export function createAheadTicket(
  server: Pick<KioskServer, 'ticket'>,
  steady: () => number,
  onShutOut: () => void,
): AheadTicket {
  let held: { ticket: Ticket; at: number } | null = null
  let drawing: Promise<void> | null = null
  let used = steady()
  const drawnAt = new WeakMap<Ticket, number>()
  const isYoung = () => held !== null && steady() - held.at < RENEW_MS

  const draw = async (): Promise<Ticket> => {
    const ticket = await server.ticket(null)
    drawnAt.set(ticket, steady())
    return ticket
  }

  return {
    async take() {
      used = steady()
      await drawing
      const one = isYoung() ? held?.ticket : undefined
      held = null
      return one ?? draw()
    },
    giveBack(ticket) {
      held ??= { ticket, at: drawnAt.get(ticket) ?? Number.NEGATIVE_INFINITY }
    },
    refill() {
      if (drawing !== null || isYoung() || steady() - used > ASLEEP_MS) return
      drawing = draw()
        .then((ticket) => {
          held = { ticket, at: steady() }
        })
        .catch((error: unknown) => {
          // Of anything else whoever takes one hears when she draws it.
          if (isShutOut(error)) onShutOut()
        })
        .finally(() => {
          drawing = null
        })
    },
    drop() {
      held = null
    },
  }
}

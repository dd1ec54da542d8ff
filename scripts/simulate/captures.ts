import { actOut, makeCapture, type Person, sealCapture } from '../../server/test/test-capture.ts'
import type { TestDevice } from '../../server/test/test-server.ts'
import type { Ticket } from '../../shared/contract/capture.ts'

/** Marks a capture of the simulator's own: it says whom it shows and is sealed by nobody. */
const MARK = 'simulated.'

/** A capture that costs nothing: read by `readCheapCapture` where the server would open a real one. */
export const makeCheapCapture = (ticket: Ticket, person: number, salt: string): string =>
  `${MARK}${Buffer.from(JSON.stringify({ ticket: ticket.id, person, salt })).toString('base64url')}`

/** A real one, signed and sealed, of a drawn face that does what the ticket asks: about 40 ms of work. */
export const makeRealCapture = (ticket: Ticket, person: Person, device: TestDevice): Promise<string> =>
  sealCapture(makeCapture(ticket, actOut(ticket), person), ticket, device)

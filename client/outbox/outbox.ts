import { COUNTER, createEventStore, type EventStore } from './event-store.ts'
import { type DatabaseOptions, openKioskDatabase } from './kiosk-database.ts'
import { createKioskState, type KioskState, PIN } from './kiosk-state.ts'
import { hasRoom } from './room.ts'
import { createRosterStore, type RosterStore } from './roster-store.ts'
import { storing } from './storage-problem.ts'
import { createTicketStock, type TicketStock } from './ticket-stock.ts'

/** Everything the kiosk keeps in the browser. Nothing in it is an embedding or opens without the server's key. */
export interface Outbox {
  readonly events: EventStore
  readonly tickets: TicketStock
  readonly roster: RosterStore
  readonly state: KioskState
  /** Opens the database (again, after it was closed under the page). @throws StorageProblem */
  open(): Promise<void>
  close(): void
  /** Whether another event can be kept (room.ts). @throws StorageProblem */
  hasRoom(): Promise<boolean>
  /** The kiosk was revoked: deletes tickets, roster, results and what the server told. Events that wait are kept, and the staff PIN. */
  forget(): Promise<void>
}

/** @param device the kiosk's key (`openDeviceKey().id`): queue, numbers and tickets belong to this pairing */
export function openOutbox(device: string, options: DatabaseOptions = {}): Outbox {
  const database = openKioskDatabase(options)
  const { tickets, roster, results, state } = database
  return {
    events: createEventStore(database, device),
    tickets: createTicketStock(database, device),
    roster: createRosterStore(database),
    state: createKioskState(database),
    open: () =>
      storing(async () => {
        if (!database.isOpen()) await database.open()
      }),
    hasRoom: () => hasRoom(database),
    // A later call opens it again.
    close: () => database.close({ disableAutoOpen: false }),
    forget: () =>
      storing(() =>
        database.transaction('rw', tickets, roster, results, state, async () => {
          await Promise.all([tickets.clear(), roster.clear(), results.clear()])
          // The counters stay: numbers go on where they were; and the staff PIN.
          await state.filter(({ name }) => !name.startsWith(COUNTER) && name !== PIN).delete()
        }),
      ),
  }
}

import { Dexie, type EntityTable, type Table } from 'dexie'
import type { Ticket } from '../../shared/contract/capture.ts'
import type { EventReceipt, KioskEvent } from '../../shared/contract/kiosk-offline.ts'
import type { ChallengeName } from '../../shared/liveness/challenges.ts'

/** A sealed event that has no receipt yet. Counters belong to a pairing, hence the device in the key. */
export interface EventRow {
  /** The kiosk's key that signed it (RFC 7638 thumbprint). */
  readonly device: string
  readonly counter: number
  readonly id: string
  /** `aside`: the server would not read it; it is kept, shown, and tried again after a while. */
  readonly state: 'waiting' | 'aside'
  /** Why, and when by the kiosk's clock, ms; null while it waits. */
  readonly aside: { readonly why: string; readonly at: number } | null
  readonly event: KioskEvent
}

/** A leased ticket that no walk has used. */
export interface TicketRow {
  readonly device: string
  /** When the server will refuse it, ms since 1970 by the server's clock. */
  readonly expiresAt: number
  readonly id: string
  readonly ticket: Ticket
}

export interface RosterRow {
  readonly nim: string
  readonly name: string
  readonly kelas: string | null
  /** What she is not to be asked for; absent: anything. */
  readonly cannot?: readonly ChallengeName[] | undefined
  /** She has twice the time. */
  readonly slow?: true | undefined
}

/** What became of an event, kept for a few days so that the screen can tell of it. */
export interface ResultRow extends Pick<EventReceipt, 'id' | 'result' | 'time'> {
  readonly device: string
  readonly counter: number
  /** What the kiosk's clock said at the capture, ISO 8601. */
  readonly wall_time: string
  /** When the receipt came, ms since 1970 by the kiosk's clock. */
  readonly at: number
}

/** One fact of the kiosk by name: the last counter, the roster's version, the newest time token, the heartbeat's reply. */
export interface StateRow {
  readonly name: string
  readonly value: unknown
}

export type KioskDatabase = Dexie & {
  events: Table<EventRow, [device: string, counter: number]>
  tickets: Table<TicketRow, [device: string, expiresAt: number, id: string]>
  roster: EntityTable<RosterRow, 'nim'>
  results: EntityTable<ResultRow, 'id'>
  state: EntityTable<StateRow, 'name'>
}

export interface DatabaseOptions {
  readonly name?: string
  /** Another IndexedDB than the page's own: the simulator's and the unit tests'. */
  readonly indexedDB?: { open: unknown }
  readonly IDBKeyRange?: unknown
}

/**
 * Opens the kiosk's own database (apart from the phone's, `store.ts`), at the first use. `strict` has Chromium flush to the
 * disk before a transaction counts as done: "saved" must survive a power cut, not only a closed page.
 */
export function openKioskDatabase({ name = 'smart-absensi-kiosk', ...idb }: DatabaseOptions = {}): KioskDatabase {
  const database = new Dexie(name, {
    chromeTransactionDurability: 'strict',
    // The types ask for the browser's own classes; a stand-in has the same methods.
    ...(idb as { indexedDB?: IDBFactory; IDBKeyRange?: typeof IDBKeyRange }),
  }) as KioskDatabase
  database.version(1).stores({
    events: '[device+counter], &id, [device+state+counter]',
    tickets: '[device+expiresAt+id], &id',
    roster: 'nim, kelas',
    results: 'id, at',
    state: 'name',
  })
  return database
}

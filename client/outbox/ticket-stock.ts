import { Dexie } from 'dexie'
import type { Ticket } from '../../shared/contract/capture.ts'
import type { ChallengeName } from '../../shared/liveness/challenges.ts'
import type { KioskDatabase, TicketRow } from './kiosk-database.ts'
import { storing } from './storage-problem.ts'

/** The leased tickets. All throw `StorageProblem`. */
export interface TicketStock {
  /**
   * The id to ask for a lease with: that of the one under way, kept over restarts, else `fresh`. Asked for again with the same
   * one, tickets whose reply was lost come again.
   */
  leaseId(fresh: string): Promise<string>
  /**
   * Adds what the server leased at `now` (ms since 1970, the server's clock as far as known), and ends the lease under way in
   * the same transaction; nothing where `lease` is under way no more, for its tickets may have been taken. Known ids are left alone.
   */
  add(tickets: readonly Ticket[], now: number, lease?: string): Promise<void>
  /**
   * Takes the ticket that ends soonest out of the stock, exactly once whoever else takes at the same time.
   * @param now ms since 1970; null: the time is not known for certain, and the one that lives longest is taken
   * @param cannot what must not be asked for: a ticket that asks for it stays
   * @returns null: none is left
   */
  take(now: number | null, cannot?: readonly ChallengeName[]): Promise<Ticket | null>
  /** Deletes what has ended by `now`. Call it with the server's time only: a wrong clock would empty the stock. */
  dropExpired(now: number): Promise<number>
  /** @param at ms since 1970, the server's clock: only what ends later is counted; null: all of it */
  count(at?: number | null): Promise<number>
}

/** Whether a ticket asks for nothing of what must not be asked for. */
export const suits = ({ challenges }: Ticket, cannot: readonly ChallengeName[]): boolean =>
  cannot.every((one) => !challenges.includes(one))

/** @param device the kiosk's key the tickets were leased to; tickets of an earlier pairing are deleted by `add` */
export function createTicketStock(database: KioskDatabase, device: string): TicketStock {
  const { tickets, state } = database
  const LEASE = `lease ${device}`
  /** Those that end after a moment, the soonest first. */
  const ofDevice = (after: number = Dexie.minKey) =>
    tickets.where('[device+expiresAt+id]').between([device, after, Dexie.maxKey], [device, Dexie.maxKey, Dexie.maxKey])

  return {
    leaseId: (fresh) =>
      storing(() =>
        database.transaction('rw', state, async () => {
          const known = (await state.get(LEASE))?.value
          if (typeof known === 'string') return known
          await state.put({ name: LEASE, value: fresh })
          return fresh
        }),
      ),
    add: (leased, now, lease) =>
      storing(() =>
        database.transaction('rw', tickets, state, async () => {
          if (lease !== undefined && (await state.get(LEASE))?.value !== lease) return
          await state.delete(LEASE)
          await tickets.filter((row) => row.device !== device).delete()
          for (const ticket of leased) {
            if ((await tickets.where('id').equals(ticket.id).count()) > 0) continue
            await tickets.add({ device, id: ticket.id, expiresAt: now + ticket.expires_in * 1000, ticket })
          }
        }),
      ),
    take: (now, cannot = []) =>
      storing(() =>
        database.transaction('rw', tickets, async () => {
          const isFit = (row: TicketRow) => suits(row.ticket, cannot)
          const row = now === null ? await ofDevice().filter(isFit).last() : await ofDevice(now).filter(isFit).first()
          if (row === undefined) return null
          await tickets.delete([row.device, row.expiresAt, row.id])
          return row.ticket
        }),
      ),
    dropExpired: (now) =>
      storing(() =>
        tickets
          .where('[device+expiresAt+id]')
          .between([device, Dexie.minKey, Dexie.minKey], [device, now, Dexie.maxKey])
          .delete(),
      ),
    count: (at = null) => storing(() => ofDevice(at ?? undefined).count()),
  }
}

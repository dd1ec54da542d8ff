import { randomUUID } from 'node:crypto'
import type { Ticket } from '../../../shared/contract/capture.ts'
import { isConflict } from '../../db/write.ts'
import type { Deps } from '../../deps.ts'
import { refuseRevoked, requireNotRevoked } from '../../devices/store.ts'
import { readSchoolSettings } from '../../settings/store.ts'
import { allowedChallenges } from '../draw.ts'
import { describeTicket, drawForKiosk } from '../issue.ts'
import type { SealingKeys } from '../sealing-keys.ts'
import { insertTickets } from '../store.ts'
import { signTicket, type TicketClaims } from '../ticket.ts'
import { countLeased, endLeases, listLease, requireRoom, wasLeased } from './store.ts'

const DAY_MS = 86_400_000
/** How far a kiosk's idea of a ticket's end may be before the server's, ms. */
const BEHIND_MS = 60_000

/**
 * Half a lease, ms: tickets that end sooner are leased anew while there is a network, so that a cut never finds the stock about
 * to end.
 */
export const renewMs = (days: number): number => (days * DAY_MS) / 2

/**
 * Leases a kiosk tickets it may use without network for some days, for whoever comes. The same `id` again gets the same
 * tickets. `most` are outstanding at most: leased, not come back with an event, with more than half a lease to go. Of a kiosk
 * that `held` none (it was shut out, and forgot them) those are ended first: used for a capture of before, they are good.
 * Refuses with unauthenticated a kiosk that was revoked meanwhile.
 * @returns as many as there is room for, none where there is no room, or where all of this lease has ended
 */
export async function leaseTickets(
  deps: Deps,
  sealingKeys: SealingKeys,
  { kioskId, id, held, count, most }: { kioskId: string; id: string; held: number; count: number; most: number },
): Promise<Ticket[]> {
  const { db, now } = deps
  const { kiosk_lease_days: days, challenges, retention } = await readSchoolSettings(db)
  const renew = renewMs(days)
  const kiosk = { id: kioskId, userId: null, kind: 'kiosk' } as const
  for (let attempt = 1; ; attempt++) {
    const before = await listLease(db, kioskId, id, now())
    if (before.length > 0) return Promise.all(before.map((claims) => sign(deps, sealingKeys, claims)))
    // Asked again so late that all of it has ended: the next id gets new ones.
    if (await wasLeased(db, kioskId, id)) return []
    // Read once: a ticket lives whole seconds.
    const issuedAt = now()
    // A kiosk that holds none may count some as gone that are good for a moment longer by this clock.
    const fresh = issuedAt + renew + (held === 0 ? BEHIND_MS : 0)
    const free = held === 0 ? most : most - (await countLeased(db, kioskId, fresh))
    if (free <= 0) return []
    const { kid } = await sealingKeys.current()
    const tickets = Array.from(
      { length: Math.min(count, free) },
      (): TicketClaims => ({
        id: randomUUID(),
        user: null,
        by: null,
        device: kioskId,
        purpose: 'identify',
        challenges: drawForKiosk(allowedChallenges(challenges, undefined)),
        slow: false,
        poses: 'guided',
        kid,
        issued_at: issuedAt,
        expires_at: issuedAt + days * DAY_MS,
        lease: id,
      }),
    )
    try {
      const room = requireRoom(kioskId, { id, most: most - tickets.length }, fresh)
      const forgotten = held === 0 ? [endLeases(kioskId, issuedAt, { after: fresh, not: id })] : []
      await db.write([requireNotRevoked(kiosk), ...forgotten, room, ...insertTickets(tickets, retention.tickets)])
      return await Promise.all(tickets.map((claims) => sign(deps, sealingKeys, claims)))
    } catch (error) {
      // Another request of this kiosk took the room, or is this one.
      if (!isConflict(error) || attempt === 3) throw error
      await refuseRevoked(db, kiosk)
    }
  }
}

/** As it is told now: one that is given again has less time left than when it was leased. */
async function sign({ keyRing, config, now }: Deps, sealingKeys: SealingKeys, claims: TicketClaims): Promise<Ticket> {
  const ticket = await signTicket(keyRing, claims)
  const jwk = await sealingKeys.publicOf(claims.kid)
  if (jwk === null) throw new Error('A sealing key went before the tickets that name it.')
  const told = describeTicket({ ticket, claims, sealing: { kid: claims.kid, jwk }, profile: config.profile })
  return { ...told, expires_in: Math.max(1, Math.floor((claims.expires_at - now()) / 1000)) }
}

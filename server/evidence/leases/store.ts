import { z } from 'zod'
import { challengeNameSchema } from '../../../shared/contract/liveness.ts'
import type { Db } from '../../db/open.ts'
import { readTotal } from '../../db/total.ts'
import type { Statement } from '../../db/write.ts'
import type { TicketClaims } from '../ticket.ts'

const OUTSTANDING = `FROM tickets WHERE device_id = :kioskId AND lease_id IS NOT NULL AND spent_at IS NULL
  AND expires_at > :at`

/** How many leased tickets of a kiosk are outstanding at a moment (ms): not expired then, not come back. */
export async function countLeased(db: Db, kioskId: string, at: number): Promise<number> {
  const [row] = await db.read(`SELECT count(*) AS total ${OUTSTANDING}`, { kioskId, at })
  return readTotal(row)
}

/** Breaks the batch (`isConflict`) when a kiosk has more than `most` outstanding at a moment (ms), or this lease was given already. */
export function requireRoom(kioskId: string, { id, most }: { id: string; most: number }, at: number): Statement {
  return {
    sql: `INSERT INTO must_change (rows) SELECT (SELECT count(*) ${OUTSTANDING}) <= :most
      AND NOT EXISTS (SELECT 1 FROM tickets WHERE device_id = :kioskId AND lease_id = :id)`,
    args: { kioskId, id, most, at },
  }
}

const leasedRow = z
  .object({
    id: z.string(),
    device_id: z.string(),
    challenges: z.string().transform((json) => z.array(challengeNameSchema).parse(JSON.parse(json))),
    sealing_kid: z.string(),
    issued_at: z.number(),
    expires_at: z.number(),
    lease_id: z.string(),
  })
  .transform(
    ({ device_id, sealing_kid, lease_id, ...row }): TicketClaims => ({
      ...row,
      user: null,
      by: null,
      device: device_id,
      purpose: 'identify',
      slow: false,
      poses: 'guided',
      kid: sealing_kid,
      lease: lease_id,
    }),
  )

/** What is outstanding of one lease. */
export async function listLease(db: Db, kioskId: string, id: string, now: number): Promise<TicketClaims[]> {
  const rows = await db.read(
    `SELECT id, device_id, challenges, sealing_kid, issued_at, expires_at, lease_id ${OUTSTANDING} AND lease_id = :id
      ORDER BY rowid`,
    { kioskId, id, at: now },
  )
  return rows.map((row) => leasedRow.parse(row))
}

/** Whether a lease was given, whatever became of its tickets. */
export async function wasLeased(db: Db, kioskId: string, id: string): Promise<boolean> {
  const rows = await db.read('SELECT 1 FROM tickets WHERE device_id = ? AND lease_id = ? LIMIT 1', [kioskId, id])
  return rows.length > 0
}

/** When a ticket ends, ms: its lease may have been ended before the time the ticket says. Null: there is none (any more). */
export async function findEnd(db: Db, ticketId: string): Promise<number | null> {
  const [row] = await db.read('SELECT expires_at FROM tickets WHERE id = ?', [ticketId])
  return row === undefined ? null : z.object({ expires_at: z.number() }).parse(row).expires_at
}

/**
 * Ends every lease of a kiosk: what is captured with these tickets from now on is doubted.
 * @param which those only that would end after a moment (ms), and are not of one lease
 */
export function endLeases(
  kioskId: string,
  now: number,
  { after = now, not = null }: { after?: number; not?: string | null } = {},
): Statement {
  return {
    sql: `UPDATE tickets SET expires_at = :now WHERE device_id = :kioskId AND lease_id IS NOT NULL AND lease_id IS NOT :not
      AND spent_at IS NULL AND expires_at > :after`,
    args: { kioskId, now, after, not },
  }
}

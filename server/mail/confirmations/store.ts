import { z } from 'zod'
import type { Db } from '../../db/open.ts'
import { mustChange, type Statement } from '../../db/write.ts'

/** How long a confirmation may be used, hours. */
export const CONFIRMATION_HOURS = 48

const openRow = z.object({ user_id: z.string(), email: z.string() })

/** A confirmation that may still be used: unused, unexpired, for the address its user still has. */
export async function findOpenConfirmation(
  db: Db,
  id: string,
  now: number,
): Promise<{ userId: string; email: string } | null> {
  const [row] = await db.read(
    `SELECT c.user_id, c.email FROM email_confirmations c
      JOIN users u ON u.id = c.user_id AND u.is_active = 1 AND u.email = c.email
      WHERE c.id = ? AND c.used_at IS NULL AND c.expires_at > ?`,
    [id, now],
  )
  if (row === undefined) return null
  const { user_id, email } = openRow.parse(row)
  return { userId: user_id, email }
}

/** Asks whether an address is its user's. */
export function insertConfirmation(one: { id: string; userId: string; email: string }, now: number): Statement {
  return {
    sql: `INSERT INTO email_confirmations (id, user_id, email, created_at, expires_at) VALUES (?, ?, ?, ?, ?)`,
    args: [one.id, one.userId, one.email, now, now + CONFIRMATION_HOURS * 3_600_000],
  }
}

/** Uses a confirmation up and marks the address as its user's; breaks the batch when either is not so any more. */
export function useConfirmation(id: string, now: number): Statement[] {
  return [
    {
      sql: 'UPDATE email_confirmations SET used_at = :now WHERE id = :id AND used_at IS NULL AND expires_at > :now',
      args: { id, now },
    },
    mustChange,
    {
      sql: `UPDATE users SET confirmed_email = email, updated_at = :now
        WHERE (id, email) IN (SELECT user_id, email FROM email_confirmations WHERE id = :id)`,
      args: { id, now },
    },
    mustChange,
  ]
}

const unaskedRow = z.object({ id: z.string(), email: z.string() }).transform((row) => ({ userId: row.id, ...row }))

/** Active and approved users with an address that is not confirmed and that nobody was asked about: once an address. */
export async function listUnasked(db: Db, limit: number): Promise<{ userId: string; email: string }[]> {
  const rows = await db.read(
    `SELECT id, email FROM users WHERE email IS NOT NULL AND email IS NOT confirmed_email AND is_active = 1
      AND approval = 'approved'
      AND NOT EXISTS (SELECT 1 FROM email_confirmations c WHERE c.user_id = users.id AND c.email = users.email)
      ORDER BY id LIMIT ?`,
    [limit],
  )
  return rows.map((row) => unaskedRow.parse(row))
}

const stateRow = z.object({ email: z.string().nullable(), confirmed: z.number(), asked_at: z.number().nullable() })

/** A user's address, whether it is confirmed, and when she was last asked (ms). */
export async function readEmailState(
  db: Db,
  userId: string,
): Promise<{ email: string | null; confirmed: boolean; askedAt: number | null }> {
  const [row] = await db.read(
    `SELECT email, coalesce(email = confirmed_email, 0) AS confirmed,
      (SELECT max(created_at) FROM email_confirmations c WHERE c.user_id = u.id AND c.email = u.email) AS asked_at
      FROM users u WHERE id = ?`,
    [userId],
  )
  const { email, confirmed, asked_at } = stateRow.parse(row)
  return { email, confirmed: confirmed === 1, askedAt: asked_at }
}

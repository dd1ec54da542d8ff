import { z } from 'zod'
import type { Db } from '../db/open.ts'
import { mustChange, type Statement } from '../db/write.ts'
import { type Scope, scopeSql } from '../users/scope.ts'

/** A live code with whose it is. Times in ms. */
const codeRow = z
  .object({
    user_id: z.string(),
    code_hmac: z.string(),
    created_at: z.number(),
    held_by: z.string().nullable(),
    held_until: z.number(),
    absensi_id: z.string().nullable(),
    outcome: z.enum(['recorded', 'left', 'already']).nullable(),
    name: z.string(),
    nim: z.string(),
    kelas: z.string().nullable(),
  })
  .transform((row) => ({
    codeHmac: row.code_hmac,
    createdAt: row.created_at,
    heldBy: row.held_by,
    heldUntil: row.held_until,
    absensiId: row.absensi_id,
    outcome: row.outcome,
    person: { id: row.user_id, name: row.name, nim: row.nim, kelas: row.kelas },
  }))
export type PresenceCode = z.infer<typeof codeRow>

/** Puts a user's code in the place of the one before. Breaks the batch (`isConflict`) when somebody has the same digits. */
export function putCode(userId: string, codeHmac: string, now: number, expiresAt: number): Statement[] {
  return [
    // Digits of a code that nobody can use any more are free again.
    {
      sql: 'DELETE FROM presence_codes WHERE user_id = :userId OR (code_hmac = :codeHmac AND max(expires_at, held_until) <= :now)',
      args: { userId, codeHmac, now },
    },
    {
      sql: 'INSERT INTO presence_codes (user_id, code_hmac, created_at, expires_at) VALUES (?, ?, ?, ?)',
      args: [userId, codeHmac, now, expiresAt],
    },
  ]
}

/** The code with this HMAC as a reader may use it at `now`: fresh, or looked up by her before; within her scope. */
export async function findCode(
  db: Db,
  codeHmac: string,
  reader: { readonly id: string; readonly scope: Scope },
  now: number,
): Promise<PresenceCode | null> {
  const { sql, args } = scopeSql(reader.scope)
  const [row] = await db.read(
    `SELECT p.user_id, p.code_hmac, p.created_at, p.held_by, p.held_until, p.absensi_id, p.outcome, u.name, u.nim, u.kelas
      FROM presence_codes p JOIN users u ON u.id = p.user_id
      WHERE p.code_hmac = :codeHmac AND u.is_active = 1 AND u.approval = 'approved' AND ${sql}
        AND (p.expires_at > :now OR (p.held_by = :reader AND p.held_until > :now))`,
    { ...args, codeHmac, reader: reader.id, now },
  )
  return row === undefined ? null : codeRow.parse(row)
}

/** Notes who looked a code up. Breaks the batch (`isConflict`) when it is gone, or somebody else did before. */
export function holdCode(codeHmac: string, by: string, now: number, heldUntil: number): Statement[] {
  return [
    {
      sql: `UPDATE presence_codes SET held_by = :by, held_until = :heldUntil
        WHERE code_hmac = :codeHmac AND absensi_id IS NULL AND (held_by IS NULL OR held_by = :by OR held_until <= :now)`,
      args: { codeHmac, by, now, heldUntil },
    },
    mustChange,
  ]
}

/** Uses a code up. Breaks the batch (`isConflict`) when it was used, drawn anew, or is held by somebody else. */
export function useCode(
  codeHmac: string,
  by: string,
  now: number,
  did: { readonly absensiId: string; readonly outcome: 'recorded' | 'left' | 'already' },
): Statement[] {
  return [
    {
      sql: `UPDATE presence_codes SET absensi_id = :absensiId, outcome = :outcome
        WHERE code_hmac = :codeHmac AND absensi_id IS NULL AND held_by = :by AND held_until > :now`,
      args: { codeHmac, by, now, ...did },
    },
    mustChange,
  ]
}

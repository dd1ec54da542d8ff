import { z } from 'zod'
import type { Db } from '../db/open.ts'
import { mustChange, type Statement } from '../db/write.ts'

export interface RefreshToken {
  readonly family: string
  readonly userId: string
  readonly epoch: number
  readonly expiresAt: number
  readonly spentAt: number | null
}

const refreshRow = z
  .object({
    family: z.string(),
    user_id: z.string(),
    epoch: z.number(),
    expires_at: z.number(),
    spent_at: z.number().nullable(),
  })
  .transform(
    (row): RefreshToken => ({
      family: row.family,
      userId: row.user_id,
      epoch: row.epoch,
      expiresAt: row.expires_at,
      spentAt: row.spent_at,
    }),
  )

/** The refresh token with this hash, spent or not; null when unknown or revoked. */
export async function findRefreshToken(db: Db, tokenHash: string): Promise<RefreshToken | null> {
  const [row] = await db.read(
    'SELECT family, user_id, epoch, expires_at, spent_at FROM refresh_tokens WHERE token_hash = ?',
    [tokenHash],
  )
  return row === undefined ? null : refreshRow.parse(row)
}

/** Stores a new token; expired ones of everybody go at the same time. */
export function insertRefreshToken(
  tokenHash: string,
  token: RefreshToken & { readonly parent: string | null },
  now: number,
): Statement[] {
  return [
    { sql: 'DELETE FROM refresh_tokens WHERE expires_at <= ?', args: [now] },
    {
      sql: `INSERT INTO refresh_tokens (token_hash, family, user_id, epoch, created_at, expires_at, parent)
        VALUES (?, ?, ?, ?, ?, ?, ?)`,
      args: [tokenHash, token.family, token.userId, token.epoch, now, token.expiresAt, token.parent],
    },
  ]
}

/** Spends a token; breaks the batch (`isConflict`) when it is spent or gone already. */
export function spendRefreshToken(tokenHash: string, now: number): Statement[] {
  return [
    { sql: 'UPDATE refresh_tokens SET spent_at = ? WHERE token_hash = ? AND spent_at IS NULL', args: [now, tokenHash] },
    mustChange,
  ]
}

/** Whether a spent token has an unspent successor and none of its successors was ever traded on. */
export async function isLastUsed(db: Db, tokenHash: string): Promise<boolean> {
  const [row] = await db.read(
    `SELECT 1 AS last WHERE EXISTS (SELECT 1 FROM refresh_tokens WHERE parent = :tokenHash AND spent_at IS NULL)
      AND NOT EXISTS (SELECT 1 FROM refresh_tokens c JOIN refresh_tokens g ON g.parent = c.token_hash
        WHERE c.parent = :tokenHash)`,
    { tokenHash },
  )
  return row !== undefined
}

/** Spends the unused successor of a token that was spent at `before`; breaks the batch when either has changed since. */
export function spendRefreshTokenAgain(tokenHash: string, before: number, now: number): Statement[] {
  return [
    {
      sql: 'UPDATE refresh_tokens SET spent_at = ? WHERE token_hash = ? AND spent_at = ?',
      args: [now, tokenHash, before],
    },
    mustChange,
    { sql: 'UPDATE refresh_tokens SET spent_at = ? WHERE parent = ? AND spent_at IS NULL', args: [now, tokenHash] },
    mustChange,
  ]
}

/** Ends a login: every token that came from it, spent or not. */
export function deleteFamily(family: string): Statement {
  return { sql: 'DELETE FROM refresh_tokens WHERE family = ?', args: [family] }
}

/** Ends every login of a user. */
export function deleteTokensOf(userId: string): Statement {
  return { sql: 'DELETE FROM refresh_tokens WHERE user_id = ?', args: [userId] }
}

export interface ActivationCode {
  readonly codeHmac: string
  readonly keyVersion: number
  readonly expiresAt: number
  readonly tries: number
  readonly usedAt: number | null
}

const codeRow = z
  .object({
    code_hmac: z.string(),
    key_version: z.number(),
    expires_at: z.number(),
    tries: z.number(),
    used_at: z.number().nullable(),
  })
  .transform(
    (row): ActivationCode => ({
      codeHmac: row.code_hmac,
      keyVersion: row.key_version,
      expiresAt: row.expires_at,
      tries: row.tries,
      usedAt: row.used_at,
    }),
  )

/** A teacher's code is one as long as she could draw it: active, a teacher of the student's class (or an admin by now). */
const IS_HERS = `(c.guru_id IS NULL OR EXISTS (SELECT 1 FROM users m, users u WHERE m.id = c.guru_id AND u.id = c.user_id
  AND m.is_active = 1 AND (m.role = 'admin' OR (m.role = 'guru' AND u.role = 'user'
    AND EXISTS (SELECT 1 FROM guru_kelas g WHERE g.user_id = m.id AND g.kelas = u.kelas)))))`

/** The user's activation code, in whatever state; null when there was none, or it was a teacher's who is hers no more. */
export async function findActivationCode(db: Db, userId: string): Promise<ActivationCode | null> {
  const [row] = await db.read(
    `SELECT code_hmac, key_version, expires_at, tries, used_at FROM activation_codes c WHERE user_id = ? AND ${IS_HERS}`,
    [userId],
  )
  return row === undefined ? null : codeRow.parse(row)
}

/** Stores a fresh code in the place of the one before. */
export function putActivationCode(
  userId: string,
  code: { codeHmac: string; keyVersion: number; expiresAt: number; guruId: string | null },
  now: number,
): Statement {
  return {
    sql: `INSERT INTO activation_codes (user_id, code_hmac, key_version, created_at, expires_at, guru_id)
      VALUES (?, ?, ?, ?, ?, ?)
      ON CONFLICT (user_id) DO UPDATE SET code_hmac = excluded.code_hmac, key_version = excluded.key_version,
        created_at = excluded.created_at, expires_at = excluded.expires_at, guru_id = excluded.guru_id, tries = 0,
        used_at = NULL`,
    args: [userId, code.codeHmac, code.keyVersion, now, code.expiresAt, code.guruId],
  }
}

/** Ends the codes of somebody that wait to be used. */
export function endCodes(userId: string): Statement {
  return { sql: 'DELETE FROM activation_codes WHERE user_id = ? AND used_at IS NULL', args: [userId] }
}

/** Counts a wrong try against the user's code, if she has one. */
export function countTry(userId: string): Statement {
  return { sql: 'UPDATE activation_codes SET tries = tries + 1 WHERE user_id = ?', args: [userId] }
}

/** Uses the code up; breaks the batch when it was used or replaced meanwhile. */
export function useCode(userId: string, codeHmac: string, now: number): Statement[] {
  return [
    {
      sql: `UPDATE activation_codes AS c SET used_at = ?
        WHERE user_id = ? AND code_hmac = ? AND used_at IS NULL AND ${IS_HERS}`,
      args: [now, userId, codeHmac],
    },
    mustChange,
  ]
}

import { z } from 'zod'
import { roleSchema } from '../../../shared/contract/auth.ts'
import type { Db } from '../../db/open.ts'
import type { Statement } from '../../db/write.ts'
import { mustChangeRows } from '../../db/write.ts'
import { moveCounts } from '../../reports/counts/move.ts'

const flag = z.number().transform((value) => value === 1)
const knownRow = z.object({
  id: z.string(),
  nim: z.string(),
  name: z.string(),
  kelas: z.string().nullable(),
  email: z.string().nullable(),
  parent_email: z.string().nullable(),
  role: roleSchema,
  self_made: flag,
  is_active: flag,
  /** There is a face, or something else sealed under the account's data key. */
  sealed: flag,
})
export type KnownAccount = z.output<typeof knownRow>

/** The accounts that have one of these NIMs, whatever the letter case. */
export async function readKnown(db: Db, nims: readonly string[]): Promise<KnownAccount[]> {
  const rows = await db.read(
    `SELECT u.id, u.nim, u.name, u.kelas, u.email, u.parent_email, u.role, u.self_made, u.is_active,
        EXISTS (SELECT 1 FROM face_encodings f WHERE f.user_id = u.id)
          OR EXISTS (SELECT 1 FROM face_uploads p WHERE p.user_id = u.id)
          OR EXISTS (SELECT 1 FROM liveness_checks l WHERE l.user_id = u.id AND l.trace IS NOT NULL) AS sealed
      FROM users u WHERE u.nim IN (SELECT value FROM json_each(?))`,
    [JSON.stringify(nims)],
  )
  return rows.map((row) => knownRow.parse(row))
}

/** What a list says of an account. null: nothing. */
export interface Said {
  readonly id: string
  readonly name: string
  readonly kelas: string | null
  readonly email: string | null
  readonly parent_email: string | null
}

export interface StoredCode {
  readonly id: string
  readonly codeHmac: string
  readonly keyVersion: number
  readonly expiresAt: number
}

/** One statement for all: a list has thousands of rows. Breaks the batch (`isConflict`) when a NIM is taken meanwhile. */
export function insertStudents(students: readonly (Said & { nim: string })[], now: number): Statement {
  return {
    sql: `INSERT INTO users (id, nim, name, email, parent_email, role, kelas, accommodation, created_at, updated_at)
      SELECT value ->> 'id', value ->> 'nim', value ->> 'name', value ->> 'email', value ->> 'parent_email', 'user',
        value ->> 'kelas', '{"poses":"guided","slow":false}', :now, :now FROM json_each(:students)`,
    args: { students: JSON.stringify(students), now },
  }
}

/** What a list says takes the place of what was there; what it does not say stays. Breaks the batch when one is gone. */
export function updateStudents(students: readonly Said[], now: number): Statement[] {
  const moves = students.flatMap(({ id, kelas }) => (kelas === null ? [] : [{ id, to: kelas }]))
  const counts = moveCounts(moves)
  return [
    ...counts.before,
    {
      sql: `UPDATE users SET name = j.value ->> 'name', kelas = coalesce(j.value ->> 'kelas', kelas),
          email = coalesce(j.value ->> 'email', email),
          parent_email = coalesce(j.value ->> 'parent_email', parent_email), updated_at = :now
        FROM json_each(:students) AS j WHERE users.id = j.value ->> 'id' AND +users.role = 'user'`,
      args: { students: JSON.stringify(students), now },
    },
    mustChangeRows(students.length),
    ...counts.after,
  ]
}

/** Stores codes in the place of those before. */
export function putCodes(codes: readonly StoredCode[], now: number): Statement {
  return {
    sql: `INSERT INTO activation_codes (user_id, code_hmac, key_version, created_at, expires_at)
      SELECT value ->> 'id', value ->> 'codeHmac', value ->> 'keyVersion', :now, value ->> 'expiresAt'
      FROM json_each(:codes) WHERE true
      ON CONFLICT (user_id) DO UPDATE SET code_hmac = excluded.code_hmac, key_version = excluded.key_version,
        created_at = excluded.created_at, expires_at = excluded.expires_at, guru_id = NULL, tries = 0,
        used_at = NULL`,
    args: { codes: JSON.stringify(codes), now },
  }
}

/**
 * Takes from accounts whatever their makers had put there: password, address, sessions, devices, consent, the rows of the face
 * (its keys must be destroyed before). From then on they are the school's.
 */
export function resetStudents(ids: readonly string[], now: number): Statement[] {
  const args = { ids: JSON.stringify(ids), now }
  const those = '(SELECT value FROM json_each(:ids))'
  return [
    {
      sql: `UPDATE users SET password_hash = NULL, password_temporary = 0, epoch = epoch + 1, has_face = 0, email = NULL,
        confirmed_email = NULL, approval = 'approved', self_made = 0, updated_at = :now WHERE id IN ${those} AND self_made = 1`,
      args,
    },
    mustChangeRows(ids.length),
    ...['refresh_tokens', 'devices', 'face_encodings', 'face_uploads'].map((table) => ({
      sql: `DELETE FROM ${table} WHERE user_id IN ${those}`,
      args: { ids: args.ids },
    })),
    {
      sql: `UPDATE consents SET withdrawn_at = :now WHERE withdrawn_at IS NULL AND user_id IN ${those}`,
      args,
    },
  ]
}

import { z } from 'zod'
import type { Db } from '../db/open.ts'
import { mustChangeRows, type Statement } from '../db/write.ts'
import { moveCounts } from '../reports/counts/move.ts'

const placeRow = z.object({ id: z.string(), kelas: z.string() })

/** The students of some classes, by id. */
export async function readStudentsOf(db: Db, kelas: readonly string[]): Promise<z.output<typeof placeRow>[]> {
  const rows = await db.read(
    `SELECT id, kelas FROM users
      WHERE role = 'user' AND kelas IN (SELECT value FROM json_each(?)) ORDER BY id`,
    [JSON.stringify(kelas)],
  )
  return rows.map((row) => placeRow.parse(row))
}

/**
 * Moves students on, all in one statement, so that nobody is moved twice; breaks the batch (`isConflict`) unless each is
 * still in the class she was in. Who goes nowhere (`to: null`) is suspended: her sessions end.
 */
export function moveStudents(
  moves: readonly { id: string; from: string; to: string | null }[],
  now: number,
): Statement[] {
  const args = { moves: JSON.stringify(moves), now }
  const counts = moveCounts(moves)
  return [
    ...counts.before,
    {
      sql: `UPDATE users SET kelas = m.goal, updated_at = :now,
          epoch = epoch + (m.goal IS NULL), is_active = CASE WHEN m.goal IS NULL THEN 0 ELSE is_active END
        FROM (SELECT value ->> 'id' AS id, value ->> 'from' AS origin, value ->> 'to' AS goal FROM json_each(:moves)) AS m
        WHERE users.id = m.id AND +users.kelas = m.origin AND +users.role = 'user'`,
      args,
    },
    mustChangeRows(moves.length),
    ...counts.after,
    {
      sql: `DELETE FROM refresh_tokens WHERE user_id IN (
        SELECT value ->> 'id' FROM json_each(?) WHERE value ->> 'to' IS NULL)`,
      args: [args.moves],
    },
  ]
}

const waitingRow = z.object({ id: z.string(), nim: z.string(), name: z.string(), kelas: z.string() })

/** The students of a class who have not chosen a password yet, by name. */
export async function readNotActivated(db: Db, kelas: string): Promise<z.output<typeof waitingRow>[]> {
  const rows = await db.read(
    `SELECT id, nim, name, kelas FROM users
      WHERE role = 'user' AND kelas = ? AND is_active = 1 AND approval = 'approved' AND password_hash IS NULL ORDER BY name`,
    [kelas],
  )
  return rows.map((row) => waitingRow.parse(row))
}

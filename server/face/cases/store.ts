import { z } from 'zod'
import type { Db } from '../../db/open.ts'
import type { Statement } from '../../db/write.ts'

/** Opens a case: this user's new enrolment looks like somebody enrolled. One a pair; a settled one stays settled. */
export function insertCase(one: { id: string; userId: string; otherUserId: string }, now: number): Statement {
  return {
    sql: `INSERT INTO face_cases (id, user_id, other_user_id, state, created_at) VALUES (?, ?, ?, 'open', ?)
      ON CONFLICT (user_id, other_user_id) DO NOTHING`,
    args: [one.id, one.userId, one.otherUserId, now],
  }
}

const otherRow = z.object({ other: z.string() }).transform(({ other }) => other)

/** Ids of the users a person has found to be somebody else than this one: twins, for instance. */
export async function readSettledPairs(db: Db, userId: string): Promise<ReadonlySet<string>> {
  const rows = await db.read(
    `SELECT CASE user_id WHEN ? THEN other_user_id ELSE user_id END AS other FROM face_cases
      WHERE state = 'two_people' AND (user_id = ? OR other_user_id = ?)`,
    [userId, userId, userId],
  )
  return new Set(rows.map((row) => otherRow.parse(row)))
}

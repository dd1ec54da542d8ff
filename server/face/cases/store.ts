import { z } from 'zod'
import type { Db } from '../../db/open.ts'
import { readTotal } from '../../db/total.ts'
import { mustChange, type Statement } from '../../db/write.ts'

/**
 * Opens a case: this user's new enrolment looks like somebody enrolled. One a pair. Settled as an error or as one person it
 * opens again: a new attempt is shown to a person again. Two people stay two.
 */
export function insertCase(one: { id: string; userId: string; otherUserId: string }, now: number): Statement {
  return {
    sql: `INSERT INTO face_cases (id, user_id, other_user_id, state, created_at) SELECT :id, :userId, :otherUserId, 'open', :now
      WHERE NOT EXISTS (SELECT 1 FROM face_cases WHERE user_id = :otherUserId AND other_user_id = :userId
        AND state IN ('open', 'two_people'))
      ON CONFLICT (user_id, other_user_id) DO UPDATE SET state = 'open', created_at = excluded.created_at,
        settled_at = NULL, settled_by = NULL, reason = NULL WHERE state IN ('error', 'one_person')`,
    args: { ...one, now },
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

/** What a person may find: two who look alike, one person with two accounts, or a capture that went wrong. */
export type CaseDecision = 'two_people' | 'one_person' | 'error'

/** Settles an open case; breaks the batch (`isConflict`) when it is settled already. */
export function settleCase(
  one: { id: string; decision: CaseDecision; byUser: string; reason: string },
  now: number,
): Statement[] {
  return [
    {
      sql: `UPDATE face_cases SET state = :decision, settled_at = :now, settled_by = :byUser, reason = :reason
        WHERE id = :id AND state = 'open'`,
      args: { ...one, now },
    },
    mustChange,
  ]
}

const personJson = z.string().transform((json) =>
  z
    .object({
      id: z.string(),
      nim: z.string(),
      name: z.string(),
      kelas: z.string().nullable(),
      has_face: z.number(),
      created_at: z.number(),
    })
    .parse(JSON.parse(json)),
)

const caseRow = z.object({
  id: z.string(),
  state: z.enum(['open', 'two_people', 'one_person', 'error']),
  created_at: z.number(),
  settled_at: z.number().nullable(),
  settled_by: z.string().nullable(),
  reason: z.string().nullable(),
  person: personJson,
  other: personJson,
})
/** A case with both accounts: `person` is the one whose enrolment opened it. */
export type FaceCase = z.infer<typeof caseRow>

const person = (alias: string) => `json_object('id', ${alias}.id, 'nim', ${alias}.nim, 'name', ${alias}.name,
  'kelas', ${alias}.kelas, 'has_face', ${alias}.has_face, 'created_at', ${alias}.created_at)`

const CASES = `SELECT c.id, c.state, c.created_at, c.settled_at, c.settled_by, c.reason, ${person('u')} AS person,
  ${person('o')} AS other FROM face_cases c JOIN users u ON u.id = c.user_id JOIN users o ON o.id = c.other_user_id`

/** A case by its id, or null. */
export async function findCase(db: Db, id: string): Promise<FaceCase | null> {
  const [row] = await db.read(`${CASES} WHERE c.id = ?`, [id])
  return row === undefined ? null : caseRow.parse(row)
}

/** A page of the cases of one state, oldest first, with the number of all. */
export async function listCases(
  db: Db,
  query: { state: FaceCase['state']; limit: number; offset: number },
): Promise<{ total: number; rows: FaceCase[] }> {
  const [count] = await db.read('SELECT count(*) AS total FROM face_cases WHERE state = ?', [query.state])
  const rows = await db.read(
    `${CASES} WHERE c.state = :state ORDER BY c.created_at, c.id LIMIT :limit OFFSET :offset`,
    query,
  )
  return { total: readTotal(count), rows: rows.map((row) => caseRow.parse(row)) }
}

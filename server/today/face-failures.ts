import { z } from 'zod'
import type { Db } from '../db/open.ts'
import { type Scope, scopeSql } from '../users/scope.ts'

/** Failed checks older than this are another day's. */
const FAILED_MS = 12 * 3_600_000

/**
 * Checks `l` of students `u` whose face failed on their phones since `:since` (ms), and who have nothing recorded on `:date`.
 * A kiosk's failure is nobody's; what comes out of its outbox may be of another day, and waits in its own queue.
 */
const failed = (scopeOfStudents: string) => `FROM liveness_checks l CROSS JOIN users u ON u.id = l.user_id
  CROSS JOIN tickets t ON t.id = l.session_id
  WHERE l.created_at >= :since AND u.role = 'user' AND ${scopeOfStudents}
    AND t.purpose IN ('check-in', 'enrol') AND (l.result = 'not_live' OR t.refusal = 'not_matched')
    AND NOT EXISTS (SELECT 1 FROM absensi a WHERE a.user_id = l.user_id AND a.date = :date)`

const countRow = z.object({ count: z.number() })

/** People whose face failed in the twelve hours before `now` (ms) and who have nothing recorded on `date` (YYYY-MM-DD). */
export async function countFaceFailures(db: Db, scope: Scope, date: string, now: number): Promise<number> {
  const within = scopeSql(scope)
  const [row] = await db.read(`SELECT count(DISTINCT l.user_id) AS count ${failed(within.sql)}`, {
    since: now - FAILED_MS,
    date,
    ...within.args,
  })
  return countRow.parse(row).count
}

const failureRow = z.object({
  id: z.string(),
  nim: z.string(),
  name: z.string(),
  kelas: z.string().nullable(),
  tries: z.number(),
  at: z.number(),
  why: z.enum(['not_live', 'not_matched']),
})

/** The same by name, whoever failed last first; `at` in ms, `why` of the last try. */
export async function listFaceFailures(
  db: Db,
  scope: Scope,
  date: string,
  now: number,
  page: { readonly limit: number; readonly offset: number },
): Promise<{ total: number; rows: z.output<typeof failureRow>[] }> {
  const within = scopeSql(scope)
  // With max() alone SQLite takes the other columns from the row that has it.
  const rows = await db.read(
    `SELECT u.id, u.nim, u.name, u.kelas, count(*) AS tries, max(l.created_at) AS at,
      CASE l.result WHEN 'not_live' THEN 'not_live' ELSE 'not_matched' END AS why
      ${failed(within.sql)} GROUP BY u.id ORDER BY at DESC, u.id LIMIT :limit OFFSET :offset`,
    { since: now - FAILED_MS, date, ...page, ...within.args },
  )
  return { total: await countFaceFailures(db, scope, date, now), rows: rows.map((row) => failureRow.parse(row)) }
}

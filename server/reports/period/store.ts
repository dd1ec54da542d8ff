import { z } from 'zod'
import type { Db } from '../../db/open.ts'
import type { Scope } from '../../users/scope.ts'
import type { CountFilter } from '../counts/store.ts'
import { studentsAfter, studentsOf } from '../students/store.ts'

/** A student as a report lists her. */
const studentRow = z.object({ id: z.string(), nim: z.string(), name: z.string(), kelas: z.string().nullable() })
export type Student = z.output<typeof studentRow>

/** Active students of a scope, class by class, by name: a page of them, or those after one of them. */
export async function listStudents(
  db: Db,
  scope: Scope,
  {
    kelas,
    limit,
    ...where
  }: { kelas?: string | undefined; limit: number; offset?: number; after?: Student | undefined },
): Promise<Student[]> {
  const students = studentsOf(scope, kelas)
  const rest = studentsAfter(where.after)
  const { offset = 0 } = where
  const rows = await db.read(
    `SELECT u.id, u.nim, u.name, u.kelas FROM users u
      WHERE u.is_active = 1 AND ${students.sql}
        AND ${rest.sql}
      ORDER BY coalesce(u.kelas, ''), u.name, u.id LIMIT :limit OFFSET :offset`,
    {
      limit,
      offset,
      ...students.args,
      ...rest.args,
    },
  )
  return rows.map((row) => studentRow.parse(row))
}

/** Students by their ids, in the ids' order. */
export async function listByIds(db: Db, ids: readonly string[]): Promise<Student[]> {
  const rows = await db.read(
    `SELECT u.id, u.nim, u.name, u.kelas FROM json_each(:ids) j CROSS JOIN users u ON u.id = j.value ORDER BY j.key`,
    { ids: JSON.stringify(ids) },
  )
  return rows.map((row) => studentRow.parse(row))
}

/** How many that are in all. */
export async function countListed(db: Db, scope: Scope, kelas?: string): Promise<number> {
  const students = studentsOf(scope, kelas)
  const [row] = await db.read(
    `SELECT count(*) AS count FROM users u
      WHERE u.is_active = 1 AND ${students.sql}`,
    students.args,
  )
  return z.object({ count: z.number() }).parse(row).count
}

const lateRow = z.object({ user_id: z.string(), late_minutes: z.number() })

/** Minutes that some students were late in a period, added up. */
export async function readLateMinutes(
  db: Db,
  ids: readonly string[],
  { from, until, session }: Omit<CountFilter, 'kelas'>,
): Promise<ReadonlyMap<string, number>> {
  const rows = await db.read(
    `SELECT a.user_id, sum(a.late_minutes) AS late_minutes
      FROM absensi a INDEXED BY absensi_by_user
      WHERE a.user_id IN (SELECT value FROM json_each(:ids)) AND a.date BETWEEN :from AND :until
        ${session === undefined ? '' : 'AND a.session_id = :session'} GROUP BY a.user_id`,
    { ids: JSON.stringify(ids), from, until, ...(session === undefined ? {} : { session }) },
  )
  return new Map(rows.map((row) => lateRow.parse(row)).map((row) => [row.user_id, row.late_minutes]))
}

import { z } from 'zod'
import { type Status, statusSchema } from '../../../shared/contract/absensi.ts'
import type { Db } from '../../db/open.ts'
import type { Scope } from '../../users/scope.ts'
import { APPROVED } from '../students/store.ts'

/** Attendances by what they are asked by. `lateMinutes` is the sum over them. */
export interface CountRow {
  readonly key: string
  readonly status: Status
  readonly count: number
  readonly lateMinutes: number
}

export interface CountFilter {
  /** YYYY-MM-DD, both among the days. */
  readonly from: string
  readonly until: string
  readonly kelas?: string | undefined
  readonly session?: string | undefined
}

/** A condition over `absensi_counts c`, which holds students only. Nobody but staff reads counts. */
export function countsInScope(scope: Scope): { sql: string; args: Record<string, string> } {
  if (scope.kind === 'all') return { sql: '1', args: {} }
  if (scope.kind === 'self') return { sql: '0', args: {} }
  return {
    sql: 'c.kelas IN (SELECT value FROM json_each(:scopeKelas))',
    args: { scopeKelas: JSON.stringify(scope.kelas) },
  }
}

const countRow = z
  .object({ key: z.string(), status: statusSchema, count: z.number(), late_minutes: z.number() })
  .transform(({ late_minutes, ...row }): CountRow => ({ ...row, lateMinutes: late_minutes }))

/**
 * Counts of students' attendances by date, class or session, in the key's order; a class's key is '' for none. What is
 * asked of the whole school and not by class comes from its totals: a tenth of a per cent of the rows.
 */
export async function readCounts(
  db: Db,
  scope: Scope,
  by: 'date' | 'kelas' | 'session',
  { from, until, kelas, session }: CountFilter,
): Promise<CountRow[]> {
  if (by === 'kelas') return readClassCounts(db, scope, { from, until, kelas, session })
  const key = { date: 'c.date', session: 'c.session_id' }[by]
  const ofAll = scope.kind === 'all' && kelas === undefined
  const within = countsInScope(scope)
  const rows = await db.read(
    `SELECT ${key} AS key, c.status, sum(c.count) AS count, sum(c.late_minutes) AS late_minutes
      FROM ${ofAll ? 'absensi_totals' : 'absensi_counts'} c WHERE c.date BETWEEN :from AND :until AND ${within.sql}
        ${kelas === undefined ? '' : 'AND c.kelas = :kelas'} ${session === undefined ? '' : 'AND c.session_id = :session'}
      GROUP BY ${key}, c.status HAVING sum(c.count) > 0 ORDER BY ${key}, c.status`,
    {
      from,
      until,
      ...within.args,
      ...(kelas === undefined ? {} : { kelas }),
      ...(session === undefined ? {} : { session }),
    },
  )
  return rows.map((row) => countRow.parse(row))
}

const sum = z.number().nullable()
const classRow = z.looseObject({ key: z.string() }).transform(({ key, ...sums }): CountRow[] =>
  statusSchema.options.flatMap((status) => {
    const [count, lateMinutes] = [sum.parse(sums[status]), sum.parse(sums[`late_${status}`])]
    return count ? [{ key, status, count, lateMinutes: lateMinutes ?? 0 }] : []
  }),
)

/**
 * The same by class. A class's statuses are one row, and only classes that have students are asked for: so they come out
 * of the index as they lie there, without sorting a term of every class.
 */
async function readClassCounts(
  db: Db,
  scope: Scope,
  { from, until, kelas, session }: CountFilter,
): Promise<CountRow[]> {
  const within = countsInScope(scope)
  const ofStatus = (status: Status) =>
    `sum(c.count) FILTER (WHERE c.status = '${status}') AS ${status},
      sum(c.late_minutes) FILTER (WHERE c.status = '${status}') AS late_${status}`
  const rows = await db.read(
    `SELECT c.kelas AS key, ${statusSchema.options.map(ofStatus).join(', ')} FROM absensi_counts c
      WHERE ${scope.kind === 'all' ? "c.kelas IN (SELECT coalesce(u.kelas, '') FROM users u WHERE u.role = 'user') AND" : ''}
        c.date BETWEEN :from AND :until AND ${within.sql}
        ${kelas === undefined ? '' : 'AND c.kelas = :kelas'} ${session === undefined ? '' : 'AND c.session_id = :session'}
      GROUP BY c.kelas`,
    {
      from,
      until,
      ...within.args,
      ...(kelas === undefined ? {} : { kelas }),
      ...(session === undefined ? {} : { session }),
    },
  )
  return rows.flatMap((row) => classRow.parse(row))
}

const studentsRow = z.object({ total: z.number(), with_face: z.number().nullable() })

/** Active students, and how many of them have a face. */
export async function countStudents(
  db: Db,
  scope: Scope,
): Promise<{ total: number; with_face: number; without_face: number }> {
  const kelas = scope.kind === 'kelas' ? JSON.stringify(scope.kelas) : null
  const [row] = await db.read(
    `SELECT count(*) AS total, sum(u.has_face) AS with_face FROM users u WHERE u.role = 'user' AND u.is_active = 1
      AND ${APPROVED}
      ${kelas === null ? '' : 'AND u.kelas IN (SELECT value FROM json_each(:kelas))'}`,
    kelas === null ? {} : { kelas },
  )
  const { total, with_face } = studentsRow.parse(row)
  return { total, with_face: with_face ?? 0, without_face: total - (with_face ?? 0) }
}

/** Active teachers and admins. */
export async function countStaff(db: Db): Promise<{ guru: number; admin: number }> {
  const [row] = await db.read(
    `SELECT count(*) FILTER (WHERE role = 'guru') AS guru, count(*) FILTER (WHERE role = 'admin') AS admin
      FROM users WHERE role IN ('guru', 'admin') AND is_active = 1`,
  )
  return z.object({ guru: z.number(), admin: z.number() }).parse(row)
}

const queueRow = z.object({ count: z.number() })
const QUEUES = {
  face_cases: "SELECT count(*) AS count FROM face_cases WHERE state = 'open'",
  devices: "SELECT count(*) AS count FROM devices WHERE status = 'pending'",
  accounts: "SELECT count(*) AS count FROM users WHERE approval = 'pending'",
} as const

/** How much of a kind waits for an admin. */
export async function countQueue(db: Db, queue: keyof typeof QUEUES): Promise<number> {
  return queueRow.parse((await db.read(QUEUES[queue]))[0]).count
}

/** Open requests for izin, and attendances since `since` (YYYY-MM-DD) that are to be looked at, of a reader's students. */
export async function countOpenWork(db: Db, scope: Scope, since: string): Promise<{ izin: number; review: number }> {
  const kelas = scope.kind === 'kelas' ? JSON.stringify(scope.kelas) : null
  const students = kelas === null ? '' : 'AND u.kelas IN (SELECT value FROM json_each(:kelas))'
  const args = kelas === null ? {} : { kelas }
  const [izin] = await db.read(
    `SELECT count(*) AS count FROM izin_requests i CROSS JOIN users u ON u.id = i.user_id
      WHERE i.state = 'open' AND u.role = 'user' ${students}`,
    args,
  )
  const [review] = await db.read(
    `SELECT count(*) AS count FROM absensi a CROSS JOIN users u ON u.id = a.user_id
      WHERE a.grade = 'review' AND a.date >= :since AND u.role = 'user' ${students}`,
    { since, ...args },
  )
  return { izin: queueRow.parse(izin).count, review: queueRow.parse(review).count }
}

import { z } from 'zod'
import { statusSchema } from '../../../shared/contract/absensi.ts'
import type { Db } from '../../db/open.ts'
import { APPROVED_KIND } from '../../izin/store.ts'
import type { Scope } from '../../users/scope.ts'
import { studentsOf } from '../students/store.ts'

/** A session on a day, read for a scope; one class of it where `kelas` says so. */
export interface DayFilter {
  readonly date: string
  readonly session: string
  readonly kelas?: string | undefined
  /** Without a record, only who came to the school before this instant (ms) is told (`SessionDay.missedBefore`). */
  readonly missedBefore: number
}

/** Whoever is recorded, also if she has left the school since, and whoever is missed. */
const EXPECTED = '(a.status IS NOT NULL OR (u.is_active = 1 AND u.created_at < :missedBefore))'

/** What is recorded, or what the close will record of who is excused; null for neither. */
const STATUS = `coalesce(a.status, ${APPROVED_KIND})`

const dayRow = z.object({
  kelas: z.string(),
  status: statusSchema.nullable(),
  is_recorded: z.number().transform((value) => value === 1),
  count: z.number(),
})
export type DayRow = z.output<typeof dayRow>

/**
 * The students of a day by class ('' for none) and status: null for nothing. Who is excused counts as that before it is
 * recorded. Classes in order.
 */
export async function readDay(
  db: Db,
  scope: Scope,
  { date, session, kelas, missedBefore }: DayFilter,
): Promise<DayRow[]> {
  const students = studentsOf(scope, kelas)
  const rows = await db.read(
    `SELECT coalesce(u.kelas, '') AS kelas, ${STATUS} AS status, a.status IS NOT NULL AS is_recorded,
        count(*) FILTER (WHERE ${EXPECTED}) AS count
      FROM users u
      LEFT JOIN absensi a INDEXED BY absensi_by_day
        ON a.date = :date AND a.session_id = :session AND a.user_id = u.id
      WHERE (u.is_active = 1 OR a.status IS NOT NULL) AND ${students.sql}
      GROUP BY 1, 2, 3 ORDER BY 1`,
    { date, session, missedBefore, ...students.args },
  )
  return rows.map((row) => dayRow.parse(row))
}

const personRow = z
  .object({
    user_id: z.string(),
    nim: z.string(),
    name: z.string(),
    kelas: z.string().nullable(),
    status: statusSchema.nullable(),
    timestamp: z.number().nullable(),
    late_minutes: z.number().nullable(),
  })
  .transform(({ late_minutes, ...row }) => ({ ...row, lateMinutes: late_minutes ?? 0 }))
/** A person's day; `status` and `timestamp` (ms) are null where nothing is recorded. */
export type PersonRow = z.output<typeof personRow>

const LISTS = {
  late: "a.status = 'terlambat'",
  away: `${STATUS} IN ('izin', 'sakit', 'alfa')`,
  missing: `${STATUS} IS NULL`,
} as const
export type DayList = keyof typeof LISTS

/**
 * The first `limit` students of some of the lists, class by class, by name. Those of the classes `notMeeting` are
 * never missing.
 */
export async function listPeople(
  db: Db,
  scope: Scope,
  { date, session, kelas, missedBefore }: DayFilter,
  lists: readonly [DayList, ...DayList[]],
  { notMeeting, limit }: { notMeeting: readonly string[]; limit: number },
): Promise<PersonRow[]> {
  const students = studentsOf(scope, kelas)
  const rows = await db.read(
    `SELECT u.id AS user_id, u.nim, u.name, u.kelas, ${STATUS} AS status, a.timestamp, a.late_minutes
      FROM users u
      LEFT JOIN absensi a INDEXED BY absensi_by_day
        ON a.date = :date AND a.session_id = :session AND a.user_id = u.id
      WHERE ${students.sql} AND ${EXPECTED}
        AND (${lists.map((list) => LISTS[list]).join(' OR ')})
        AND (a.status IS NOT NULL OR coalesce(u.kelas, '') NOT IN (SELECT value FROM json_each(:notMeeting)))
      ORDER BY coalesce(u.kelas, ''), u.name, u.id LIMIT :limit`,
    {
      date,
      session,
      missedBefore,
      limit,
      notMeeting: JSON.stringify(notMeeting),
      ...students.args,
    },
  )
  return rows.map((row) => personRow.parse(row))
}

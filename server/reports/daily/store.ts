import { z } from 'zod'
import { type Status, statusSchema } from '../../../shared/contract/absensi.ts'
import type { Db } from '../../db/open.ts'
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

const EXPECTED = '(a.status IS NOT NULL OR u.created_at < :missedBefore)'

const dayRow = z.object({ kelas: z.string(), status: statusSchema.nullable(), count: z.number() })

/** Active students by class ('' for none) and by what is recorded of them: null for nothing. Classes in order. */
export async function readDay(
  db: Db,
  scope: Scope,
  { date, session, kelas, missedBefore }: DayFilter,
): Promise<{ kelas: string; status: Status | null; count: number }[]> {
  const students = studentsOf(scope, kelas)
  const rows = await db.read(
    `SELECT coalesce(u.kelas, '') AS kelas, a.status, count(*) FILTER (WHERE ${EXPECTED}) AS count
      FROM users u
      LEFT JOIN absensi a INDEXED BY absensi_by_day
        ON a.date = :date AND a.session_id = :session AND a.user_id = u.id
      WHERE u.is_active = 1 AND ${students.sql}
      GROUP BY 1, 2 ORDER BY 1`,
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
  away: "a.status IN ('izin', 'sakit', 'alfa')",
  missing: 'a.status IS NULL',
} as const
export type DayList = keyof typeof LISTS

/**
 * The first `limit` active students of some of the lists, class by class, by name. Those of the classes `notMeeting` are
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
    `SELECT u.id AS user_id, u.nim, u.name, u.kelas, a.status, a.timestamp, a.late_minutes FROM users u
      LEFT JOIN absensi a INDEXED BY absensi_by_day
        ON a.date = :date AND a.session_id = :session AND a.user_id = u.id
      WHERE u.is_active = 1 AND ${students.sql} AND ${EXPECTED}
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

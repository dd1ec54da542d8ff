import { z } from 'zod'
import { gradeSchema, statusSchema } from '../../../shared/contract/absensi.ts'
import type { Db } from '../../db/open.ts'
import type { Scope } from '../../users/scope.ts'
import { type CountFilter, countsInScope } from '../counts/store.ts'
import { studentsAfter, studentsOf } from '../students/store.ts'

export interface ExportFilter extends CountFilter {
  readonly status?: string | undefined
  readonly grade?: string | undefined
  readonly user?: string | undefined
}

const meetingRow = z.object({ date: z.string(), session_id: z.string() })
/** A session on a day on which somebody was recorded. */
export interface Meeting {
  readonly date: string
  readonly session: string
}

/** The sessions and days an export has rows of, in order. */
export async function listExportedMeetings(
  db: Db,
  scope: Scope,
  { from, until, kelas, session, status }: ExportFilter,
): Promise<Meeting[]> {
  const within = countsInScope(scope)
  const given = { kelas, session, status }
  const conditions = { kelas: 'c.kelas = :kelas', session: 'c.session_id = :session', status: 'c.status = :status' }
  const { sql, args } = joinGiven(given, conditions)
  const ofAll = scope.kind === 'all' && kelas === undefined
  const rows = await db.read(
    `SELECT DISTINCT c.date, c.session_id FROM ${ofAll ? 'absensi_totals' : 'absensi_counts'} c
      WHERE c.date BETWEEN :from AND :until AND c.count > 0 AND ${within.sql} ${sql} ORDER BY c.date, c.session_id`,
    { from, until, ...within.args, ...args },
  )
  return rows.map((row) => meetingRow.parse(row)).map(({ date, session_id }) => ({ date, session: session_id }))
}

const exportedRow = z
  .object({
    id: z.string(),
    nim: z.string(),
    name: z.string(),
    kelas: z.string().nullable(),
    status: statusSchema,
    timestamp: z.number(),
    late_minutes: z.number(),
    method: z.string(),
    grade: gradeSchema,
    confidence: z.number(),
  })
  .transform(({ id, late_minutes, ...row }) => ({ ...row, userId: id, lateMinutes: late_minutes }))
/** One attendance as it is exported; `timestamp` in ms, `confidence` 0..1. */
export type ExportedRow = z.output<typeof exportedRow>

/** A page of a session's day: students class by class, by name, those after one of them. */
export async function listExported(
  db: Db,
  scope: Scope,
  { date, session }: Meeting,
  { kelas, user, status, grade }: ExportFilter,
  { after, limit }: { readonly after: ExportedRow | undefined; readonly limit: number },
): Promise<ExportedRow[]> {
  const students = studentsOf(scope, kelas)
  const rest = studentsAfter(after && { ...after, id: after.userId })
  const given = { user, status, grade }
  const conditions = {
    user: 'u.id = :user',
    status: 'a.status = :status',
    grade: 'a.grade = :grade',
  }
  const { sql, args } = joinGiven(given, conditions)
  const rows = await db.read(
    `SELECT u.id, u.nim, u.name, u.kelas, a.status, a.timestamp, a.late_minutes, a.method, a.grade, a.confidence
      FROM users u CROSS JOIN absensi a INDEXED BY absensi_by_day
        ON a.date = :date AND a.session_id = :session AND a.user_id = u.id
      WHERE ${students.sql} ${sql}
        AND ${rest.sql}
      ORDER BY coalesce(u.kelas, ''), u.name, u.id LIMIT :limit`,
    {
      date,
      session,
      limit,
      ...students.args,
      ...args,
      ...rest.args,
    },
  )
  return rows.map((row) => exportedRow.parse(row))
}

/** The conditions of those filters that are set, and their arguments. */
function joinGiven<Name extends string>(
  given: Readonly<Record<Name, string | undefined>>,
  conditions: Readonly<Record<Name, string>>,
): { sql: string; args: Record<string, string> } {
  const args = Object.fromEntries(
    Object.entries<string | undefined>(given).filter((one): one is [string, string] => one[1] !== undefined),
  )
  const sql = Object.keys(args)
    .map((name) => `AND ${conditions[name as Name]}`)
    .join(' ')
  return { sql, args }
}

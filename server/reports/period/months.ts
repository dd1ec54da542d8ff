import { z } from 'zod'
import type { Status } from '../../../shared/contract/absensi.ts'
import type { Db } from '../../db/open.ts'
import type { Scope } from '../../users/scope.ts'
import type { CountFilter } from '../counts/store.ts'
import { studentsOf } from '../students/store.ts'

/** What a student's period holds. */
export interface Marks {
  readonly counts: Record<Status, number>
  /** How often running she was `alfa` in one session, of the days something is recorded of her: her class may be free. */
  absences: number
}

const noMarks = (): Marks => ({ counts: { hadir: 0, terlambat: 0, izin: 0, sakit: 0, alfa: 0 }, absences: 0 })

const MONTH = 'YYYY-MM'.length
const DAYS = 31

/** The letters of `absensi_months.days`, as its triggers write them. */
const STATUS_OF: Readonly<Record<string, Status>> = {
  H: 'hadir',
  T: 'terlambat',
  I: 'izin',
  S: 'sakit',
  A: 'alfa',
}

/**
 * Adds one line up: the month, a letter for each of 31 days, the session's id.
 * @param runs how often running she was `alfa` before, by session; kept up
 */
function addMonth(marks: Marks, runs: Map<string, number>, line: string, from: string, until: string): void {
  const month = line.slice(0, MONTH)
  const session = line.slice(MONTH + DAYS)
  let run = runs.get(session) ?? 0
  const first = from.startsWith(month) ? Number(from.slice(MONTH + 1)) : 1
  const last = until.startsWith(month) ? Number(until.slice(MONTH + 1)) : DAYS
  for (let day = first; day <= last; day++) {
    const status = STATUS_OF[line.charAt(MONTH + day - 1)]
    if (status === undefined) continue
    marks.counts[status]++
    run = status === 'alfa' ? run + 1 : 0
    marks.absences = Math.max(marks.absences, run)
  }
  runs.set(session, run)
}

const monthsRow = z.object({ user_id: z.string(), months: z.string().nullable() })

/** The attendances of some students in a period, added up; every student has an entry. */
export async function readMarks(
  db: Db,
  ids: readonly string[],
  { from, until, session }: Omit<CountFilter, 'kelas'>,
): Promise<ReadonlyMap<string, Marks>> {
  const rows = await db.read(
    `SELECT j.value AS user_id, (SELECT group_concat(m.month || m.days || m.session_id, char(10)) FROM absensi_months m
        WHERE m.user_id = j.value AND m.month BETWEEN :first AND :last
          ${session === undefined ? '' : 'AND m.session_id = :session'}) AS months
      FROM json_each(:ids) j`,
    {
      ids: JSON.stringify(ids),
      first: from.slice(0, MONTH),
      last: until.slice(0, MONTH),
      ...(session === undefined ? {} : { session }),
    },
  )
  return new Map(
    rows.map((row) => {
      const { user_id, months } = monthsRow.parse(row)
      const marks = noMarks()
      const runs = new Map<string, number>()
      // A line begins with its month.
      for (const line of months?.split('\n').sort() ?? []) addMonth(marks, runs, line, from, until)
      return [user_id, marks]
    }),
  )
}

const talliedRow = z
  .object({ id: z.string(), all_came: z.number(), all_total: z.number() })
  .transform(({ id, all_came, all_total }) => ({ id, came: all_came, total: all_total }))
/** How often a student came, on time or late, of what was recorded. */
export type Tallied = z.output<typeof talliedRow>

/**
 * The active students of a scope of whom there is something to tell, in the order of lists: those who came to less than
 * `below` per cent and those who were `alfa` `absences` times or more. A month that lies within the period is asked by its
 * sums; one that is cut by its days. The sums have names of their own: `HAVING` takes a column before an alias of the same name.
 */
export async function tallyStudents(
  db: Db,
  scope: Scope,
  { from, until, kelas, session }: CountFilter,
  { below, absences }: { readonly below: number; readonly absences: number },
): Promise<Tallied[]> {
  const students = studentsOf(scope, kelas)
  const days = `substr(m.days, iif(m.month = :first, :firstDay, 1),
    iif(m.month = :last, :lastDay, ${DAYS}) - iif(m.month = :first, :firstDay, 1) + 1)`
  const sum = (name: string, ofDays: string) =>
    `sum(CASE WHEN m.month > :cut AND m.month < :last THEN m.${name} ELSE ${ofDays} END) AS all_${name}`
  const rows = await db.read(
    `SELECT u.id, ${sum('came', `length(${days}) - length(replace(replace(${days}, 'H', ''), 'T', ''))`)},
        ${sum('total', `length(replace(${days}, '.', ''))`)},
        ${sum('alfa', `length(${days}) - length(replace(${days}, 'A', ''))`)}
      FROM users u CROSS JOIN absensi_months m ON m.user_id = u.id
      WHERE u.is_active = 1 AND ${students.sql} AND m.month BETWEEN :first AND :last
        ${session === undefined ? '' : 'AND m.session_id = :session'}
      GROUP BY coalesce(u.kelas, ''), u.name, u.id
      HAVING all_alfa >= :absences OR all_came * 1000.0 < (:below * 10 + 1) * all_total`,
    {
      first: from.slice(0, MONTH),
      last: until.slice(0, MONTH),
      // A month that is asked for from its first day on is not cut by it.
      cut: from.endsWith('-01') ? '' : from.slice(0, MONTH),
      firstDay: Number(from.slice(MONTH + 1)),
      lastDay: Number(until.slice(MONTH + 1)),
      below,
      absences,
      ...students.args,
      ...(session === undefined ? {} : { session }),
    },
  )
  return rows.map((row) => talliedRow.parse(row))
}

import { z } from 'zod'
import type { Status } from '../../../shared/contract/absensi.ts'
import type { Db } from '../../db/open.ts'
import type { Scope } from '../../users/scope.ts'
import type { CountFilter } from '../counts/store.ts'
import { studentsOf } from '../students/store.ts'

/** What a student's period holds; `missed` are the meetings she was `alfa`. */
export interface Marks {
  readonly counts: Record<Status, number>
  readonly missed: { readonly date: string; readonly session: string }[]
}

const noMarks = (): Marks => ({ counts: { hadir: 0, terlambat: 0, izin: 0, sakit: 0, alfa: 0 }, missed: [] })

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

/** Adds one line up: the month, a letter for each of 31 days, the session's id. */
function addMonth(marks: Marks, line: string, from: string, until: string): void {
  const month = line.slice(0, MONTH)
  const first = from.startsWith(month) ? Number(from.slice(MONTH + 1)) : 1
  const last = until.startsWith(month) ? Number(until.slice(MONTH + 1)) : DAYS
  for (let day = first; day <= last; day++) {
    const status = STATUS_OF[line.charAt(MONTH + day - 1)]
    if (status === undefined) continue
    marks.counts[status]++
    if (status === 'alfa')
      marks.missed.push({ date: `${month}-${String(day).padStart(2, '0')}`, session: line.slice(MONTH + DAYS) })
  }
}

const monthsRow = z.object({ user_id: z.string(), months: z.string().nullable() })

/**
 * The attendances of some students in a period, added up; every student has an entry.
 * @param missedOnly leaves out the months in which she missed nothing: `missed` is whole, `counts` are not
 */
export async function readMarks(
  db: Db,
  ids: readonly string[],
  { from, until, session }: Omit<CountFilter, 'kelas'>,
  missedOnly = false,
): Promise<ReadonlyMap<string, Marks>> {
  const rows = await db.read(
    `SELECT j.value AS user_id, (SELECT group_concat(m.month || m.days || m.session_id, char(10)) FROM absensi_months m
        WHERE m.user_id = j.value AND m.month BETWEEN :first AND :last
          ${session === undefined ? '' : 'AND m.session_id = :session'} ${missedOnly ? 'AND m.alfa > 0' : ''}) AS months
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
      for (const line of months?.split('\n') ?? []) addMonth(marks, line, from, until)
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

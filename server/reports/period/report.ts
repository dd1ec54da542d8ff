import {
  ABSENCES_TOLD,
  percentOf,
  type Summary,
  summarize,
  summarizeCounts,
} from '../../../shared/attendance/summary.ts'
import type { ReportRow } from '../../../shared/contract/reports.ts'
import type { Db } from '../../db/open.ts'
import { listSessions } from '../../timetable/store.ts'
import type { Scope } from '../../users/scope.ts'
import { type CountFilter, type CountRow, readCounts } from '../counts/store.ts'
import { type Marks, readMarks, type Tallied, tallyStudents } from './months.ts'
import { countListed, listByIds, listStudents, readLateMinutes, type Student } from './store.ts'

/** What a report is over. */
export interface ReportFilter extends CountFilter {
  /** Per cent: whoever came to less is flagged. */
  readonly below: number
  readonly flaggedOnly: boolean
}

/** Students looked at in one go; the event loop gets a turn in between. */
const AT_ONCE = 500

const isBelow = ({ percentage }: Pick<Summary, 'percentage'>, below: number) =>
  percentage !== null && percentage < below

const hasThreeAbsences = (marks: Marks | undefined) => marks !== undefined && marks.absences >= ABSENCES_TOLD

/** What a report says of some students: counts, share, flags. */
async function describeStudents(db: Db, students: readonly Student[], filter: ReportFilter): Promise<ReportRow[]> {
  const ids = students.map(({ id }) => id)
  const marks = await readMarks(db, ids, filter)
  const late = await readLateMinutes(db, ids, filter)
  return students.map((student) => {
    const own = marks.get(student.id)
    const summary = summarizeCounts(own?.counts ?? {})
    return {
      ...student,
      ...summary,
      late_minutes: late.get(student.id) ?? 0,
      is_below: isBelow(summary, filter.below),
      three_absences: hasThreeAbsences(own),
    }
  })
}

/** The ids of those who have a flag, in the order of lists. Days are looked at of those only whose sums leave it open. */
async function findFlagged(db: Db, scope: Scope, filter: ReportFilter): Promise<string[]> {
  const tallied = await tallyStudents(db, scope, filter, { below: filter.below, absences: ABSENCES_TOLD })
  const isLow = ({ came, total }: Tallied) => isBelow({ percentage: percentOf(came, total) }, filter.below)
  const open = tallied.filter((one) => !isLow(one)).map(({ id }) => id)
  const marks = await readMarks(db, open, filter)
  return tallied.filter((one) => isLow(one) || hasThreeAbsences(marks.get(one.id))).map(({ id }) => id)
}

/** Every student's row, in pages; with `flaggedOnly` those that have a flag. */
export async function* walkStudents(db: Db, scope: Scope, filter: ReportFilter): AsyncGenerator<ReportRow[]> {
  const flagged = filter.flaggedOnly ? await findFlagged(db, scope, filter) : null
  let after: Student | undefined
  for (let start = 0; ; start += AT_ONCE) {
    const students =
      flagged === null
        ? await listStudents(db, scope, { kelas: filter.kelas, limit: AT_ONCE, after })
        : await listByIds(db, flagged.slice(start, start + AT_ONCE))
    if (students.length === 0) return
    yield await describeStudents(db, students, filter)
    after = students.at(-1)
    await new Promise((resolve) => setImmediate(resolve))
  }
}

/** One page of the report by student. */
export async function readStudentPage(
  db: Db,
  scope: Scope,
  filter: ReportFilter,
  { limit, offset }: { readonly limit: number; readonly offset: number },
): Promise<{ total: number; data: ReportRow[] }> {
  const flagged = filter.flaggedOnly ? await findFlagged(db, scope, filter) : null
  const students =
    flagged === null
      ? await listStudents(db, scope, { kelas: filter.kelas, limit, offset })
      : await listByIds(db, flagged.slice(offset, offset + limit))
  return {
    total: flagged === null ? await countListed(db, scope, filter.kelas) : flagged.length,
    data: await describeStudents(db, students, filter),
  }
}

/** The report by class or by session, all rows; classes and sessions that have attendances. */
export async function readGroups(
  db: Db,
  scope: Scope,
  by: 'kelas' | 'session',
  filter: ReportFilter,
): Promise<ReportRow[]> {
  const counts = await readCounts(db, scope, by, filter)
  const names = new Map(
    by === 'session' ? (await listSessions(db, { all: true })).map(({ id, name }) => [id, name] as const) : [],
  )
  const groups = new Map<string, CountRow[]>()
  for (const row of counts) {
    const group = groups.get(row.key)
    if (group === undefined) groups.set(row.key, [row])
    else group.push(row)
  }
  const rows = [...groups].map(([key, group]): ReportRow => {
    const summary = summarize(group)
    return {
      id: key,
      name: names.get(key) ?? key,
      nim: null,
      kelas: by === 'kelas' && key !== '' ? key : null,
      ...summary,
      late_minutes: group.reduce((sum, { lateMinutes }) => sum + lateMinutes, 0),
      is_below: isBelow(summary, filter.below),
      three_absences: false,
    }
  })
  return filter.flaggedOnly ? rows.filter((row) => row.is_below) : rows
}

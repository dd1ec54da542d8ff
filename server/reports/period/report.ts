import { hasThreeAbsences, type Summary, summarize } from '../../../shared/attendance/summary.ts'
import type { ReportRow } from '../../../shared/contract/reports.ts'
import type { Db } from '../../db/open.ts'
import { listSessions } from '../../timetable/store.ts'
import type { Scope } from '../../users/scope.ts'
import { type CountFilter, type CountRow, readCounts } from '../counts/store.ts'
import { countListed, listMeetings, listStudents, readMarks, type Student } from './store.ts'

/** What a report is over. */
export interface ReportFilter extends CountFilter {
  /** Per cent: whoever came to less is flagged. */
  readonly below: number
  readonly flaggedOnly: boolean
}

/** Students looked at in one go; the event loop gets a turn in between. */
const AT_ONCE = 500

const isBelow = ({ percentage }: Summary, below: number) => percentage !== null && percentage < below

/** What a report says of some students: counts, share, flags. */
async function describeStudents(
  db: Db,
  students: readonly Student[],
  filter: ReportFilter,
  meetings: ReadonlyMap<string, readonly string[]>,
): Promise<ReportRow[]> {
  const marks = await readMarks(db, students, filter)
  return students.map((student) => {
    const own = marks.get(student.id)
    const counts = Object.entries(own?.counts ?? {}) as [CountRow['status'], number][]
    const summary = summarize(counts.map(([status, count]) => ({ status, count })))
    return {
      ...student,
      ...summary,
      late_minutes: own?.lateMinutes ?? 0,
      is_below: isBelow(summary, filter.below),
      three_absences: hasThreeAbsences(own?.missed ?? [], meetings),
    }
  })
}

/** Every student's row, in pages; with `flaggedOnly` those that have a flag. */
export async function* walkStudents(db: Db, scope: Scope, filter: ReportFilter): AsyncGenerator<ReportRow[]> {
  const meetings = await listMeetings(db, scope, filter)
  let after: Student | undefined
  for (;;) {
    const students = await listStudents(db, scope, { kelas: filter.kelas, limit: AT_ONCE, after })
    if (students.length === 0) return
    const rows = await describeStudents(db, students, filter, meetings)
    yield filter.flaggedOnly ? rows.filter((row) => row.is_below || row.three_absences) : rows
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
  if (filter.flaggedOnly) {
    const flagged: ReportRow[] = []
    for await (const rows of walkStudents(db, scope, filter)) flagged.push(...rows)
    return { total: flagged.length, data: flagged.slice(offset, offset + limit) }
  }
  const students = await listStudents(db, scope, { kelas: filter.kelas, limit, offset })
  const meetings = await listMeetings(db, scope, filter)
  return {
    total: await countListed(db, scope, filter.kelas),
    data: await describeStudents(db, students, filter, meetings),
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
  for (const row of counts) groups.set(row.key, [...(groups.get(row.key) ?? []), row])
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

import { type DaySummary, sumDays, summarizeDay } from '../../../shared/attendance/summary.ts'
import { createTimeOfDay } from '../../../shared/attendance/time-of-day.ts'
import type { PersonDay } from '../../../shared/contract/reports.ts'
import type { Deps } from '../../deps.ts'
import type { Scope } from '../../users/scope.ts'
import { findSessionDay, type SessionDay } from './session-day.ts'
import { type DayFilter, listPeople, type PersonRow, readDay } from './store.ts'

/** A class's day; null for students without a class. */
export type ClassDay = DaySummary & { readonly kelas: string | null }

const dayFilter = ({ date, id, missedBefore }: SessionDay, kelas?: string): DayFilter => ({
  date,
  session: id,
  missedBefore,
  kelas,
})

/** The day of a session by class, within a scope. */
export async function readClassDays(
  deps: Deps,
  scope: Scope,
  session: SessionDay,
  kelas?: string,
): Promise<readonly ClassDay[]> {
  const rows = await readDay(deps.db, scope, dayFilter(session, kelas))
  const names = [...new Set(rows.map((row) => row.kelas))]
  const byClass = new Map(names.map((name) => [name, [] as typeof rows]))
  for (const row of rows) byClass.get(row.kelas)?.push(row)
  return [...byClass].map(([name, group]) => ({
    kelas: name === '' ? null : name,
    ...summarizeDay(group, { meets: session.meetsFor(name), closed: session.state === 'closed' }),
  }))
}

/** What a reply says of a session's day. */
export const describeSessionDay = ({ id, name, state, meets, holiday }: SessionDay) => ({
  id,
  name,
  state,
  meets,
  holiday,
})

/** The daily report: counts, classes, and the first `limit` people of each list. */
export async function readDailyReport(
  deps: Deps,
  scope: Scope,
  query: {
    readonly date: string
    readonly session?: string | undefined
    readonly kelas?: string | undefined
    readonly limit: number
  },
) {
  const session = await findSessionDay(deps, { ...query, scope })
  const classes = await readClassDays(deps, scope, session, query.kelas)
  const filter = dayFilter(session, query.kelas)
  const names = classes.map(({ kelas }) => kelas ?? '')
  const options = { notMeeting: names.filter((name) => !session.meetsFor(name)), limit: query.limit }
  const timeOf = createTimeOfDay(deps.config.timeZone)
  const describe = (rows: readonly PersonRow[]): PersonDay[] =>
    rows.map(({ timestamp, lateMinutes, ...row }) => ({
      ...row,
      time: timestamp !== null && row.status === 'terlambat' ? timeOf(timestamp) : null,
      late_minutes: lateMinutes,
    }))
  const closed = session.state === 'closed'
  const list = async (...lists: Parameters<typeof listPeople>[3]) =>
    describe(await listPeople(deps.db, scope, filter, lists, options))
  const absent = closed ? await list('away', 'missing') : await list('away')
  return {
    date: session.date,
    session: describeSessionDay(session),
    ...sumDays(classes),
    kelas: [...classes],
    late: await list('late'),
    absent: absent.map((one) => ({ ...one, status: one.status ?? 'alfa' })),
    not_yet: closed ? [] : await list('missing'),
  }
}

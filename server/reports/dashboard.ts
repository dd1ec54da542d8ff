import { sumDays, summarize, summarizeBy } from '../../shared/attendance/summary.ts'
import { addDays, readWallClock } from '../../shared/attendance/zone.ts'
import type { Deps } from '../deps.ts'
import { todayOf } from '../timetable/day.ts'
import type { Scope } from '../users/scope.ts'
import { type CountRow, countOpenWork, countQueue, countStaff, countStudents, readCounts } from './counts/store.ts'
import { describeSessionDay, readClassDays } from './daily/report.ts'
import { findSessionDay } from './daily/session-day.ts'

/** Days the trend goes back, today among them. */
const TREND_DAYS = 14

/** Days after which an attendance that nobody looked at is no work of today. */
const REVIEW_DAYS = 30

/** Days the school's statistics are over. */
const STATISTICS_DAYS = 30

/** Today at a glance, within a scope. */
export async function readDashboard(deps: Deps, scope: Scope) {
  const { db, config, now } = deps
  const date = todayOf(deps)
  const session = await findSessionDay(deps, { date, scope })
  const ofSchool = scope.kind === 'all'
  const trend = { from: addDays(date, 1 - TREND_DAYS), until: date, session: session.id }
  return {
    as_of: readWallClock(now(), config.timeZone).iso,
    date,
    session: describeSessionDay(session),
    students: await countStudents(db, scope),
    today: sumDays(await readClassDays(deps, scope, session)),
    trend: summarizeDays(await readCounts(db, scope, 'date', trend)),
    queues: {
      ...(await countOpenWork(db, scope, addDays(date, 1 - REVIEW_DAYS))),
      face_cases: ofSchool ? await countQueue(db, 'face_cases') : null,
      devices: ofSchool ? await countQueue(db, 'devices') : null,
      accounts: ofSchool ? await countQueue(db, 'accounts') : null,
    },
  }
}

/** The last thirty days by day and by class, within a scope. */
export async function readSchoolStatistics(deps: Deps, scope: Scope) {
  const { db, config, now } = deps
  const until = todayOf(deps)
  const filter = { from: addDays(until, 1 - STATISTICS_DAYS), until }
  const byClass = await readCounts(db, scope, 'kelas', filter)
  return {
    as_of: readWallClock(now(), config.timeZone).iso,
    ...filter,
    ...summarize(byClass),
    students: await countStudents(db, scope),
    staff: scope.kind === 'all' ? await countStaff(db) : null,
    per_day: summarizeDays(await readCounts(db, scope, 'date', filter)),
    per_kelas: [...summarizeBy(byClass, ({ key }) => key)].map(([key, summary]) => ({
      kelas: key === '' ? null : key,
      ...summary,
    })),
  }
}

/** Counts by day, each day summed up. */
export const summarizeDays = (rows: readonly CountRow[]) =>
  [...summarizeBy(rows, ({ key }) => key)].map(([date, summary]) => ({ date, ...summary }))

import { locateDay, type SchoolDay } from '../../shared/attendance/timetable.ts'
import { readWallClock } from '../../shared/attendance/zone.ts'
import type { Config } from '../config.ts'
import type { Db } from '../db/open.ts'
import type { Deps } from '../deps.ts'
import { listHolidays, listSessions, type Session } from './store.ts'

/** The school's calendar day now, YYYY-MM-DD. */
export function todayOf({ now, config }: Pick<Deps, 'now' | 'config'>): string {
  return readWallClock(now(), config.timeZone).date
}

/**
 * The day of a class (null: somebody without a class) at an instant (ms): its sessions, each with its state, and those in which
 * somebody is recorded that day.
 */
export async function readDay(
  { db, config }: { readonly db: Db; readonly config: Config },
  kelas: string | null,
  instant: number,
  recorded: ReadonlySet<string> = new Set(),
): Promise<SchoolDay<Session>> {
  const { date } = readWallClock(instant, config.timeZone)
  const [sessions, holidays] = await Promise.all([listSessions(db), listHolidays(db, { from: date, until: date })])
  return locateDay(instant, config.timeZone, { sessions, holidays, kelas, recorded })
}

import { type HolidayRule, holidayOn } from '../../shared/attendance/timetable.ts'
import { addDays, daysBetween, instantOnWall, readWallClock } from '../../shared/attendance/zone.ts'
import { isConflict } from '../db/write.ts'
import type { Deps } from '../deps.ts'
import { findFirstStudent, insertClosing, listClosings } from '../marking/store.ts'
import { listHolidays, listSessions, type Session } from '../timetable/store.ts'
import { type Ended, listEnded } from './ended.ts'

/** Days back that are still closed when the server was down. */
const DAYS_BACK = 14

/**
 * Closes every session that has ended by an instant (ms), today and on the 14 days before, once: students without a record
 * become alfa, or izin and sakit where that was approved. Each session and day is one batch; of two servers that come at
 * once one does it. A day that is free makes no alfa, and stays free.
 * @returns how many sessions were closed now
 */
export async function closeSessions(
  deps: Pick<Deps, 'db' | 'audit' | 'config'>,
  instant: number,
): Promise<{ closed: number }> {
  const { db, audit, config } = deps
  const today = readWallClock(instant, config.timeZone).date
  const dates = daysBetween(addDays(today, -DAYS_BACK), today)
  const [from = today] = dates
  const [sessions, holidays] = await Promise.all([listSessions(db), listHolidays(db, { from, until: today })])
  const done = await listClosings(
    db,
    sessions.map(({ id }) => id),
    from,
  )
  const firstStudent = await findFirstStudent(db)
  if (firstStudent === null) return { closed: 0 }
  const closedBefore = new Set(done.map(({ sessionId, date }) => `${date} ${sessionId}`))
  let closed = 0
  for (const ended of listEnded({ sessions, dates, zone: config.timeZone }, instant)) {
    const { session, date, endedAt } = ended
    const known = knownBefore(ended, config.timeZone)
    if (known <= firstStudent || closedBefore.has(`${date} ${session.id}`)) continue
    const closing = {
      sessionId: session.id,
      date,
      endedAt,
      knownBefore: known,
      kelas: session.kelas,
      free: freeClasses(holidays, date),
    }
    try {
      await audit.write(insertClosing(closing, instant), {
        userId: null,
        action: 'close_session',
        entityType: 'session',
        entityId: session.id,
        details: { date },
      })
      closed++
    } catch (error) {
      // Another server was first.
      if (!isConflict(error)) throw error
    }
  }
  return { closed }
}

/**
 * Whom a close that is still to come will ask for, of a session's day that is over.
 * @returns the instant (ms) she must have come to the school before; 0 when the day was closed, or never will be
 */
export async function findMissedBefore(
  { db, config, now }: Pick<Deps, 'db' | 'config' | 'now'>,
  session: Session,
  date: string,
): Promise<number> {
  const zone = config.timeZone
  const [ended] = listEnded({ sessions: [session], dates: [date], zone }, now())
  const isDue = session.is_active && date >= addDays(readWallClock(now(), zone).date, -DAYS_BACK)
  if (ended === undefined || !isDue) return 0
  const done = await listClosings(db, [session.id], date)
  return done.some((one) => one.date === date) ? 0 : knownBefore(ended, zone)
}

/** Whoever was not at the school before a session counted as late is not missed in it. */
export function knownBefore({ session, date }: Ended, zone: string): number {
  return instantOnWall(date, session.late_after, zone)
}

/** The classes that have a holiday on a day; null: everybody has. */
function freeClasses(holidays: readonly HolidayRule[], date: string): string[] | null {
  const onDay = holidays.filter((one) => holidayOn([{ ...one, kelas: null }], date, null) !== null)
  return onDay.some(({ kelas }) => kelas === null) ? null : onDay.flatMap(({ kelas }) => kelas ?? [])
}

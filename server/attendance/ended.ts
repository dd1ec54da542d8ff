import { concerns, type HolidayRule, holidayOn, runsOn } from '../../shared/attendance/timetable.ts'
import { endOfMinute } from '../../shared/attendance/zone.ts'
import type { Session } from '../timetable/store.ts'

/** A session on a day that is over. Times in ms. */
export interface Ended {
  readonly session: Session
  readonly date: string
  readonly endedAt: number
}

/** Whether a check-in no longer counts: from the minute after `closes` on (after the second one, where the hour repeats). */
export function hasEnded(session: Session, date: string, zone: string, instant: number): boolean {
  return instant >= endOfMinute(date, session.closes, zone)
}

/**
 * The sessions of some days that have ended by an instant (ms), oldest first, holidays not looked at. A session does not
 * count on days that were over before its rules were last changed.
 */
export function listEnded(
  { sessions, dates, zone }: { sessions: readonly Session[]; dates: readonly string[]; zone: string },
  instant: number,
): Ended[] {
  const ended: Ended[] = []
  for (const date of dates) {
    for (const session of sessions) {
      if (!runsOn(session, date)) continue
      const endedAt = endOfMinute(date, session.closes, zone)
      if (endedAt > instant || endedAt <= session.updatedAt) continue
      ended.push({ session, date, endedAt })
    }
  }
  return ended
}

/** Those of them that a class had, holidays aside. */
export function endedFor(ended: readonly Ended[], holidays: readonly HolidayRule[], kelas: string | null): Ended[] {
  return ended.filter(
    ({ session, date }) => concerns(session.kelas, kelas) && holidayOn(holidays, date, kelas) === null,
  )
}

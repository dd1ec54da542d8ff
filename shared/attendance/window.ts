import { z } from 'zod'
import { readWallClock } from './zone.ts'

const clockTime = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/)

/**
 * The hours of a session, as a clock on the school's wall shows them (HH:MM). Each named minute counts in full: at
 * 07:15:59 a session with `late_after` 07:15 is still on time, and one with `closes` 23:59 is open all day.
 */
export const sessionHoursSchema = z
  .object({
    opens: clockTime.default('00:00'),
    late_after: clockTime.default('07:15'),
    closes: clockTime.default('23:59'),
  })
  .refine((hours) => hours.opens <= hours.late_after && hours.late_after <= hours.closes, {
    message: 'opens, late_after and closes must follow each other within one day',
  })
export type SessionHours = z.infer<typeof sessionHoursSchema>

export type SessionState = 'before' | 'open' | 'late' | 'closed'

/** Where an instant lies in a session. */
export interface SessionMoment {
  readonly state: SessionState
  /** The school's calendar day, YYYY-MM-DD. */
  readonly date: string
  /** Minutes on the wall after `late_after`; 0 unless the state is `late`. */
  readonly lateMinutes: number
  /** The instant with the school's offset (ISO 8601). */
  readonly iso: string
}

function minuteOf(time: string): number {
  return Number(time.slice(0, 2)) * 60 + Number(time.slice(3))
}

/**
 * Says whether a session is before, open, late or closed at an instant, by the school's wall clock.
 * @param instant milliseconds since 1970-01-01T00:00Z
 * @param zone IANA name, e.g. Asia/Jakarta
 * @throws RangeError for an unknown zone
 */
export function locateInSession(instant: number, zone: string, hours: SessionHours): SessionMoment {
  const { date, minute, iso } = readWallClock(instant, zone)
  const lateMinutes = minute - minuteOf(hours.late_after)
  const moment = (state: SessionState) => ({ state, date, iso, lateMinutes: state === 'late' ? lateMinutes : 0 })
  if (minute < minuteOf(hours.opens)) return moment('before')
  if (minute > minuteOf(hours.closes)) return moment('closed')
  return moment(lateMinutes > 0 ? 'late' : 'open')
}

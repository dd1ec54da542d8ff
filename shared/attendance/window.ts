import { z } from 'zod'
import { readWallClock } from './zone.ts'

/** A time of day on the school's wall, HH:MM. */
export const clockTimeSchema = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/)

/**
 * The hours of a session, as a clock on the school's wall shows them (HH:MM). Each named minute counts in full: at
 * 07:15:59 a session with `late_after` 07:15 is still on time, and one with `closes` 23:59 is open all day. Whoever comes
 * within `grace_minutes` after `late_after` is not late; whoever comes later is late from `late_after` on.
 */
export const sessionHoursSchema = z
  .object({
    opens: clockTimeSchema.default('00:00'),
    late_after: clockTimeSchema.default('07:15'),
    closes: clockTimeSchema.default('23:59'),
    grace_minutes: z.number().int().min(0).max(720).default(0),
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

/** Minutes since 00:00 of a time of day (HH:MM). */
export function minuteOf(time: string): number {
  return Number(time.slice(0, 2)) * 60 + Number(time.slice(3))
}

/** The state of a session at a minute of the day on the wall (0..1439), and the minutes of being late then. */
export function stateAt(minute: number, hours: SessionHours): { state: SessionState; lateMinutes: number } {
  if (minute < minuteOf(hours.opens)) return { state: 'before', lateMinutes: 0 }
  if (minute > minuteOf(hours.closes)) return { state: 'closed', lateMinutes: 0 }
  const lateMinutes = minute - minuteOf(hours.late_after)
  return lateMinutes > hours.grace_minutes ? { state: 'late', lateMinutes } : { state: 'open', lateMinutes: 0 }
}

/**
 * Says whether a session is before, open, late or closed at an instant, by the school's wall clock.
 * @param instant milliseconds since 1970-01-01T00:00Z
 * @param zone IANA name, e.g. Asia/Jakarta
 * @throws RangeError for an unknown zone
 */
export function locateInSession(instant: number, zone: string, hours: SessionHours): SessionMoment {
  const { date, minute, iso } = readWallClock(instant, zone)
  return { date, iso, ...stateAt(minute, hours) }
}

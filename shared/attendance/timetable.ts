import { isPresent } from './present.ts'
import { minuteOf, type SessionHours, type SessionState, stateAt } from './window.ts'
import { isoWeekday, readWallClock } from './zone.ts'

/** A session of the timetable, as its rules need it. Dates YYYY-MM-DD, times HH:MM on the school's wall. */
export interface SessionRule extends SessionHours {
  readonly id: string
  readonly name: string
  /** The classes it is for; null: every class. */
  readonly kelas: readonly string[] | null
  /** ISO weekdays, 1 Monday .. 7 Sunday. */
  readonly days: readonly number[]
  /** When whoever is present may check out; null: nobody checks out. */
  readonly leaving_opens: string | null
  readonly leaving_closes: string | null
  readonly valid_from: string | null
  readonly valid_until: string | null
}

export interface HolidayRule {
  readonly name: string
  readonly from_date: string
  readonly until_date: string
  readonly kelas: readonly string[] | null
}

/** A session on one day, at an instant of it. */
export interface SessionOfDay<S extends SessionRule = SessionRule> {
  readonly session: S
  readonly state: SessionState | 'holiday'
  /** Minutes after `late_after`; 0 unless late. */
  readonly lateMinutes: number
  /** Whether whoever is present may check out now. */
  readonly leaving: boolean
  /** It is not of her class that day by the timetable of now, but something is recorded of her in it. */
  readonly former: boolean
}

/** A day of one class. */
export interface SchoolDay<S extends SessionRule = SessionRule> {
  readonly date: string
  readonly iso: string
  /** The holiday's name, null on a school day. */
  readonly holiday: string | null
  /** In order of their opening. */
  readonly sessions: readonly SessionOfDay<S>[]
}

/** Whether a list of classes (null: all) holds a class. Whoever has no class is in lists of all only. */
export function concerns(list: readonly string[] | null, kelas: string | null): boolean {
  return list === null || (kelas !== null && list.includes(kelas))
}

/** Whether the timetable has a session on a day, holidays aside. */
export function runsOn(session: SessionRule, date: string): boolean {
  return (
    session.days.includes(isoWeekday(date)) &&
    (session.valid_from === null || session.valid_from <= date) &&
    (session.valid_until === null || date <= session.valid_until)
  )
}

/** The holiday a class has on a day, or null. */
export function holidayOn(holidays: readonly HolidayRule[], date: string, kelas: string | null): HolidayRule | null {
  return holidays.find((one) => one.from_date <= date && date <= one.until_date && concerns(one.kelas, kelas)) ?? null
}

/**
 * The day of a class at an instant, by the school's wall clock: its sessions with their states.
 * @param instant milliseconds since 1970-01-01T00:00Z
 * @param timetable `recorded`: ids of sessions in which somebody is recorded that day; they are hers whatever her class is now
 * @throws RangeError for an unknown zone
 */
export function locateDay<S extends SessionRule>(
  instant: number,
  zone: string,
  timetable: {
    readonly sessions: readonly S[]
    readonly holidays: readonly HolidayRule[]
    readonly kelas: string | null
    readonly recorded?: ReadonlySet<string>
  },
): SchoolDay<S> {
  const { date, minute, iso } = readWallClock(instant, zone)
  const holiday = holidayOn(timetable.holidays, date, timetable.kelas)
  const isHers = (session: S) => concerns(session.kelas, timetable.kelas) && runsOn(session, date)
  const sessions = timetable.sessions
    .filter((session) => isHers(session) || timetable.recorded?.has(session.id))
    .sort((a, b) => (a.opens + a.closes + a.id < b.opens + b.closes + b.id ? -1 : 1))
    .map((session) => {
      const former = !isHers(session)
      return holiday === null
        ? { session, ...stateAt(minute, session), leaving: isLeaving(session, minute), former }
        : { session, state: 'holiday' as const, lateMinutes: 0, leaving: false, former }
    })
  return { date, iso, holiday: holiday?.name ?? null, sessions }
}

function isLeaving({ leaving_opens, leaving_closes }: SessionRule, minute: number): boolean {
  if (leaving_opens === null || leaving_closes === null) return false
  return minuteOf(leaving_opens) <= minute && minute <= minuteOf(leaving_closes)
}

/** What is recorded of a person in a session of the day. */
export interface Presence {
  readonly status: string
  /** The moment that counts, ms. */
  readonly timestamp: number
  readonly leftAt: number | null
}

/** Why nothing counts now. Times HH:MM. */
export type WhyClosed =
  | { readonly kind: 'holiday'; readonly name: string }
  | { readonly kind: 'before'; readonly opens: string }
  | { readonly kind: 'over'; readonly since: string }
  | { readonly kind: 'no_session' }

/** What a check-in now is: for which session, or nothing. */
export type Counts<S extends SessionRule = SessionRule> =
  | { readonly kind: 'arrive' | 'leave' | 'repeat'; readonly one: SessionOfDay<S> }
  | { readonly kind: 'closed'; readonly why: WhyClosed }

/** Nobody leaves in the minutes after she came: the same check-in sent twice is a repeat. */
export const STAY_MS = 5 * 60_000

/**
 * The one session a check-in counts for: of the open ones she has no record in, the one that opened last, but before it one of
 * a former class; else the one she may check out of; else it repeats what is recorded. Rows by session.
 */
export function chooseSession<S extends SessionRule>(
  day: SchoolDay<S>,
  rows: ReadonlyMap<string, Presence>,
  instant: number,
): Counts<S> {
  const lastFirst = [...day.sessions].reverse()
  const open = lastFirst.filter(({ state }) => state === 'open' || state === 'late')
  const unrecorded = open.filter(({ session }) => !rows.has(session.id))
  const arrived = unrecorded.find(({ former }) => former) ?? unrecorded[0]
  if (arrived !== undefined) return { kind: 'arrive', one: arrived }

  const leaving = lastFirst.filter(({ session, leaving }) => leaving && isPresent(rows.get(session.id)?.status))
  const mayLeave = leaving.find(({ session }) => {
    const row = rows.get(session.id)
    return row !== undefined && row.leftAt === null && instant - row.timestamp >= STAY_MS
  })
  if (mayLeave !== undefined) return { kind: 'leave', one: mayLeave }

  const [again] = [...open, ...leaving]
  return again === undefined ? { kind: 'closed', why: whyClosed(day) } : { kind: 'repeat', one: again }
}

/** Why no session of a day is open: a holiday, the next one has not begun, the last one is over, or there is none. */
export function whyClosed(day: SchoolDay): WhyClosed {
  if (day.holiday !== null) return { kind: 'holiday', name: day.holiday }
  const next = day.sessions.find(({ state }) => state === 'before')
  if (next !== undefined) return { kind: 'before', opens: next.session.opens }
  const closes = day.sessions.map(({ session }) => session.closes).sort()
  const since = closes.at(-1)
  return since === undefined ? { kind: 'no_session' } : { kind: 'over', since }
}

/** Of a day's sessions, in order of their opening: the open one that opened last, else the next one, else the last one. */
export function pickMain<T extends Pick<SessionOfDay, 'state'>>(sessions: readonly T[]): T | undefined {
  const open = sessions.findLast(({ state }) => state === 'open' || state === 'late')
  return open ?? sessions.find(({ state }) => state === 'before') ?? sessions.at(-1)
}

/** The session a page shows as today's. */
export function mainSession<S extends SessionRule>(day: SchoolDay<S>): SessionOfDay<S> | null {
  return pickMain(day.sessions) ?? null
}

import { concerns, holidayOn, pickMain, runsOn } from '../../../shared/attendance/timetable.ts'
import { type SessionState, stateAt } from '../../../shared/attendance/window.ts'
import { readWallClock } from '../../../shared/attendance/zone.ts'
import { findMissedBefore } from '../../attendance/close.ts'
import type { Deps } from '../../deps.ts'
import { refuse } from '../../http/problem.ts'
import { listHolidays, listSessions, type Session } from '../../timetable/store.ts'
import type { Scope } from '../../users/scope.ts'

/** A session on one day: where the present moment lies in it, and which classes it takes place for. */
export interface SessionDay {
  readonly id: string
  readonly name: string
  readonly date: string
  readonly state: SessionState
  /** Whether it takes place at all. */
  readonly meets: boolean
  /** The holiday of everybody that day. */
  readonly holiday: string | null
  /**
   * Whoever came to the school before this instant (ms) is missed while nothing is recorded of her. 0 once the session was
   * closed down, which wrote alfa for all it asked for, and where that will never be done.
   */
  readonly missedBefore: number
  /** Whether it takes place for a class ('' for those without one). */
  meetsFor(kelas: string): boolean
}

/**
 * Finds a session on a day. Without a name: of those that meet that day for the reader's classes, today the one that may be
 * attended, else the next, else the last; on another day the first. Where none meets, the first there is. Refuses with
 * not_found when there is none of that name.
 */
export async function findSessionDay(
  deps: Deps,
  wanted: { readonly date: string; readonly session?: string | undefined; readonly scope?: Scope },
): Promise<SessionDay> {
  const { db, config, now } = deps
  const { date } = wanted
  const [sessions, holidays] = await Promise.all([
    listSessions(db, { all: true }),
    listHolidays(db, { from: date, until: date }),
  ])
  const holiday = holidayOn(holidays, date, null)
  const takesPlace = (session: Session) => session.is_active && holiday === null && runsOn(session, date)
  const present = readWallClock(now(), config.timeZone)
  const session =
    wanted.session === undefined
      ? (pickMeeting(sessions.filter(takesPlace), wanted.scope, date === present.date ? present.minute : null) ??
        sessions.find((one) => one.is_active) ??
        sessions[0])
      : sessions.find(({ id }) => id === wanted.session)
  if (session === undefined) return refuse('not_found')
  const meets = takesPlace(session)
  const { state } =
    date === present.date
      ? stateAt(present.minute, session)
      : { state: date < present.date ? ('closed' as const) : ('before' as const) }
  return {
    id: session.id,
    name: session.name,
    date,
    state,
    meets,
    holiday: holiday?.name ?? null,
    missedBefore: state === 'closed' ? await findMissedBefore(deps, session, date) : Number.MAX_SAFE_INTEGER,
    meetsFor: (kelas) => meets && concerns(session.kelas, kelas) && holidayOn(holidays, date, kelas) === null,
  }
}

/** @param minute of today (0..1439); null for another day */
function pickMeeting(
  meeting: readonly Session[],
  scope: Scope | undefined,
  minute: number | null,
): Session | undefined {
  const isOurs = ({ kelas }: Session) =>
    scope?.kind !== 'kelas' || kelas === null || scope.kelas.some((one) => concerns(kelas, one))
  const ours = meeting.filter(isOurs)
  if (minute === null) return ours[0] ?? meeting[0]
  const states = ours.map((session) => ({ session, state: stateAt(minute, session).state }))
  return pickMain(states)?.session ?? meeting[0]
}

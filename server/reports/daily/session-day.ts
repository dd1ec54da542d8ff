import { weekdayOf } from '../../../shared/attendance/summary.ts'
import { type SessionState, stateAt } from '../../../shared/attendance/window.ts'
import { readWallClock } from '../../../shared/attendance/zone.ts'
import type { Deps } from '../../deps.ts'
import { refuse } from '../../http/problem.ts'
import { type HolidayRow, listHolidaysOn, listSessions, type SessionRow } from './store.ts'

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
  /** Whether it takes place for a class ('' for those without one). */
  meetsFor(kelas: string): boolean
}

/**
 * Finds a session on a day. Without a name: the first that meets that day, or else the first there is.
 * Refuses with not_found when there is none of that name.
 */
export async function findSessionDay(
  { db, config, now }: Deps,
  wanted: { readonly date: string; readonly session?: string | undefined },
): Promise<SessionDay> {
  const sessions = await listSessions(db)
  const holidays = await listHolidaysOn(db, wanted.date)
  const session =
    wanted.session === undefined
      ? (sessions.find((one) => takesPlace(one, wanted.date, holidays)) ?? sessions[0])
      : sessions.find(({ id }) => id === wanted.session)
  if (session === undefined) return refuse('not_found')
  const present = readWallClock(now(), config.timeZone)
  const meets = takesPlace(session, wanted.date, holidays)
  return {
    id: session.id,
    name: session.name,
    date: wanted.date,
    state:
      wanted.date === present.date
        ? stateAt(present.minute, session).state
        : wanted.date < present.date
          ? 'closed'
          : 'before',
    meets,
    holiday: holidays.find(({ kelas }) => kelas === null)?.name ?? null,
    meetsFor: (kelas) =>
      meets &&
      (session.kelas === null || session.kelas.includes(kelas)) &&
      !holidays.some((holiday) => holiday.kelas?.includes(kelas)),
  }
}

function takesPlace(session: SessionRow, date: string, holidays: readonly HolidayRow[]): boolean {
  return (
    session.is_active === 1 &&
    session.days.includes(weekdayOf(date)) &&
    (session.valid_from === null || session.valid_from <= date) &&
    (session.valid_until === null || date <= session.valid_until) &&
    !holidays.some(({ kelas }) => kelas === null)
  )
}

import { holidayOn, locateDay } from '../../shared/attendance/timetable.ts'
import { readWallClock } from '../../shared/attendance/zone.ts'
import { locate } from '../attendance/session.ts'
import type { Deps } from '../deps.ts'
import { listHolidays, listSessions } from '../timetable/store.ts'
import type { Scope } from '../users/scope.ts'
import { scopeOfKiosk } from './scope.ts'
import type { Kiosk } from './store.ts'

type Reader = Pick<Deps, 'db' | 'config'>

/** Sessions that take somebody in (or out) at an instant, ms, and the day's holidays. */
async function readOpen({ db, config }: Reader, instant: number) {
  const { date } = readWallClock(instant, config.timeZone)
  const [sessions, holidays] = await Promise.all([listSessions(db), listHolidays(db, { from: date, until: date })])
  // Whoever they are for: classes and their holidays are looked at apart.
  const everybody = sessions.map((session) => ({ ...session, kelas: null, named: session.kelas }))
  const day = locateDay(instant, config.timeZone, { sessions: everybody, holidays: [], kelas: null })
  const open = day.sessions.filter(({ state, leaving }) => state === 'open' || state === 'late' || leaving)
  return { date, holidays, open: open.map(({ session }) => session) }
}

/**
 * Among whom a kiosk looks at an instant (ms): where every session that is open then names its classes, those of them the
 * kiosk stands for; else all it stands for.
 */
export async function scopeAt(deps: Reader, kiosk: Kiosk, instant: number): Promise<Scope> {
  const all = scopeOfKiosk(kiosk)
  const { date, holidays, open } = await readOpen(deps, instant)
  if (open.some(({ named }) => named === null)) return all
  const kelas = [...new Set(open.flatMap(({ named }) => named ?? []))].filter(
    (one) => (kiosk.kelas === null || kiosk.kelas.includes(one)) && holidayOn(holidays, date, one) === null,
  )
  return kelas.length === 0 ? all : { kind: 'kelas', kelas }
}

/** Why nothing was recorded of somebody at an instant (ms), as a kiosk shows it. */
export async function whyShut(
  deps: Reader,
  person: { readonly id: string; readonly kelas: string | null },
  instant: number,
): Promise<'holiday' | 'not_your_session' | 'closed'> {
  const { counts } = await locate(deps, person, instant)
  if (counts.kind === 'closed' && counts.why.kind === 'holiday') return 'holiday'
  return (await readOpen(deps, instant)).open.length > 0 ? 'not_your_session' : 'closed'
}

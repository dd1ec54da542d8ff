import type { z } from 'zod'
import { concerns, holidayOn, runsOn } from '../../../shared/attendance/timetable.ts'
import { addDays, daysBetween } from '../../../shared/attendance/zone.ts'
import type { kioskDaySchema } from '../../../shared/contract/kiosk-offline.ts'
import type { Deps } from '../../deps.ts'
import { todayOf } from '../../timetable/day.ts'
import { listHolidays, listSessions } from '../../timetable/store.ts'
import type { Kiosk } from '../store.ts'

/** Days a kiosk's screen knows of, today among them. */
const DAYS = 7

/**
 * Today and the six days after it as a kiosk's classes have them: the sessions of at least one of its classes that has no
 * holiday. `holiday` is there when all its classes have one.
 */
export async function listKioskDays(
  deps: Pick<Deps, 'db' | 'config' | 'now'>,
  { kelas }: Kiosk,
): Promise<z.input<typeof kioskDaySchema>[]> {
  const from = todayOf(deps)
  const until = addDays(from, DAYS - 1)
  const [sessions, holidays] = await Promise.all([listSessions(deps.db), listHolidays(deps.db, { from, until })])
  // Without a class: what is for every class, and nothing else.
  const classes = kelas ?? [null]
  return daysBetween(from, until).map((date) => {
    const holiday = holidayOn(holidays, date, classes[0] ?? null)
    const free = (one: string | null) => holidayOn(holidays, date, one) !== null
    const open = classes.filter((one) => !free(one))
    return {
      date,
      holiday: open.length === 0 ? (holiday?.name ?? null) : null,
      sessions: sessions
        .filter(
          (session) => runsOn(session, date) && open.some((one) => kelas === null || concerns(session.kelas, one)),
        )
        .map((session) => ({
          id: session.id,
          name: session.name,
          kelas: session.kelas === null ? null : [...session.kelas],
          opens: session.opens,
          late_after: session.late_after,
          closes: session.closes,
          leaving_opens: session.leaving_opens,
          leaving_closes: session.leaving_closes,
        })),
    }
  })
}

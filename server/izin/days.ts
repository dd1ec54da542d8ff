import { addDays, daysBetween } from '../../shared/attendance/zone.ts'
import { IZIN_DAYS } from '../../shared/contract/izin.ts'
import type { Deps } from '../deps.ts'
import { refuse } from '../http/problem.ts'
import { todayOf } from '../timetable/day.ts'

/** Days a request may reach back (a doctor's note comes late), and ahead. */
const DAYS_BACK = 14
const DAYS_AHEAD = 180

/** Refuses, as bad_request, days off that begin too long ago, end too far ahead, or are too many for one request. */
export function requireDays(
  deps: Pick<Deps, 'config' | 'now'>,
  days: { readonly from_date: string; readonly until_date: string },
): void {
  const today = todayOf(deps)
  if (days.from_date < addDays(today, -DAYS_BACK)) refuse('bad_request', { fields: [tooFar('from_date')] })
  if (days.until_date > addDays(today, DAYS_AHEAD)) refuse('bad_request', { fields: [tooFar('until_date')] })
  if (daysBetween(days.from_date, days.until_date).length > IZIN_DAYS)
    refuse('bad_request', { fields: [tooFar('until_date')] })
}

const tooFar = (path: string) => ({ path, message: 'out of range' })

import { percentOf, type Summary } from '../../../../shared/attendance/summary.ts'
import { addDays, isoWeekday } from '../../../../shared/attendance/zone.ts'

export type DayCounts = Summary & { readonly date: string }

/** More bars than this stand too close to be told apart. */
const MOST_DAYS = 45

/** Days as they are, or their weeks (named by their Monday) where there are more than can be told apart. */
export function groupDays(days: readonly DayCounts[]): {
  readonly by: 'day' | 'week'
  readonly rows: readonly DayCounts[]
} {
  if (days.length <= MOST_DAYS) return { by: 'day', rows: days }
  const weeks = new Map<string, DayCounts>()
  for (const day of days) {
    const monday = addDays(day.date, 1 - isoWeekday(day.date))
    const before = weeks.get(monday)
    weeks.set(monday, before === undefined ? { ...day, date: monday } : add(before, day))
  }
  return { by: 'week', rows: [...weeks.values()] }
}

function add(one: DayCounts, other: DayCounts): DayCounts {
  const sum = (name: 'hadir' | 'terlambat' | 'izin' | 'sakit' | 'alfa' | 'total') => one[name] + other[name]
  const [hadir, terlambat, total] = [sum('hadir'), sum('terlambat'), sum('total')]
  const percentage = percentOf(hadir + terlambat, total)
  return {
    date: one.date,
    hadir,
    terlambat,
    izin: sum('izin'),
    sakit: sum('sakit'),
    alfa: sum('alfa'),
    total,
    percentage,
  }
}

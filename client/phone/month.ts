/** Months and days as texts: `YYYY-MM` and `YYYY-MM-DD`, by the calendar alone; no zone plays a part. */

const dayOf = (month: string, day: number) => `${month}-${String(day).padStart(2, '0')}`

/** The month so many months later (or earlier, below 0). */
export function addMonths(month: string, count: number): string {
  const date = new Date(`${month}-01T00:00:00Z`)
  date.setUTCMonth(date.getUTCMonth() + count)
  return date.toISOString().slice(0, 7)
}

/** The first and the last day of a month. */
export function boundsOf(month: string): { readonly from: string; readonly until: string } {
  const last = new Date(`${addMonths(month, 1)}-01T00:00:00Z`)
  last.setUTCDate(0)
  return { from: dayOf(month, 1), until: last.toISOString().slice(0, 10) }
}

/** The weeks of a month, Monday first; null where a week's day is of another month. */
export function weeksOf(month: string): readonly (readonly (string | null)[])[] {
  const before = (new Date(`${month}-01T00:00:00Z`).getUTCDay() + 6) % 7
  const days = Number(boundsOf(month).until.slice(8))
  const weeks = Math.ceil((before + days) / 7)
  return Array.from({ length: weeks }, (_, week) =>
    Array.from({ length: 7 }, (_, weekday) => {
      const day = week * 7 + weekday - before + 1
      return day < 1 || day > days ? null : dayOf(month, day)
    }),
  )
}

/** The day so many days later (or earlier, below 0). */
export function shiftDay(day: string, count: number): string {
  const date = new Date(`${day}T00:00:00Z`)
  date.setUTCDate(date.getUTCDate() + count)
  return date.toISOString().slice(0, 10)
}

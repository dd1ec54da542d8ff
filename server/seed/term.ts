/** A holiday of the made-up calendar; both days among it. */
export interface SeedHoliday {
  readonly from: string
  readonly until: string
  readonly name: string
}

/** National holidays of Indonesia with a fixed date (Keppres 24/2016, SKB of three ministers). MM-DD. */
const FIXED: Readonly<Record<string, string>> = {
  '01-01': 'Tahun Baru Masehi',
  '05-01': 'Hari Buruh Internasional',
  '06-01': 'Hari Lahir Pancasila',
  '08-17': 'Hari Kemerdekaan Republik Indonesia',
  '12-25': 'Hari Raya Natal',
}

const DAY_MS = 86_400_000

/**
 * A term that ends on a day: `count` school days, Mondays to Fridays, oldest first, around its holidays and a break of
 * three days in its middle.
 * @param lastDate YYYY-MM-DD
 */
export function planTerm(
  lastDate: string,
  count: number,
): { readonly days: readonly string[]; readonly holidays: readonly SeedHoliday[] } {
  const days: string[] = []
  const holidays: SeedHoliday[] = []
  let brokenUp = count < 20
  for (let at = Date.parse(`${lastDate}T00:00:00Z`); days.length < count; at -= DAY_MS) {
    const date = new Date(at).toISOString().slice(0, 10)
    const weekday = new Date(at).getUTCDay()
    const fixed = FIXED[date.slice(5)]
    if (fixed !== undefined) holidays.push({ from: date, until: date, name: fixed })
    else if (!brokenUp && weekday === 5 && days.length >= count / 2) {
      brokenUp = true
      const from = new Date(at - 2 * DAY_MS).toISOString().slice(0, 10)
      holidays.push({ from, until: date, name: 'Libur tengah semester' })
      at -= 2 * DAY_MS
    } else if (weekday >= 1 && weekday <= 5) days.push(date)
  }
  return { days: days.reverse(), holidays: holidays.reverse() }
}

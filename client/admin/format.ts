import { dayOf, localeOf } from '../core/clock.ts'
import type { Language } from '../core/language.ts'

export { formatDays, formatMoment, setSchoolZone } from '../core/clock.ts'

/** A whole number in the language's own notation. */
export const formatCount = (value: number, language: Language): string => value.toLocaleString(localeOf(language))

/** A number with two decimals, so that those of a column stand below each other. */
export const formatDecimal = (value: number, language: Language): string =>
  (Math.round(value * 100) / 100 || 0).toLocaleString(localeOf(language), { minimumFractionDigits: 2 })

/** "2,5 MB" (id) or "2.5 MB" (en) of a size in bytes, in steps of a thousand. */
export function formatBytes(bytes: number, language: Language): string {
  const step = bytes < 1_000 ? 0 : bytes < 1_000_000 ? 1 : bytes < 1_000_000_000 ? 2 : 3
  const value = (bytes / 1_000 ** step).toLocaleString(localeOf(language), { maximumFractionDigits: 1 })
  return `${value}\u00a0${['B', 'kB', 'MB', 'GB'][step]}`
}

/** "87,5%" (id) or "87.5%" (en) of 0..100; a dash for none. */
export const formatPercent = (value: number | null, language: Language): string =>
  value === null ? '–' : `${value.toLocaleString(localeOf(language), { maximumFractionDigits: 1 })}%`

/** "2 Nov 2026" of a day (YYYY-MM-DD, or a time's). */
export function formatDate(day: string, language: Language): string {
  const date = new Date(`${dayOf(day)}T00:00:00Z`)
  if (Number.isNaN(date.getTime())) return '–'
  return new Intl.DateTimeFormat(localeOf(language), {
    day: 'numeric',
    month: 'short',
    year: 'numeric',
    timeZone: 'UTC',
  }).format(date)
}

/** "2 Nov" of a day (YYYY-MM-DD), where the year is plain from what stands around it. */
export function formatShortDay(day: string, language: Language): string {
  const date = new Date(`${day}T00:00:00Z`)
  return new Intl.DateTimeFormat(localeOf(language), { day: 'numeric', month: 'short', timeZone: 'UTC' }).format(date)
}

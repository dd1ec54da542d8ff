import type { Language } from '../core/language.ts'

/** IANA name of the school's zone; this computer's until the server has told it. */
let schoolZone: string | undefined

/** From here on times are told as the school's clocks show them. A zone this browser does not know changes nothing. */
export function setSchoolZone(timeZone: string): void {
  try {
    new Intl.DateTimeFormat('id-ID', { timeZone })
    schoolZone = timeZone
  } catch {
    schoolZone = undefined
  }
}

const locale = (language: Language) => (language === 'id' ? 'id-ID' : 'en-GB')

/** A whole number in the language's own notation. */
export const formatCount = (value: number, language: Language): string => value.toLocaleString(locale(language))

/** A number with two decimals at most. */
export const formatDecimal = (value: number, language: Language): string =>
  (Math.round(value * 100) / 100 || 0).toLocaleString(locale(language), { maximumFractionDigits: 2 })

/** "2,5 MB" (id) or "2.5 MB" (en) of a size in bytes, in steps of a thousand. */
export function formatBytes(bytes: number, language: Language): string {
  const step = bytes < 1_000 ? 0 : bytes < 1_000_000 ? 1 : bytes < 1_000_000_000 ? 2 : 3
  const value = (bytes / 1_000 ** step).toLocaleString(locale(language), { maximumFractionDigits: 1 })
  return `${value} ${['B', 'kB', 'MB', 'GB'][step]}`
}

/** "87,5%" (id) or "87.5%" (en) of 0..100; a dash for none. */
export const formatPercent = (value: number | null, language: Language): string =>
  value === null ? '–' : `${value.toLocaleString(locale(language), { maximumFractionDigits: 1 })}%`

/** "2 Nov 2026" of a day (YYYY-MM-DD, or a time's). */
export function formatDate(day: string, language: Language): string {
  const date = new Date(`${day.slice(0, 10)}T00:00:00Z`)
  if (Number.isNaN(date.getTime())) return '–'
  return new Intl.DateTimeFormat(locale(language), {
    day: 'numeric',
    month: 'short',
    year: 'numeric',
    timeZone: 'UTC',
  }).format(date)
}

/** "2 Nov 2026", or "2 Nov 2026 – 4 Nov 2026" of days that are not one. */
export const formatDays = (from: string, until: string, language: Language): string =>
  from.slice(0, 10) === until.slice(0, 10)
    ? formatDate(from, language)
    : `${formatDate(from, language)} – ${formatDate(until, language)}`

/** "2 Nov 2026, 07.12" of an instant, on the school's clocks; a dash for none. A time with an offset is told as it is written. */
export function formatMoment(iso: string | null, language: Language): string {
  if (iso === null) return '–'
  const onWall = /[+-]\d\d:\d\d$/.test(iso)
  const date = new Date(onWall ? `${iso.slice(0, -6)}Z` : iso)
  if (Number.isNaN(date.getTime())) return '–'
  const timeZone = onWall ? 'UTC' : schoolZone
  return new Intl.DateTimeFormat(locale(language), { dateStyle: 'medium', timeStyle: 'short', timeZone }).format(date)
}

/** "2 Nov" of a day (YYYY-MM-DD), where the year is plain from what stands around it. */
export function formatShortDay(day: string, language: Language): string {
  const date = new Date(`${day}T00:00:00Z`)
  return new Intl.DateTimeFormat(locale(language), { day: 'numeric', month: 'short', timeZone: 'UTC' }).format(date)
}

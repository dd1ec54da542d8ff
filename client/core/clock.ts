import type { Language } from './language.ts'

/** Hours and minutes as written in the time itself: the school's clock, whatever zone the phone is in. */
const ISO = /^(\d{4})-(\d{2})-(\d{2})T(\d{2}):(\d{2})/

/** "06.58" (id) or "06:58" (en) of an ISO 8601 time with offset; "" when it is none. */
export function formatClock(iso: string, language: Language): string {
  const parts = ISO.exec(iso)
  return parts ? `${parts[4]}${language === 'id' ? '.' : ':'}${parts[5]}` : ''
}

const localeOf = (language: Language) => (language === 'id' ? 'id-ID' : 'en-GB')

/** "Senin, 23 November 2026" (short: "Sen, 23 Nov 2026") of a day, `YYYY-MM-DD` or the day of an ISO 8601 time. */
export function formatDay(day: string, language: Language, length: 'long' | 'short' = 'long'): string {
  const date = new Date(`${day.slice(0, 10)}T00:00:00Z`)
  if (Number.isNaN(date.getTime())) return ''
  return new Intl.DateTimeFormat(localeOf(language), {
    weekday: length,
    day: 'numeric',
    month: length,
    year: 'numeric',
    timeZone: 'UTC',
  }).format(date)
}

/** "26–27 Nov 2026" of two days, `YYYY-MM-DD`; one day with its weekday when they are the same. */
export function formatDays(from: string, until: string, language: Language): string {
  if (from === until) return formatDay(from, language, 'short')
  const options = { day: 'numeric', month: 'short', year: 'numeric', timeZone: 'UTC' } as const
  return new Intl.DateTimeFormat(localeOf(language), options).formatRange(new Date(from), new Date(until))
}

/** Milliseconds since 1970 of the end of the minute a time names: a session's last minutes count in full. */
export function endOfMinute(iso: string): number {
  return Math.floor(Date.parse(iso) / 60_000) * 60_000 + 60_000
}

/** The hour (0..23) written in an ISO 8601 time with offset; for the greeting. */
export function hourOf(iso: string): number {
  return Number(ISO.exec(iso)?.[4] ?? 0)
}

/** Whole seconds in words, "2 menit 3 detik": digits with a colon would look like a time of day. */
export function formatCountdown(seconds: number, language: Language): string {
  const left = Math.max(0, Math.ceil(seconds))
  const parts = [
    ['hour', Math.floor(left / 3600)],
    ['minute', Math.floor(left / 60) % 60],
    ['second', left % 60],
  ] as const
  return parts
    .filter(([unit, n]) => n > 0 || (unit === 'second' && left === 0))
    .map(([unit, n]) => n.toLocaleString(localeOf(language), { style: 'unit', unit, unitDisplay: 'long' }))
    .join(' ')
}

/** Megabytes (10^6 bytes) with one decimal, in the language's own notation. */
export function formatMegabytes(bytes: number, language: Language): string {
  const options = { minimumFractionDigits: 1, maximumFractionDigits: 1 }
  return (bytes / 1e6).toLocaleString(localeOf(language), options)
}

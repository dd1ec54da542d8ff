import type { Language } from './language.ts'

/** Hours and minutes as written in the time itself: the school's clock, whatever zone the phone is in. */
const ISO = /^(\d{4})-(\d{2})-(\d{2})T(\d{2}):(\d{2})/

/** "06.58" (id) or "06:58" (en) of an ISO 8601 time with offset; "" when it is none. */
export function formatClock(iso: string, language: Language): string {
  const parts = ISO.exec(iso)
  return parts ? `${parts[4]}${language === 'id' ? '.' : ':'}${parts[5]}` : ''
}

/** "Senin, 23 November 2026" of a day, `YYYY-MM-DD` or the day of an ISO 8601 time. */
export function formatDay(day: string, language: Language): string {
  const date = new Date(`${day.slice(0, 10)}T00:00:00Z`)
  if (Number.isNaN(date.getTime())) return ''
  return new Intl.DateTimeFormat(language === 'id' ? 'id-ID' : 'en-GB', {
    weekday: 'long',
    day: 'numeric',
    month: 'long',
    year: 'numeric',
    timeZone: 'UTC',
  }).format(date)
}

/** Milliseconds since 1970 of the end of the minute a time names: a session's last minutes count in full. */
export function endOfMinute(iso: string): number {
  return Math.floor(Date.parse(iso) / 60_000) * 60_000 + 60_000
}

/** The hour (0..23) written in an ISO 8601 time with offset; for the greeting. */
export function hourOf(iso: string): number {
  return Number(ISO.exec(iso)?.[4] ?? 0)
}

/** Whole seconds as "1:02:03", or "2:03" below an hour. */
export function formatCountdown(seconds: number): string {
  const left = Math.max(0, Math.ceil(seconds))
  const two = (n: number) => String(n).padStart(2, '0')
  const [hours, minutes, rest] = [Math.floor(left / 3600), Math.floor(left / 60) % 60, left % 60]
  return hours > 0 ? `${hours}:${two(minutes)}:${two(rest)}` : `${minutes}:${two(rest)}`
}

/** Megabytes (10^6 bytes) with one decimal, in the language's own notation. */
export function formatMegabytes(bytes: number, language: Language): string {
  const options = { minimumFractionDigits: 1, maximumFractionDigits: 1 }
  return (bytes / 1e6).toLocaleString(language === 'id' ? 'id-ID' : 'en-GB', options)
}

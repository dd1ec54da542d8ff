import { readWallClock } from '../../shared/attendance/zone.ts'
import type { Language } from './language.ts'

/** Hours and minutes as written in the time itself: the school's clock, whatever zone the phone is in. */
const ISO = /^(\d{4})-(\d{2})-(\d{2})T(\d{2}):(\d{2})/

/** "06.58" (id) or "06:58" (en) of an ISO 8601 time with offset; "" when it is none. */
export function formatClock(iso: string, language: Language): string {
  const parts = ISO.exec(iso)
  return parts ? formatTime(`${parts[4]}:${parts[5]}`, language) : ''
}

/** How a language writes numbers and days; English as in Britain, day before month as in Indonesia. */
export const localeOf = (language: Language): string => (language === 'id' ? 'id-ID' : 'en-GB')

/** IANA name of the school's zone; this device's until the server has told it. */
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

/** The day it is at the school, YYYY-MM-DD: where a calendar or a form begins. What counts is the server's. */
export const schoolDay = (): string => readWallClock(Date.now(), zoneHere()).date

const zoneHere = (): string => schoolZone ?? Intl.DateTimeFormat().resolvedOptions().timeZone

/**
 * The day of a time, YYYY-MM-DD: as it is written where an offset is (or it is a day alone), else (UTC, `Z`) the one it is
 * then at the school, which begins hours before UTC's.
 */
export function dayOf(time: string): string {
  const instant = time.endsWith('Z') ? Date.parse(time) : Number.NaN
  return Number.isNaN(instant) ? time.slice(0, 10) : readWallClock(instant, zoneHere()).date
}

/** "2 Nov 2026, 07.12" of an instant, on the school's clocks; a dash for none. A time with an offset is told as it is written. */
export function formatMoment(iso: string | null, language: Language): string {
  if (iso === null) return '–'
  const onWall = /[+-]\d\d:\d\d$/.test(iso)
  const date = new Date(onWall ? `${iso.slice(0, -6)}Z` : iso)
  if (Number.isNaN(date.getTime())) return '–'
  const timeZone = onWall ? 'UTC' : schoolZone
  const written = new Intl.DateTimeFormat(localeOf(language), { dateStyle: 'medium', timeStyle: 'short', timeZone })
  // A line may break between day and time only.
  return written.format(date).replaceAll(/(?<!,) /g, '\u00a0')
}

/** "07.15" (id) or "07:15" (en) of a time of the school's day, `HH:MM` with or without seconds. */
export const formatTime = (time: string, language: Language): string =>
  time.slice(0, 5).replace(':', language === 'id' ? '.' : ':')

/** "Senin, 23 November 2026" (short: "Sen, 23 Nov 2026") of a day, `YYYY-MM-DD` or the day of an ISO 8601 time. */
export function formatDay(day: string, language: Language, length: 'long' | 'short' = 'long'): string {
  const date = new Date(`${dayOf(day)}T00:00:00Z`)
  if (Number.isNaN(date.getTime())) return ''
  return new Intl.DateTimeFormat(localeOf(language), {
    weekday: length,
    day: 'numeric',
    month: length,
    year: 'numeric',
    timeZone: 'UTC',
  }).format(date)
}

/** "26–27 Nov 2026" of two days, `YYYY-MM-DD` or those of ISO 8601 times; one day with its weekday when they are the same; '' when one is none. */
export function formatDays(from: string, until: string, language: Language): string {
  const [first, last] = [dayOf(from), dayOf(until)]
  const [start, end] = [new Date(first), new Date(last)]
  if (first === last) return formatDay(first, language, 'short')
  if (Number.isNaN(start.getTime()) || Number.isNaN(end.getTime())) return ''
  const options = { day: 'numeric', month: 'short', year: 'numeric', timeZone: 'UTC' } as const
  return new Intl.DateTimeFormat(localeOf(language), options).formatRange(start, end)
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

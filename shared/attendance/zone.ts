/** What a clock on the school's wall shows at an instant. */
export interface WallClock {
  /** The calendar day, YYYY-MM-DD. */
  readonly date: string
  /** Whole minutes since the day's 00:00 on the wall, 0..1439. On a day of a clock change not the elapsed ones. */
  readonly minute: number
  /** ISO 8601 with the zone's offset at that instant, to the second, e.g. 2026-11-02T07:02:11+07:00. */
  readonly iso: string
}

/**
 * Reads the wall clock of an IANA time zone.
 * @param instant milliseconds since 1970-01-01T00:00Z
 * @throws RangeError when the zone is unknown or the instant is not a date
 */
export function readWallClock(instant: number, zone: string): WallClock {
  const parts: Partial<Record<Intl.DateTimeFormatPartTypes, string>> = {}
  for (const part of formatterOf(zone).formatToParts(instant)) parts[part.type] = part.value
  const { year = '', month = '', day = '', hour = '', minute = '', second = '', timeZoneName = '' } = parts
  const offset = timeZoneName.replace('GMT', '') || '+00:00'
  const date = `${year.padStart(4, '0')}-${month}-${day}`
  return {
    date,
    minute: Number(hour) * 60 + Number(minute),
    iso: `${date}T${hour}:${minute}:${second}${offset}`,
  }
}

let made: { readonly zone: string; readonly formatter: Intl.DateTimeFormat } | null = null

/** A school has one zone: its formatter, which takes longer to make than to use, is kept. */
function formatterOf(zone: string): Intl.DateTimeFormat {
  if (made?.zone === zone) return made.formatter
  const formatter = new Intl.DateTimeFormat('en-GB', {
    timeZone: zone,
    calendar: 'iso8601',
    numberingSystem: 'latn',
    hourCycle: 'h23',
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
    hour: '2-digit',
    minute: '2-digit',
    second: '2-digit',
    timeZoneName: 'longOffset',
  })
  made = { zone, formatter }
  return formatter
}

/**
 * The instant at which the wall of a zone shows a time on a day. A time that a clock change skips reads as the moment
 * after the change; one that comes twice, as its first.
 * @param date YYYY-MM-DD
 * @param time HH:MM
 * @returns milliseconds since 1970-01-01T00:00Z
 * @throws RangeError when the zone is unknown or the day is no date
 */
export function instantOnWall(date: string, time: string, zone: string): number {
  const { earlier, later, shows } = candidates(date, time, zone)
  return shows(earlier) ? earlier : shows(later) ? later : earlier
}

/**
 * The instant at which a minute of a day is over for good: of one that comes twice, the end of its second.
 * @throws RangeError as `instantOnWall`
 */
export function endOfMinute(date: string, time: string, zone: string): number {
  const { earlier, later, shows } = candidates(date, time, zone)
  return (shows(later) ? later : earlier) + 60_000
}

/** The instants that may show a time: by the offset before any clock change of that day, and by the one after it. */
function candidates(date: string, time: string, zone: string) {
  const asIfUtc = Date.parse(`${date}T${time}:00Z`)
  const offsetBy = (days: number) => {
    const probe = asIfUtc + days * 86_400_000
    return Date.parse(`${readWallClock(probe, zone).iso.slice(0, 19)}Z`) - probe
  }
  const shows = (instant: number) => readWallClock(instant, zone).iso.startsWith(`${date}T${time}`)
  return { earlier: asIfUtc - offsetBy(-1), later: asIfUtc - offsetBy(1), shows }
}

/** The day so many days after another, YYYY-MM-DD. */
export function addDays(date: string, days: number): string {
  return new Date(Date.parse(`${date}T00:00:00Z`) + days * 86_400_000).toISOString().slice(0, 10)
}

/** The ISO 8601 weekday of a day: 1 Monday .. 7 Sunday. */
export function isoWeekday(date: string): number {
  return new Date(`${date}T00:00:00Z`).getUTCDay() || 7
}

/** Every day from one to another, both included; none when they are the wrong way round. */
export function daysBetween(from: string, until: string): string[] {
  const days = []
  for (let date = from; date <= until; date = addDays(date, 1)) days.push(date)
  return days
}

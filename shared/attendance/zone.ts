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
  const parts: Partial<Record<Intl.DateTimeFormatPartTypes, string>> = {}
  for (const part of formatter.formatToParts(instant)) parts[part.type] = part.value
  const { year = '', month = '', day = '', hour = '', minute = '', second = '', timeZoneName = '' } = parts
  const offset = timeZoneName.replace('GMT', '') || '+00:00'
  const date = `${year.padStart(4, '0')}-${month}-${day}`
  return {
    date,
    minute: Number(hour) * 60 + Number(minute),
    iso: `${date}T${hour}:${minute}:${second}${offset}`,
  }
}

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

/**
 * The instant at which the wall of a zone shows a time on a day. A time that a clock change skips reads as the moment
 * after the change; one that comes twice, as its first.
 * @param date YYYY-MM-DD
 * @param time HH:MM
 * @returns milliseconds since 1970-01-01T00:00Z
 * @throws RangeError when the zone is unknown or the day is no date
 */
export function instantOnWall(date: string, time: string, zone: string): number {
  const asIfUtc = Date.parse(`${date}T${time}:00Z`)
  // The offset a day before lies on the earlier side of any clock change, the one a day after on the later side.
  const [earlier, later] = [-1, 1].map((days) => {
    const probe = asIfUtc + days * 86_400_000
    return asIfUtc - (Date.parse(`${readWallClock(probe, zone).iso.slice(0, 19)}Z`) - probe)
  }) as [number, number]
  const shows = (instant: number) => readWallClock(instant, zone).iso.startsWith(`${date}T${time}`)
  return shows(earlier) ? earlier : shows(later) ? later : earlier
}

import { readWallClock } from './zone.ts'

/** No zone has changed its clock at another moment than a full quarter of an hour since 1972. */
const QUARTER_MS = 900_000

/**
 * Reads the time of day, HH:MM:SS, off the wall of a zone, for many instants: the offset is looked up once a quarter hour.
 * @throws RangeError when the zone is unknown or an instant is not a date
 */
export function createTimeOfDay(zone: string): (instant: number) => string {
  const offsets = new Map<number, number>()
  return (instant) => {
    const quarter = Math.floor(instant / QUARTER_MS) * QUARTER_MS
    let offset = offsets.get(quarter)
    if (offset === undefined) {
      offset = Date.parse(`${readWallClock(quarter, zone).iso.slice(0, 19)}Z`) - quarter
      offsets.set(quarter, offset)
    }
    return new Date(instant + offset).toISOString().slice(11, 19)
  }
}

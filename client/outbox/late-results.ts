import { readWallClock } from '../../shared/attendance/zone.ts'
import type { EventResult } from '../../shared/contract/kiosk-offline.ts'
import type { ResultRow } from './kiosk-database.ts'

/** What became of a day's events. */
export interface DayResults {
  /** `YYYY-MM-DD` of the capture: the server's time where it gave one, else the kiosk's own. */
  readonly date: string
  readonly recorded: number
  readonly already: number
  /** A person has to look: review, nobody found, not readable. */
  readonly needTeacher: number
  readonly notLive: number
}

const PLACE: Readonly<Record<EventResult, Exclude<keyof DayResults, 'date'>>> = {
  hadir: 'recorded',
  terlambat: 'recorded',
  already: 'already',
  unknown: 'needTeacher',
  review: 'needTeacher',
  bad: 'needTeacher',
  not_live: 'notLive',
}

/**
 * Results by day, the newest day first: "3 of yesterday need a teacher".
 * @param timeZone the school's (IANA), from the heartbeat
 */
export function resultsByDay(rows: readonly ResultRow[], timeZone: string): DayResults[] {
  const days = new Map<string, DayResults>()
  for (const { time, wall_time, result } of rows) {
    const date = readWallClock(Date.parse(time ?? wall_time), timeZone).iso.slice(0, 10)
    const day = days.get(date) ?? { date, recorded: 0, already: 0, needTeacher: 0, notLive: 0 }
    days.set(date, { ...day, [PLACE[result]]: day[PLACE[result]] + 1 })
  }
  return [...days.values()].sort((a, b) => b.date.localeCompare(a.date))
}

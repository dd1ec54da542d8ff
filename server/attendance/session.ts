import {
  locateInSession,
  type SessionHours,
  type SessionMoment,
  sessionHoursSchema,
} from '../../shared/attendance/window.ts'
import type { Config } from '../config.ts'
import type { Db } from '../db/open.ts'
import { readSetting } from '../db/settings.ts'

/** The one session of a day, until a timetable says more. */
export const DAILY_SESSION = { id: 'harian', name: { id: 'Harian', en: 'Daily' } } as const

/** The session's hours: the setting `session`, else open all day and late after 07:15. */
export async function readSessionHours(db: Db): Promise<SessionHours> {
  return (await readSetting(db, 'session', sessionHoursSchema)) ?? sessionHoursSchema.parse({})
}

/** Where an instant (ms) lies in the school's day. */
export async function locate(deps: { db: Db; config: Config }, instant: number): Promise<SessionMoment> {
  return locateInSession(instant, deps.config.timeZone, await readSessionHours(deps.db))
}

import { readWallClock } from '../../../shared/attendance/zone.ts'
import type { KioskDay, Status } from '../kiosk.ts'

/** What the idle screen says of the school's day. Times: HH:MM. */
export type DayNow =
  | { readonly kind: 'unknown' }
  | { readonly kind: 'holiday'; readonly name: string }
  | {
      readonly kind: 'open' | 'next'
      readonly name: string
      readonly from: string
      readonly until: string
      /** These are its leaving hours. */
      readonly leaving: boolean
    }
  | { readonly kind: 'none' }

const today = (
  { days, timeZone }: Pick<Status, 'days' | 'timeZone'>,
  now: number,
): { day?: KioskDay; time: string } => {
  const { iso } = readWallClock(now, timeZone)
  const day = days.find(({ date }) => date === iso.slice(0, 10))
  return { ...(day ? { day } : {}), time: iso.slice(11, 16) }
}

/** The session that is open, or comes next today. */
export function readDay(status: Pick<Status, 'days' | 'timeZone'>, now: number): DayNow {
  const { day, time } = today(status, now)
  if (!day) return { kind: 'unknown' }
  if (day.holiday !== null) return { kind: 'holiday', name: day.holiday }
  const spans = day.sessions.flatMap(({ name, opens, closes, leaving_opens, leaving_closes }) => [
    { name, from: opens, until: closes, leaving: false },
    ...(leaving_opens !== null && leaving_closes !== null
      ? [{ name, from: leaving_opens, until: leaving_closes, leaving: true }]
      : []),
  ])
  const open = spans.find(({ from, until }) => from <= time && time <= until)
  if (open) return { kind: 'open', ...open }
  const [next] = spans.filter(({ from }) => from > time).sort((a, b) => a.from.localeCompare(b.from))
  return next ? { kind: 'next', ...next } : { kind: 'none' }
}

/**
 * The hours of a session, as a clock on the school's wall shows them (HH:MM). Each named minute counts in full: at
 * 07:15:59 a session with `late_after` 07:15 is still on time, and one with `closes` 23:59 is open all day. Whoever comes
 * within `grace_minutes` after `late_after` is not late; whoever comes later is late from `late_after` on. `opens`,
 * `late_after` and `closes` follow each other within one day (shared/contract/timetable.ts).
 */
export interface SessionHours {
  readonly opens: string
  readonly late_after: string
  readonly closes: string
  readonly grace_minutes: number
}

export type SessionState = 'before' | 'open' | 'late' | 'closed'

/** Minutes since 00:00 of a time of day (HH:MM). */
export function minuteOf(time: string): number {
  return Number(time.slice(0, 2)) * 60 + Number(time.slice(3))
}

/**
 * The state of a session at a minute of the day on the wall (0..1439), and how many minutes after `late_after` that is; 0
 * unless the state is `late`.
 */
export function stateAt(minute: number, hours: SessionHours): { state: SessionState; lateMinutes: number } {
  if (minute < minuteOf(hours.opens)) return { state: 'before', lateMinutes: 0 }
  if (minute > minuteOf(hours.closes)) return { state: 'closed', lateMinutes: 0 }
  const lateMinutes = minute - minuteOf(hours.late_after)
  return lateMinutes > hours.grace_minutes ? { state: 'late', lateMinutes } : { state: 'open', lateMinutes: 0 }
}

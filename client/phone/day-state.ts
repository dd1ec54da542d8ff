import type { TodayReply } from '../core/api.ts'
import { endOfMinute } from '../core/clock.ts'

type SchoolSession = NonNullable<TodayReply['session']>

/** Milliseconds until the server is asked when a change is due; more where it has not come about yet. */
export const ASK_SOON = 1500
export const ASK_AGAIN = 20_000

/** When the session's state changes next (ms since 1970), or null when nothing more comes today. */
export function nextChange({ state, opens, late_after, closes }: SchoolSession): number | null {
  if (state === 'before') return Date.parse(opens)
  if (state === 'open') return endOfMinute(late_after)
  return state === 'late' ? endOfMinute(closes) : null
}

/**
 * When the server has something new to say of the day (ms since 1970; infinite: nothing more is known): the session's
 * state changes, or leaving hours begin or end. It lies before the answer itself in a session's grace minutes.
 */
export function nextNews({ session, sessions = [], server_time }: TodayReply): number {
  const asked = Date.parse(server_time)
  const leavings = sessions
    .flatMap(({ leaving }) => (leaving ? [Date.parse(leaving.opens), endOfMinute(leaving.closes)] : []))
    .filter((at) => at > asked)
  const change = session ? nextChange(session) : null
  return Math.min(change ?? Number.POSITIVE_INFINITY, ...leavings)
}

/** Whether the answer was given in the minutes after `late_after` in which nobody is late yet. */
export const isGrace = ({ session, server_time }: TodayReply): boolean =>
  session?.state === 'open' && Date.parse(server_time) >= endOfMinute(session.late_after)

/** Whether a check-in now would be recorded as her coming: also where the close has put down that she was absent. */
export function mayArrive({ check_in, session, absensi }: TodayReply): boolean {
  if (check_in !== undefined) return check_in === 'arrive'
  return absensi === null && (session?.state === 'open' || session?.state === 'late')
}

/** The leaving hours of the session she may leave now, and has not left; null: there is none. */
export const leavingNow = ({ check_in, session, sessions = [] }: TodayReply) =>
  check_in === 'leave' ? (sessions.find(({ id }) => id === session?.id)?.leaving ?? null) : null

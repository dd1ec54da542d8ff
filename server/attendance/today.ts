import type { z } from 'zod'
import { mainSession, type SessionOfDay } from '../../shared/attendance/timetable.ts'
import { instantOnWall, readWallClock } from '../../shared/attendance/zone.ts'
import type { todayReply } from '../../shared/contract/absensi.ts'
import type { Deps } from '../deps.ts'
import { findIzinOn } from '../izin/store.ts'
import type { Session } from '../timetable/store.ts'
import type { SignedInUser } from '../users/store.ts'
import { describeAttendance } from './describe.ts'
import { explainClosed, locate } from './session.ts'

/**
 * What today looks like for a signed-in person: every session with what is recorded in it, and the one that counts now.
 * @param language of `why_closed`
 */
export async function readToday(
  deps: Deps,
  user: SignedInUser,
  language: 'id' | 'en',
): Promise<z.input<typeof todayReply>> {
  const { timeZone } = deps.config
  const { day, rows, counts } = await locate(deps, user, deps.now())
  const izin = await findIzinOn(deps.db, user.id, day.date)
  const onWall = (time: string) => readWallClock(instantOnWall(day.date, time, timeZone), timeZone).iso
  const describe = ({ session }: SessionOfDay<Session>) => ({
    id: session.id,
    name: session.name,
    opens: onWall(session.opens),
    late_after: onWall(session.late_after),
    closes: onWall(session.closes),
  })
  const recorded = ({ session }: SessionOfDay<Session>) => {
    const row = rows.get(session.id)
    return row === undefined ? null : describeAttendance(row, user, timeZone)
  }
  const main = counts.kind === 'closed' ? mainSession(day) : counts.one
  return {
    date: day.date,
    time_zone: timeZone,
    server_time: day.iso,
    session: main === null || main.state === 'holiday' ? null : { ...describe(main), state: main.state },
    absensi: main === null ? null : recorded(main),
    sessions: day.sessions.map((one) => ({
      ...describe(one),
      state: one.state,
      leaving: describeLeaving(one, onWall),
      wants_location: one.session.place?.circle !== undefined && one.session.place.mode !== 'off',
      absensi: recorded(one),
    })),
    check_in: counts.kind,
    why_closed: counts.kind === 'closed' ? explainClosed(counts.why)[language] : null,
    holiday: day.holiday,
    izin: izin?.kind ?? null,
  }
}

function describeLeaving({ session, leaving }: SessionOfDay<Session>, onWall: (time: string) => string) {
  const { leaving_opens, leaving_closes } = session
  if (leaving_opens === null || leaving_closes === null) return null
  return { opens: onWall(leaving_opens), closes: onWall(leaving_closes), open: leaving }
}

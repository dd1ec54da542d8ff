import { locateInSession } from '../../shared/attendance/window.ts'
import { instantOnWall, readWallClock } from '../../shared/attendance/zone.ts'
import type { Absensi } from '../../shared/contract/absensi.ts'
import { absensiApi } from '../../shared/contract/api/absensi.ts'
import { bandOf } from '../../shared/face/match.ts'
import type { Deps } from '../deps.ts'
import { receiveCapture } from '../evidence/receive.ts'
import type { Faces } from '../face/faces.ts'
import type { AppContext } from '../http/env.ts'
import { say } from '../http/language.ts'
import { refuse } from '../http/problem.ts'
import { done, type Serve } from '../http/serve.ts'
import type { SignedInUser } from '../users/store.ts'
import { DAILY_SESSION, readSessionHours } from './session.ts'
import { type Attendance, findAttendance, findAttendanceOn } from './store.ts'
import { submitAttendance } from './submit.ts'

/** `/absensi`: checking in with a sealed capture, and what today looks like for the signed-in person. */
export function serveAttendance(serve: Serve, deps: Deps, faces: Faces): void {
  const { db, config, now } = deps
  const describe = (one: Attendance, user: SignedInUser): Absensi => ({
    id: one.id,
    user_id: user.id,
    name: user.name,
    nim: user.nim,
    date: one.date,
    timestamp: readWallClock(one.timestamp, config.timeZone).iso,
    status: one.status,
    grade: one.grade,
    confidence: bandOf(one.confidence),
    late_minutes: one.lateMinutes,
  })

  serve(absensiApi.submit, async (c, { body: sealed }) => {
    const user = c.get('user')
    const receipt = await receiveCapture(deps, faces, senderOf(c), sealed, (evidence) =>
      submitAttendance(deps, faces, user, evidence, {
        deviceInfo: sealed.device_info,
        ipAddress: c.get('address'),
      }),
    )
    if (receipt.kind === 'refused') refuse(receipt.code, { lab: receipt.lab })
    const recorded = receipt.kind === 'attendance' ? await findAttendance(db, receipt.absensi_id, user.id) : null
    if (receipt.kind !== 'attendance' || recorded === null) return refuse('not_found')
    return {
      ...done(c, receipt.is_duplicate ? ALREADY : RECORDED),
      absensi: describe(recorded, user),
      is_duplicate: receipt.is_duplicate,
      ...(receipt.lab === undefined ? {} : { lab: receipt.lab }),
    }
  })

  serve(absensiApi.today, async (c) => {
    const user = c.get('user')
    const hours = await readSessionHours(db)
    const moment = locateInSession(now(), config.timeZone, hours)
    const found = await findAttendanceOn(db, { userId: user.id, sessionId: DAILY_SESSION.id, date: moment.date })
    const onWall = (time: string) =>
      readWallClock(instantOnWall(moment.date, time, config.timeZone), config.timeZone).iso
    return {
      date: moment.date,
      time_zone: config.timeZone,
      server_time: moment.iso,
      session: {
        id: DAILY_SESSION.id,
        name: say(c, DAILY_SESSION.name),
        opens: onWall(hours.opens),
        late_after: onWall(hours.late_after),
        closes: onWall(hours.closes),
        state: moment.state,
      },
      absensi: found === null ? null : describe(found, user),
    }
  })
}

function senderOf(c: AppContext) {
  return {
    user: c.get('user'),
    purpose: 'check-in',
    ipAddress: c.get('address'),
    userAgent: c.req.header('user-agent'),
  } as const
}

const RECORDED = { id: 'Kehadiran tercatat.', en: 'Attendance recorded.' }
const ALREADY = { id: 'Kehadiran sudah tercatat sebelumnya.', en: 'Attendance was recorded before.' }

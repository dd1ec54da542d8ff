import { isPresent } from '../../shared/attendance/present.ts'
import { summarize } from '../../shared/attendance/summary.ts'
import { absensiApi } from '../../shared/contract/api/absensi.ts'
import type { Deps } from '../deps.ts'
import { receiveCapture } from '../evidence/receive.ts'
import type { Faces } from '../face/faces.ts'
import type { AppContext } from '../http/env.ts'
import { languageOf } from '../http/language.ts'
import { refuse } from '../http/problem.ts'
import { done, type Serve } from '../http/serve.ts'
import { todayOf } from '../timetable/day.ts'
import { describeAttendance } from './describe.ts'
import { countByMonth, findAttendance, listHistory } from './store.ts'
import { submitAttendance } from './submit.ts'
import { readToday } from './today.ts'

/** `/absensi`: checking in with a sealed capture, and what is recorded of the signed-in person. */
export function serveAttendance(serve: Serve, deps: Deps, faces: Faces): void {
  const { db, config } = deps
  const today = (c: AppContext) => readToday(deps, c.get('user'), languageOf(c.req.header('accept-language')))

  serve(absensiApi.submit, async (c, { body: { location, ...sealed } }) => {
    const user = c.get('user')
    const receipt = await receiveCapture(deps, faces, senderOf(c), sealed, (evidence) =>
      submitAttendance(deps, faces, user, evidence, {
        deviceInfo: sealed.device_info,
        ipAddress: c.get('address'),
        location,
      }),
    )
    if (receipt.kind === 'refused') refuse(receipt.code, { lab: receipt.lab })
    const recorded = receipt.kind === 'attendance' ? await findAttendance(db, receipt.absensi_id, user.id) : null
    if (receipt.kind !== 'attendance' || recorded === null) return refuse('not_found')
    const left = receipt.left === true
    return {
      ...done(c, receipt.is_duplicate ? ALREADY : left ? LEFT : RECORDED),
      absensi: describeAttendance(recorded, user, config.timeZone),
      is_duplicate: receipt.is_duplicate,
      left,
      ...(receipt.lab === undefined ? {} : { lab: receipt.lab }),
    }
  })

  serve(absensiApi.today, today)

  serve(absensiApi.history, async (c, { query }) => {
    const user = c.get('user')
    const { total, rows } = await listHistory(db, user.id, query)
    return {
      total,
      limit: query.limit,
      offset: query.offset,
      data: rows.map(({ attendance, sessionName }) => ({
        ...describeAttendance(attendance, user, config.timeZone),
        session_name: sessionName,
      })),
    }
  })

  serve(absensiApi.statistics, async (c) => {
    const rows = await countByMonth(db, c.get('user').id)
    const month = todayOf(deps).slice(0, 7)
    const ofMonth = (month: string) => ({ month, ...summarize(rows.filter((row) => row.month === month)) })
    return {
      overall: summarize(rows),
      current_month: ofMonth(month),
      months: [...new Set(rows.map((row) => row.month))].map(ofMonth),
    }
  })

  serve(absensiApi.checkStatus, async (c) => {
    const { date, absensi, check_in, why_closed = null } = await today(c)
    return {
      date,
      has_attended: isPresent(absensi?.status),
      status: absensi?.status ?? null,
      absensi,
      can_check_in: check_in === 'arrive' || check_in === 'leave',
      message: why_closed,
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
const LEFT = { id: 'Kepulangan tercatat.', en: 'Leaving recorded.' }
const ALREADY = { id: 'Kehadiran sudah tercatat sebelumnya.', en: 'Attendance was recorded before.' }

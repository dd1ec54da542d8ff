import { randomUUID } from 'node:crypto'
import { concerns } from '../../shared/attendance/timetable.ts'
import { addDays, readWallClock } from '../../shared/attendance/zone.ts'
import { absensiAdminApi } from '../../shared/contract/api/absensi-admin.ts'
import { listAttendanceOn } from '../attendance/store.ts'
import { isConflict } from '../db/write.ts'
import type { Deps } from '../deps.ts'
import { refuse } from '../http/problem.ts'
import type { Serve } from '../http/serve.ts'
import { requireDay } from '../marking/mark.ts'
import { todayOf } from '../timetable/day.ts'
import { findSession } from '../timetable/store.ts'
import { scopeOf } from '../users/scope.ts'
import { decideRequest } from './decide.ts'
import { type CorrectionRequest, findRequest, insertRequest, listRequests } from './store.ts'

/** Days a record may be called wrong. */
const DAYS_BACK = 31

/** "This is wrong": students say so, staff decide. */
export function serveCorrectionRequests(serve: Serve, deps: Deps): void {
  const { db, audit, config, now } = deps
  const onWall = (instant: number) => readWallClock(instant, config.timeZone).iso
  const describe = (one: CorrectionRequest) => ({
    ...one,
    decided_at: one.decided_at === null ? null : onWall(one.decided_at),
    created_at: onWall(one.created_at),
  })

  serve(absensiAdminApi.askCorrection, async (c, { body }) => {
    const user = c.get('user')
    const session = await findSession(db, body.session_id)
    if (session === null) return refuse('not_found')
    // What is recorded of her may be called wrong, whatever class she is in by now, or days the session has.
    const recorded = await listAttendanceOn(db, user.id, body.date)
    if (!recorded.some(({ sessionId }) => sessionId === session.id)) {
      if (!concerns(session.kelas, user.kelas)) return refuse('not_found')
      requireDay(deps, session, body.date)
    }
    if (body.date < addDays(todayOf(deps), -DAYS_BACK))
      refuse('bad_request', { fields: [{ path: 'date', message: 'too long ago' }] })
    const id = randomUUID()
    const { session_id: sessionId, ...rest } = body
    await audit
      .write([insertRequest({ ...rest, id, sessionId, userId: user.id }, now())], {
        userId: user.id,
        action: 'ask_correction',
        entityType: 'correction_request',
        entityId: id,
        ipAddress: c.get('address'),
      })
      .catch((error: unknown) => {
        if (!isConflict(error)) throw error
        return refuse('conflict', ASKED)
      })
    const made = await findRequest(db, id, { kind: 'self', userId: user.id })
    return { request: describe(made ?? refuse('not_found')) }
  })

  serve(absensiAdminApi.ownCorrections, async (c, { query }) => {
    const { total, rows } = await listRequests(db, { kind: 'self', userId: c.get('user').id }, query)
    return { total, limit: query.limit, offset: query.offset, data: rows.map(describe) }
  })

  serve(absensiAdminApi.correctionRequests, async (c, { query }) => {
    const { total, rows } = await listRequests(db, await scopeOf(db, c.get('user')), query)
    return { total, limit: query.limit, offset: query.offset, data: rows.map(describe) }
  })

  serve(absensiAdminApi.decideCorrection, async (c, { params: { id }, body }) => ({
    request: describe(
      await decideRequest(deps, c.get('user'), id, {
        ...body,
        ipAddress: c.get('address'),
      }),
    ),
  }))
}

const ASKED = {
  detail: {
    id: 'Untuk sesi itu sudah ada permintaan yang menunggu.',
    en: 'A request for that session is waiting already.',
  },
}

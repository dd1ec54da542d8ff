import { randomUUID } from 'node:crypto'
import type { z } from 'zod'
import { timetableApi } from '../../shared/contract/api/timetable.ts'
import type { SessionRequest, timetableSessionSchema } from '../../shared/contract/timetable.ts'
import { closeSessions } from '../attendance/close.ts'
import { removeRows } from '../corrections/store.ts'
import type { Deps } from '../deps.ts'
import type { AppContext } from '../http/env.ts'
import { refuse } from '../http/problem.ts'
import { refuseMissing } from '../http/refuse-missing.ts'
import { done, type Serve } from '../http/serve.ts'
import { spellAll } from '../users/spell-kelas.ts'
import {
  deleteHoliday,
  findSession,
  insertHoliday,
  insertSession,
  listHolidays,
  listSessions,
  removeSession,
  replaceSession,
  type Session,
} from './store.ts'

/**
 * `/timetable`: sessions and holidays. Before any change whatever has ended is closed by the rules it was held under, so that
 * a change never reaches back.
 */
export function serveTimetable(serve: Serve, deps: Deps): void {
  const { db, audit, now } = deps
  const lineOf = (c: AppContext, action: string, entityType: 'session' | 'holiday', entityId: string) => ({
    userId: c.get('user').id,
    action,
    entityType,
    entityId,
    ipAddress: c.get('address'),
  })
  const sessionReply = async (id: string) => ({
    session: describeSession((await findSession(db, id)) ?? refuse('not_found')),
  })

  serve(timetableApi.sessions, async () => ({
    sessions: (await listSessions(db, { all: true })).map(describeSession),
  }))

  serve(timetableApi.addSession, async (c, { body: asked }) => {
    const id = randomUUID()
    const body = { ...asked, kelas: await spellAll(db, asked.kelas) }
    await audit.write([insertSession(id, body, now())], lineOf(c, 'add_session', 'session', id))
    return sessionReply(id)
  })

  serve(timetableApi.changeSession, async (c, { params: { id }, body: asked }) => {
    const body = { ...asked, kelas: await spellAll(db, asked.kelas) }
    // One moment for both: what ended before it is closed, what ends after it goes by the new rules.
    const instant = now()
    await closeSessions(deps, instant)
    const before = (await findSession(db, id)) ?? refuse('not_found')
    const line = { ...lineOf(c, 'change_session', 'session', id), details: tellChanges(before, body) }
    await audit.write(replaceSession(id, body, instant), line).catch(refuseMissing)
    return sessionReply(id)
  })

  serve(timetableApi.removeSession, async (c, { params: { id } }) => {
    if ((await findSession(db, id)) === null) refuse('not_found')
    await closeSessions(deps, now())
    const [deleted] = await audit.write(removeSession(id, now()), lineOf(c, 'remove_session', 'session', id))
    const outcome = deleted?.rowsAffected === 1 ? 'deleted' : 'deactivated'
    return { ...done(c, outcome === 'deleted' ? DELETED : DEACTIVATED), outcome } as const
  })

  serve(timetableApi.holidays, async (_, { query }) => ({
    holidays: (await listHolidays(db, query)).map(({ kelas, ...one }) => ({ ...one, kelas: kelas && [...kelas] })),
  }))

  serve(timetableApi.addHoliday, async (c, { body: asked }) => {
    const id = randomUUID()
    const body = { ...asked, kelas: await spellAll(db, asked.kelas) }
    const kelas = body.kelas === null ? null : JSON.stringify(body.kelas)
    // Nobody is absent, or excused, on a day that turns out to be free.
    const missed = {
      where: `a.date BETWEEN :from AND :until AND (a.status = 'alfa' OR a.method = 'izin')
        AND (:kelas IS NULL OR u.kelas IN (SELECT value FROM json_each(:kelas)))`,
      args: { from: body.from_date, until: body.until_date, kelas },
    }
    await audit.write(
      [
        insertHoliday(id, body, now()),
        ...removeRows(missed, { by: c.get('user').id, reason: `libur: ${body.name}`, now: now() }),
      ],
      { ...lineOf(c, 'add_holiday', 'holiday', id), details: { from: body.from_date, until: body.until_date, kelas } },
    )
    return { holiday: { id, ...body } }
  })

  serve(timetableApi.removeHoliday, async (c, { params: { id } }) => {
    await closeSessions(deps, now())
    await audit.write(deleteHoliday(id), lineOf(c, 'remove_holiday', 'holiday', id)).catch(refuseMissing)
    return done(c, DELETED)
  })
}

/** The fields of a session that change, each as `before > after`; for the audit log. */
function tellChanges(before: Session, after: SessionRequest): Record<string, string> {
  const told = (value: unknown) => (typeof value === 'string' ? value : JSON.stringify(value))
  const names = Object.keys(after) as (keyof SessionRequest)[]
  return Object.fromEntries(
    names
      .map((name) => [name, told(before[name]), told(after[name])] as const)
      .filter(([, was, is]) => was !== is)
      .map(([name, was, is]) => [name, `${was} > ${is}`]),
  )
}

/** What a reply shows of a session. */
function describeSession({ updatedAt, ...session }: Session): z.input<typeof timetableSessionSchema> {
  return {
    ...session,
    kelas: session.kelas === null ? null : [...session.kelas],
    days: [...session.days],
  }
}

const DELETED = { id: 'Dihapus.', en: 'Removed.' }
const DEACTIVATED = {
  id: 'Sesi dinonaktifkan; catatan kehadirannya tetap ada.',
  en: 'The session is deactivated; its attendance stays.',
}

import { randomUUID } from 'node:crypto'
import { readWallClock } from '../../shared/attendance/zone.ts'
import { izinApi } from '../../shared/contract/api/izin.ts'
import { isConflict } from '../db/write.ts'
import type { Deps } from '../deps.ts'
import type { AppContext } from '../http/env.ts'
import { refuse } from '../http/problem.ts'
import type { Serve } from '../http/serve.ts'
import { type Scope, scopeOf } from '../users/scope.ts'
import { requireDays } from './days.ts'
import { decideIzin } from './decide.ts'
import { enterIzin } from './enter.ts'
import { findIzin, type Izin, insertIzin, listIzin, settleIzin } from './store.ts'

/** `/izin`: students ask for days off, staff decide, or enter what came on paper. */
export function serveIzin(serve: Serve, deps: Deps): void {
  const { db, audit, config, now } = deps
  const onWall = (instant: number | null) => (instant === null ? null : readWallClock(instant, config.timeZone).iso)
  const describe = (izin: Izin) => ({
    ...izin,
    decided_at: onWall(izin.decided_at),
    created_at: readWallClock(izin.created_at, config.timeZone).iso,
  })
  const own = async (id: string, scope: Scope) => (await findIzin(db, id, scope)) ?? refuse('not_found')
  const lineOf = (c: AppContext, action: string, id: string) => ({
    userId: c.get('user').id,
    action,
    entityType: 'izin',
    entityId: id,
    ipAddress: c.get('address'),
  })
  const selfOf = (c: AppContext): Scope => ({ kind: 'self', userId: c.get('user').id })

  serve(izinApi.ask, async (c, { body }) => {
    requireDays(deps, body)
    const id = randomUUID()
    await audit
      .write(insertIzin({ ...body, id, userId: c.get('user').id }, now()), lineOf(c, 'ask_izin', id))
      .catch((error: unknown) => {
        if (!isConflict(error)) throw error
        return refuse('conflict', OVERLAP)
      })
    return { izin: describe(await own(id, selfOf(c))) }
  })

  serve(izinApi.own, async (c, { query }) => {
    const { total, rows } = await listIzin(db, { kind: 'self', userId: c.get('user').id }, query)
    return { total, limit: query.limit, offset: query.offset, data: rows.map(describe) }
  })

  serve(izinApi.withdraw, async (c, { params: { id } }) => {
    const to = { state: 'withdrawn', by: c.get('user').id, note: undefined } as const
    if ((await own(id, selfOf(c))).state === 'open')
      await audit.write(settleIzin(id, to, now()), lineOf(c, 'withdraw_izin', id)).catch((error: unknown) => {
        if (!isConflict(error)) throw error
      })
    const izin = await own(id, selfOf(c))
    if (izin.state !== 'withdrawn') refuse('conflict', DECIDED)
    return { izin: describe(izin) }
  })

  serve(izinApi.list, async (c, { query }) => {
    const { total, rows } = await listIzin(db, await scopeOf(db, c.get('user')), query)
    return { total, limit: query.limit, offset: query.offset, data: rows.map(describe) }
  })

  serve(izinApi.enter, async (c, { body }) => {
    const entered = await enterIzin(deps, c.get('user'), body, c.get('address'))
    return { izin: describe(entered.izin), filled: entered.filled }
  })

  serve(izinApi.decide, async (c, { params: { id }, body }) => {
    const decided = await decideIzin(deps, c.get('user'), id, {
      decision: body.decision,
      note: body.note,
      ipAddress: c.get('address'),
    })
    return { izin: describe(decided.izin), filled: decided.filled }
  })
}

const OVERLAP = {
  detail: {
    id: 'Sudah ada pengajuan untuk hari itu.',
    en: 'There is a request for one of those days already.',
  },
}
const DECIDED = {
  detail: { id: 'Pengajuan ini sudah diputuskan.', en: 'This request has been decided already.' },
}

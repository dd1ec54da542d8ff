import { addDays, readWallClock } from '../../shared/attendance/zone.ts'
import type { StaffAbsensi } from '../../shared/contract/absensi-admin.ts'
import { absensiAdminApi } from '../../shared/contract/api/absensi-admin.ts'
import type { Deps } from '../deps.ts'
import type { Vault } from '../gallery/vault.ts'
import { refuse } from '../http/problem.ts'
import type { Serve } from '../http/serve.ts'
import { todayOf } from '../timetable/day.ts'
import { scopeOf } from '../users/scope.ts'
import { type Entry, findEntry, listCorrections, listEntries } from './store.ts'
import { readCheckTrace } from './trace/read.ts'

/** Days of a list nobody asked a range for. */
const DAYS = 31

/** `/absensi/admin`: what is recorded, as staff read it, each within her classes. */
export function serveLedger(serve: Serve, deps: Deps, vault: Vault): void {
  const { db, config, now } = deps
  const page = (found: { total: number; rows: Entry[] }, query: { limit: number; offset: number }) => ({
    total: found.total,
    limit: query.limit,
    offset: query.offset,
    data: found.rows.map((entry) => describeEntry(entry, config.timeZone)),
  })

  serve(absensiAdminApi.all, async (c, { query: { grade, order, ...query } }) => {
    const today = todayOf({ config, now })
    const wide = query.user_id !== undefined || query.until !== undefined
    const from = query.from ?? (wide ? undefined : addDays(today, 1 - DAYS))
    const grades = grade === undefined ? undefined : [grade]
    return page(await listEntries(db, await scopeOf(db, c.get('user')), { ...query, from, grades }, order), query)
  })

  serve(absensiAdminApi.review, async (c, { query }) => {
    const filter = { ...query, grades: ['review', 'provisional'] as const }
    return page(await listEntries(db, await scopeOf(db, c.get('user')), filter, 'oldest'), query)
  })

  serve(absensiAdminApi.history, async (c, { params: { id } }) => {
    const scope = await scopeOf(db, c.get('user'))
    const [entry, corrections] = await Promise.all([findEntry(db, id, scope), listCorrections(db, id, scope)])
    if (entry === null && corrections.length === 0) refuse('not_found')
    return {
      absensi: entry === null ? null : describeEntry(entry, config.timeZone),
      corrections: corrections.map((one) => ({
        id: one.id,
        by: one.by_user === null ? null : { id: one.by_user, name: one.by_name },
        reason: one.reason,
        old_value: one.old_value,
        new_value: one.new_value,
        created_at: readWallClock(one.created_at, config.timeZone).iso,
      })),
    }
  })

  serve(absensiAdminApi.trace, async (c, { params: { id } }) => {
    const entry = (await findEntry(db, id, await scopeOf(db, c.get('user')))) ?? refuse('not_found')
    return readCheckTrace(deps, vault, entry, { userId: c.get('user').id, ipAddress: c.get('address') })
  })
}

/** What a reply shows staff of an attendance, in the school's time zone. */
export function describeEntry({ check_result, check_reason, ...entry }: Entry, timeZone: string): StaffAbsensi {
  return {
    ...entry,
    timestamp: readWallClock(entry.timestamp, timeZone).iso,
    left_at: entry.left_at === null ? null : readWallClock(entry.left_at, timeZone).iso,
    check: check_result === null || check_reason === null ? null : { result: check_result, reason: check_reason },
  }
}

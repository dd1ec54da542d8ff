import type { z } from 'zod'
import type { correctRequest } from '../../shared/contract/absensi-admin.ts'
import { BY_HAND, changeRows } from '../corrections/store.ts'
import type { Deps } from '../deps.ts'
import { refuse } from '../http/problem.ts'
import { type Entry, findEntry } from '../ledger/store.ts'
import { scopeOf, scopeSql } from '../users/scope.ts'
import type { SignedInUser } from '../users/store.ts'
import { requireRecent } from './mark.ts'

/**
 * Corrects one attendance within the reader's scope; what it was is kept with the reason. The same again changes nothing.
 * Refuses with not_found; staff do not correct their own.
 */
export async function correctAttendance(
  deps: Deps,
  by: SignedInUser,
  id: string,
  { request, ipAddress }: { request: z.output<typeof correctRequest>; ipAddress: string },
): Promise<Entry> {
  const { db, audit, now } = deps
  const scope = await scopeOf(db, by)
  const before = (await findEntry(db, id, scope)) ?? refuse('not_found')
  if (before.user_id === by.id) refuse('forbidden')
  await requireRecent(deps, by, before.date)
  const late = request.status === 'terlambat' ? (request.late_minutes ?? before.late_minutes) : 0
  const note = request.note ?? before.note
  if (before.status === request.status && before.note === note && before.late_minutes === late) return before
  const { sql, args } = scopeSql(scope)
  const chosen = {
    where: `a.id = :id AND ${sql} AND (a.status <> :status OR a.note IS NOT :note OR a.late_minutes <> :late)`,
    args: { ...args, id, status: request.status, note, late },
  }
  const changes = { ...BY_HAND, status: ':status', note: ':note', late_minutes: ':late' }
  await audit.write(changeRows(chosen, changes, { by: by.id, reason: request.reason, now: now() }), {
    userId: by.id,
    action: 'correct_attendance',
    entityType: 'absensi',
    entityId: id,
    details: { from: before.status, to: request.status },
    ipAddress,
  })
  return (await findEntry(db, id, scope)) ?? refuse('not_found')
}

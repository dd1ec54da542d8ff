import type { z } from 'zod'
import type { correctRequest } from '../../shared/contract/absensi-admin.ts'
import { BY_HAND, cameAt, changeRows } from '../corrections/store.ts'
import { isConflict, mustChange } from '../db/write.ts'
import type { Deps } from '../deps.ts'
import { refuse } from '../http/problem.ts'
import { type Entry, findEntry } from '../ledger/store.ts'
import { scopeOf, scopeSql } from '../users/scope.ts'
import type { SignedInUser } from '../users/store.ts'
import { requireRecent } from './mark.ts'

/**
 * Corrects one attendance within the reader's scope; what it was is kept with the reason. The same again changes nothing. Where
 * `was` says what whoever corrects saw, one that says something else by now is a `conflict`.
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
  const { status } = request
  // What is not said stays as it is, whoever changes it meanwhile.
  const said = Object.entries({
    note: request.note === '' ? null : request.note,
    late_minutes: status === 'terlambat' ? request.late_minutes : 0,
  }).filter((entry): entry is ['note' | 'late_minutes', string | number | null] => entry[1] !== undefined)
  const isSame = (one: Entry) => one.status === status && said.every(([name, value]) => one[name] === value)
  if (isSame(before)) return before
  const { sql, args } = scopeSql(scope)
  const chosen = {
    where: `a.id = :id AND ${sql} AND a.status = :was
      AND (a.status <> :status ${said.map(([name]) => `OR a.${name} IS NOT :${name}`).join(' ')})`,
    args: { ...args, id, status, was: request.was ?? before.status, ...Object.fromEntries(said) },
  }
  const changes = {
    // A remark, or other minutes, leave what stands behind the status as it is.
    ...(status === chosen.args.was ? {} : BY_HAND),
    ...Object.fromEntries(said.map(([name]) => [name, `:${name}`])),
    status: ':status',
    timestamp: cameAt(':status'),
  }
  const [first, ...others] = changeRows(chosen, changes, { by: by.id, reason: request.reason, now: now() })
  if (first === undefined) throw new Error('nothing to write')
  await audit
    .write([first, mustChange, ...others], {
      userId: by.id,
      action: 'correct_attendance',
      entityType: 'absensi',
      entityId: id,
      details: { from: before.status, to: request.status },
      ipAddress,
    })
    .catch((error: unknown) => {
      if (!isConflict(error)) throw error
    })
  const after = (await findEntry(db, id, scope)) ?? refuse('not_found')
  return isSame(after) ? after : refuse('conflict')
}

import { hasEnded } from '../attendance/ended.ts'
import { BY_HAND, changeRows, removeRows } from '../corrections/store.ts'
import { isConflict, mustChange, type Statement } from '../db/write.ts'
import type { Deps } from '../deps.ts'
import { refuse } from '../http/problem.ts'
import { type Entry, findEntry } from '../ledger/store.ts'
import { findSession } from '../timetable/store.ts'
import { scopeOf, scopeSql } from '../users/scope.ts'
import type { SignedInUser } from '../users/store.ts'
import { requireUnclosed } from './store.ts'

export interface Review {
  readonly outcome: 'accepted' | 'alfa' | 'removed'
  readonly entry: Entry | null
}

/**
 * Decides on an attendance that waits for a person. Accepted, it counts as verified. Rejected, it becomes alfa; while its
 * session is still open it is removed instead, so that the student may check in again. Either is a correction. Refuses what
 * does not wait (any more) as `conflict`; accepting twice is no harm. Staff do not decide on their own.
 */
export async function reviewAttendance(
  deps: Deps,
  by: SignedInUser,
  id: string,
  { decision, reason, ipAddress }: { decision: 'accept' | 'reject'; reason: string; ipAddress: string },
): Promise<Review> {
  const { db, audit, config, now } = deps
  const scope = await scopeOf(db, by)
  const entry = (await findEntry(db, id, scope)) ?? refuse('not_found')
  if (entry.user_id === by.id) refuse('forbidden')
  if (entry.grade === 'verified') return decision === 'accept' ? { outcome: 'accepted', entry } : refuse('conflict')
  const session = await findSession(db, entry.session_id)
  const isOpen = session !== null && !hasEnded(session, entry.date, config.timeZone, now())
  const outcome = decision === 'accept' ? 'accepted' : isOpen ? 'removed' : 'alfa'

  const inScope = scopeSql(scope)
  const chosen = { where: `a.id = :id AND a.grade <> 'verified' AND ${inScope.sql}`, args: { ...inScope.args, id } }
  const corrector = { by: by.id, reason, now: now() }
  const statements: Record<Review['outcome'], () => Statement[]> = {
    accepted: () => changeRows(chosen, { grade: "'verified'" }, corrector),
    alfa: () => changeRows(chosen, { ...BY_HAND, status: "'alfa'", late_minutes: '0', left_at: 'NULL' }, corrector),
    removed: () => [
      ...removeRows(chosen, corrector),
      mustChange,
      // Were it closed meanwhile, nobody would make her alfa any more.
      requireUnclosed({ sessionId: entry.session_id, date: entry.date }),
    ],
  }
  const [first, ...others] = statements[outcome]()
  if (first === undefined) throw new Error('nothing to write')
  await audit
    .write([first, mustChange, ...others], {
      userId: by.id,
      action: `${decision}_attendance`,
      entityType: 'absensi',
      entityId: id,
      details: { outcome },
      ipAddress,
    })
    .catch((error: unknown) => {
      if (!isConflict(error)) throw error
      return refuse('conflict')
    })
  return { outcome, entry: await findEntry(db, id, scope) }
}

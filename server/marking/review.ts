import { concerns, runsOn } from '../../shared/attendance/timetable.ts'
import { hasEnded } from '../attendance/ended.ts'
import { BY_HAND, type Changes, changeRows, removeRows } from '../corrections/store.ts'
import { isConflict, mustChange, type Statement } from '../db/write.ts'
import type { Deps } from '../deps.ts'
import { refuse } from '../http/problem.ts'
import { APPROVED_KIND } from '../izin/store.ts'
import { type Entry, findEntry } from '../ledger/store.ts'
import { findSession, type Session } from '../timetable/store.ts'
import { scopeOf, scopeSql } from '../users/scope.ts'
import type { SignedInUser } from '../users/store.ts'
import { requireRecent } from './mark.ts'
import { requireUnclosed } from './store.ts'

/** Nobody came: alfa by hand, unless something was approved. */
const NOT_THERE: Changes = {
  ...BY_HAND,
  status: `coalesce(${APPROVED_KIND}, 'alfa')`,
  method: `CASE WHEN ${APPROVED_KIND} IS NULL THEN 'manual' ELSE 'izin' END`,
  late_minutes: '0',
}

/** Whether she may still check in, or be made alfa by the close: of a session that is held, of her class and not over. */
function willClose({ config, now }: Pick<Deps, 'config' | 'now'>, session: Session, { date, kelas }: Entry): boolean {
  const isHers = session.is_active && runsOn(session, date) && concerns(session.kelas, kelas)
  return isHers && !hasEnded(session, date, config.timeZone, now())
}

export interface Review {
  readonly outcome: 'accepted' | 'alfa' | 'removed' | 'arrived'
  readonly entry: Entry | null
}

/**
 * Decides on an attendance that waits for a person. Accepted, it counts as verified. Rejected, it becomes alfa, or what was
 * approved for that day; while its session is still to be closed it is removed instead, so that the student may check in again. Where
 * only her leaving was doubted, only that is taken away (`arrived`). Each is a correction. Refuses what
 * does not wait (any more) as `conflict`; accepting twice is no harm. A teacher rejects what her marking reaches back to. Staff
 * do not decide on their own.
 */
export async function reviewAttendance(
  deps: Deps,
  by: SignedInUser,
  id: string,
  { decision, reason, ipAddress }: { decision: 'accept' | 'reject'; reason: string; ipAddress: string },
): Promise<Review> {
  const { db, audit, now } = deps
  const scope = await scopeOf(db, by)
  const entry = (await findEntry(db, id, scope)) ?? refuse('not_found')
  if (entry.user_id === by.id) refuse('forbidden')
  if (entry.grade === 'verified') return decision === 'accept' ? { outcome: 'accepted', entry } : refuse('conflict')
  if (decision === 'reject') await requireRecent(deps, by, entry.date)
  const session = await findSession(db, entry.session_id)
  const isOpen = session !== null && willClose(deps, session, entry)
  const isLeaving = entry.left_at !== null && entry.grade_arrived !== null
  const rejected = isLeaving ? 'arrived' : isOpen ? 'removed' : 'alfa'
  const outcome = decision === 'accept' ? 'accepted' : rejected

  const inScope = scopeSql(scope)
  const chosen = {
    where: `a.id = :id AND a.grade <> 'verified' AND ${inScope.sql}`,
    args: { ...inScope.args, id, date: entry.date },
  }
  const corrector = { by: by.id, reason, now: now() }
  const statements: Record<Review['outcome'], () => Statement[]> = {
    accepted: () => changeRows(chosen, { grade: "'verified'" }, corrector),
    arrived: () => changeRows(chosen, { grade: 'a.grade_arrived', left_at: 'NULL' }, corrector),
    alfa: () => changeRows(chosen, NOT_THERE, corrector),
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

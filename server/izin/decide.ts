import { daysBetween, readWallClock } from '../../shared/attendance/zone.ts'
import { knownBefore } from '../attendance/close.ts'
import { endedFor, listEnded } from '../attendance/ended.ts'
import { type Corrector, changeRows } from '../corrections/store.ts'
import { isConflict, type Statement, type Written } from '../db/write.ts'
import type { Deps } from '../deps.ts'
import { refuse } from '../http/problem.ts'
import { requireRecent } from '../marking/mark.ts'
import { insertIzinRows, listClosings } from '../marking/store.ts'
import { listHolidays, listSessions } from '../timetable/store.ts'
import { scopeOf } from '../users/scope.ts'
import type { SignedInUser } from '../users/store.ts'
import { findIzin, type Izin, reopenIzin, settleIzin } from './store.ts'

const STATES = { approve: 'approved', refuse: 'refused', reopen: 'open' } as const

/**
 * Decides on a request within the reader's scope, in one batch. An approved one makes the alfa rows of its days izin or
 * sakit (a correction each; who was present stays present) and fills the sessions that are over; later ones are filled when
 * they close. The same decision again changes nothing; another one is refused as `conflict` until the first was taken back,
 * which makes alfa of what the request had filled; a teacher does that as far back as she may mark. Nobody decides on her own.
 * @returns the request and how many attendances it filled now
 */
export async function decideIzin(
  deps: Deps,
  by: SignedInUser,
  id: string,
  { decision, note, ipAddress }: { decision: keyof typeof STATES; note: string | undefined; ipAddress: string },
): Promise<{ izin: Izin; filled: number }> {
  const { db, audit, now } = deps
  const scope = await scopeOf(db, by)
  const read = async () => (await findIzin(db, id, scope)) ?? refuse('not_found')
  const izin = await read()
  if (izin.user_id === by.id) refuse('forbidden')
  const state = STATES[decision]
  if (izin.state === state) return { izin, filled: 0 }
  if (state === 'open') await requireRecent(deps, by, izin.from_date)
  const statements =
    state === 'open'
      ? [...reopenIzin(id), ...empty(izin, { by: by.id, reason: `izin ${id}`, now: now() })]
      : state === 'approved'
        ? await approveIzin(deps, izin, { by: by.id, note })
        : settleIzin(id, { state, by: by.id, note }, now())
  try {
    const written = await audit.write(statements, {
      userId: by.id,
      action: `${decision}_izin`,
      entityType: 'izin',
      entityId: id,
      details: { user: izin.user_id, kind: izin.kind },
      ipAddress,
    })
    return { izin: await read(), filled: state === 'approved' ? countFilled(written) : 0 }
  } catch (error) {
    if (!isConflict(error)) throw error
    const meanwhile = await read()
    return meanwhile.state === state ? { izin: meanwhile, filled: 0 } : refuse('conflict')
  }
}

/** What an approval has to know of a request, and of whose it is. */
export type Approved = Pick<Izin, 'id' | 'user_id' | 'user_created_at' | 'kelas' | 'kind' | 'from_date' | 'until_date'>

/** The statements that approve an open request and fill its days; they break the batch (`isConflict`) when it is not open. */
export async function approveIzin(
  deps: Deps,
  izin: Approved,
  { by, note }: { by: string; note: string | undefined },
): Promise<Statement[]> {
  return [...settleIzin(izin.id, { state: 'approved', by, note }, deps.now()), ...(await fill(deps, izin, by))]
}

/** Attendances that were filled by a write that ended with the statements of {@link approveIzin}: corrected, or made new. */
export function countFilled(written: readonly Written[]): number {
  const [corrected, , added] = written.slice(-3)
  return (corrected?.rowsAffected ?? 0) + (added?.rowsAffected ?? 0)
}

/** Makes alfa of what a request has filled: by hand again where a person had written the alfa it came over. */
function empty(izin: Izin, corrector: Corrector): Statement[] {
  const filled = {
    where: "a.user_id = :userId AND a.date BETWEEN :from AND :until AND a.method = 'izin'",
    args: { userId: izin.user_id, from: izin.from_date, until: izin.until_date },
  }
  const before = `(SELECT c.old_value ->> 'method' FROM corrections c WHERE c.absensi_id = a.id AND c.reason = :reason
    AND c.new_value ->> 'method' = 'izin' ORDER BY c.created_at DESC LIMIT 1)`
  return changeRows(filled, { status: "'alfa'", method: `coalesce(${before}, 'close')` }, corrector)
}

/** The statements that fill the days of a request that is being approved. */
async function fill({ db, config, now }: Deps, izin: Approved, by: string): Promise<Statement[]> {
  const zone = config.timeZone
  const today = readWallClock(now(), zone).date
  const dates = daysBetween(izin.from_date, izin.until_date).filter((date) => date <= today)
  const [sessions, holidays] = await Promise.all([
    listSessions(db),
    listHolidays(db, { from: izin.from_date, until: izin.until_date }),
  ])
  const closings = await listClosings(
    db,
    sessions.map((session) => session.id),
    izin.from_date,
  )
  // Whoever was asked for at a close has her row; of another class by now, she was not asked for in this one's.
  const closed = new Set(closings.map(({ sessionId, date }) => `${sessionId} ${date}`))
  const slots = endedFor(listEnded({ sessions, dates, zone }, now()), holidays, izin.kelas)
    .filter((ended) => izin.user_created_at < knownBefore(ended, zone))
    .map(({ session, date, endedAt }) => ({ sessionId: session.id, date, endedAt }))
    .filter(({ sessionId, date }) => !closed.has(`${sessionId} ${date}`))
  const alfa = {
    where: "a.user_id = :userId AND a.date BETWEEN :from AND :until AND a.status = 'alfa'",
    args: { userId: izin.user_id, from: izin.from_date, until: izin.until_date },
  }
  const changes = {
    status: `'${izin.kind}'`,
    grade: "'verified'",
    method: "'izin'",
    confidence: '0',
    late_minutes: '0',
    left_at: 'NULL',
  }
  return [
    ...changeRows(alfa, changes, { by, reason: `izin ${izin.id}`, now: now() }),
    insertIzinRows(izin.user_id, izin.kind, slots, now()),
  ]
}

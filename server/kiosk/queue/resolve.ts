import { isPresent } from '../../../shared/attendance/present.ts'
import type { SessionOfDay } from '../../../shared/attendance/timetable.ts'
import type { ResolveEvent } from '../../../shared/contract/kiosk-events.ts'
import { explainClosed, locate, type OwnDay } from '../../attendance/session.ts'
import { noteLeaving } from '../../attendance/store.ts'
import { BY_HAND, changeRows } from '../../corrections/store.ts'
import { isConflict, type Statement } from '../../db/write.ts'
import type { Deps } from '../../deps.ts'
import { refuse } from '../../http/problem.ts'
import { requireRecent } from '../../marking/mark.ts'
import { insertMarks, listStudents, type Mark } from '../../marking/store.ts'
import type { Session } from '../../timetable/store.ts'
import { type Scope, scopeOf, scopeSql } from '../../users/scope.ts'
import type { SignedInUser } from '../../users/store.ts'
import { type Decision, decideEvent, type EventRow, findEvent } from './store.ts'

/**
 * Decides on an event that waits for a person: names the student who was there, who is then marked by hand, or dismisses it.
 * The same decision again is no harm. Refuses events and students outside the reader's scope as not_found, one that was
 * decided otherwise as conflict, and a time at which no session was open as closed, until a session of that day is named.
 */
export async function resolveEvent(
  deps: Deps,
  by: SignedInUser,
  id: string,
  { request, ipAddress }: { request: ResolveEvent; ipAddress: string },
): Promise<EventRow> {
  const { db, audit, now } = deps
  const scope = await scopeOf(db, by)
  const event = (await findEvent(db, id, scope)) ?? refuse('not_found')
  if (event.state !== 'waiting') return isSame(event, request) ? event : refuse('conflict')
  const { statements, decision } =
    request.decision === 'dismiss'
      ? { statements: [], decision: { by: by.id, note: request.reason, slot: null } }
      : await markPresent(deps, scope, by, { event, request })
  try {
    await audit.write([...statements, ...decideEvent(id, decision, now())], {
      userId: by.id,
      action: request.decision === 'dismiss' ? 'dismiss_kiosk_event' : 'resolve_kiosk_event',
      entityType: 'kiosk_event',
      entityId: id,
      ...(decision.slot === null
        ? {}
        : { details: { user: decision.slot.userId, session: decision.slot.sessionId, date: decision.slot.date } }),
      ipAddress,
    })
  } catch (error) {
    if (!isConflict(error)) throw error
  }
  const after = (await findEvent(db, id, { kind: 'all' })) ?? refuse('not_found')
  return isSame(after, request) ? after : refuse('conflict')
}

function isSame({ state, person_id, session_id }: EventRow, request: ResolveEvent): boolean {
  if (request.decision === 'dismiss') return state === 'dismissed'
  const isSession = request.session_id === undefined || request.session_id === session_id
  return state === 'resolved' && person_id === request.user_id && isSession
}

type Present = Extract<ResolveEvent, { decision: 'present' }>

/**
 * The student's attendance by hand; whoever is recorded as present already stays as she is, unless she was late there and was
 * in time here, or this is her leaving.
 */
async function markPresent(
  deps: Deps,
  scope: Scope,
  by: SignedInUser,
  { event, request }: { event: EventRow; request: Present },
): Promise<{ statements: Statement[]; decision: Decision }> {
  const { db, now } = deps
  const [student] = await listStudents(db, scope, [request.user_id])
  if (student === undefined) return refuse('not_found')
  const own = await locate(deps, student, event.captured_at)
  await requireRecent(deps, by, own.day.date)
  const { session, state, lateMinutes } = chooseSession(own, request.session_id)
  const status = request.status ?? (state === 'late' || state === 'closed' ? 'terlambat' : 'hadir')
  const late = status === 'terlambat' ? lateMinutes : 0
  const slot = { userId: student.id, sessionId: session.id, date: own.day.date }
  const note = request.reason ?? null
  const decision = { by: by.id, note, slot }
  const decide = (statements: Statement[]) => ({ statements, decision })
  const before = own.rows.get(session.id)
  const mark: Mark = { userId: student.id, status, note, lateMinutes: late, at: event.captured_at }
  if (before === undefined) return decide([insertMarks(scope, slot, [mark], now())])
  const isLeaving = own.counts.kind === 'leave' && own.counts.one.session.id === session.id
  if (isLeaving && event.trusted && request.status === undefined)
    return decide(noteLeaving(before.id, event.captured_at, 'verified'))
  const isEarlier = before.status === 'terlambat' && status === 'hadir' && event.captured_at < before.timestamp
  if (isPresent(before.status) && !isEarlier) return decide([])
  const visible = scopeSql(scope)
  const chosen = {
    where: `a.id = :id AND (a.status = :before OR a.status NOT IN ('hadir', 'terlambat')) AND ${visible.sql}`,
    args: { ...visible.args, id: before.id, before: before.status, status, late, at: event.captured_at },
  }
  const values = { ...BY_HAND, status: ':status', late_minutes: ':late', timestamp: ':at' }
  return decide(changeRows(chosen, values, { by: by.id, reason: request.reason ?? 'kiosk', now: now() }))
}

/** The named session of the day, else the one a check-in at that time counts for. */
function chooseSession({ day, counts }: OwnDay, sessionId: string | undefined): SessionOfDay<Session> {
  if (sessionId !== undefined) {
    const one = day.sessions.find(({ session, state }) => session.id === sessionId && state !== 'holiday')
    return one ?? refuse('bad_request', { fields: [{ path: 'session_id', message: 'not held for her on that day' }] })
  }
  return counts.kind === 'closed' ? refuse('closed', { detail: explainClosed(counts.why) }) : counts.one
}

import { concerns, runsOn } from '../../shared/attendance/timetable.ts'
import { addDays } from '../../shared/attendance/zone.ts'
import type { MarkRequest } from '../../shared/contract/absensi-admin.ts'
import { isConflict } from '../db/write.ts'
import type { Deps } from '../deps.ts'
import { refuse } from '../http/problem.ts'
import { readSchoolSettings } from '../settings/store.ts'
import { todayOf } from '../timetable/day.ts'
import { findSession, type Session } from '../timetable/store.ts'
import { type Scope, scopeOf } from '../users/scope.ts'
import type { SignedInUser } from '../users/store.ts'
import { correctMarked, listDiffering, requireSame, requireSeen } from './recorded/store.ts'
import { insertMarks, insertUnmarked, listStudents, type Mark } from './store.ts'

/**
 * Marks students of one session and day by hand, in one batch: whoever has no record gets one; a record that says something
 * else becomes a correction, which needs a reason (else `conflict`, naming the marks); then everybody unmarked of a class.
 * A mark that says what was recorded when it was made (`was`) changes nothing else: a record that came or changed meanwhile is a
 * `conflict`, naming the marks. Alfa for somebody without a record becomes what was approved for her that day.
 * The same marks again change nothing. Refuses what is outside the marker's classes as not_found, a day that has not come
 * or on which the session is not held, and students it is not for, as bad_request.
 */
export async function markAttendance(
  deps: Deps,
  by: SignedInUser,
  request: MarkRequest,
  ipAddress: string,
): Promise<{ added: number; corrected: number; unmarked: number }> {
  const { db, audit, now } = deps
  const scope = await scopeOf(db, by)
  const session = (await findSession(db, request.session_id)) ?? refuse('not_found')
  requireDay(deps, session, request.date)
  await requireRecent(deps, by, request.date)
  const marks = request.marks.map(
    (mark): Mark => ({
      userId: mark.user_id,
      status: mark.status,
      note: mark.note ?? null,
      lateMinutes: mark.late_minutes ?? null,
      ...(mark.was === undefined ? {} : { was: mark.was }),
    }),
  )
  await requireStudents(deps, scope, session, marks)
  const { unmarked_to: rest, reason } = request
  if (rest !== undefined) requireKelas(scope, session, rest.kelas)

  const slot = { sessionId: session.id, date: request.date }
  const seen = requireSeen(scope, slot, marks)
  const existing =
    reason === undefined
      ? [requireSame(scope, slot, marks)]
      : correctMarked(scope, slot, marks, { by: by.id, reason, now: now() })
  const statements = [
    insertMarks(scope, slot, marks, now()),
    ...(rest === undefined ? [] : [insertUnmarked(scope, slot, rest, now())]),
  ]
  try {
    const written = await audit.write([seen, ...existing, ...statements], {
      userId: by.id,
      action: 'mark_attendance',
      entityType: 'session',
      entityId: session.id,
      details: { date: request.date, marks: marks.length, unmarked: rest?.kelas ?? null },
      ipAddress,
    })
    const changed = (index: number) => written[index + 1]?.rowsAffected ?? 0
    return {
      corrected: reason === undefined ? 0 : changed(0),
      added: changed(existing.length),
      unmarked: changed(existing.length + 1),
    }
  } catch (error) {
    if (!isConflict(error)) throw error
    const { differing, unseen } = await listDiffering(db, scope, slot, marks)
    const fieldsOf = (ids: readonly string[], message: string) =>
      marks.flatMap(({ userId }, index) => (ids.includes(userId) ? [{ path: `marks.${index}`, message }] : []))
    if (unseen.length > 0)
      return refuse('conflict', { fields: fieldsOf(unseen, 'changed meanwhile'), detail: CHANGED_MEANWHILE })
    if (reason !== undefined) throw error
    return refuse('conflict', { fields: fieldsOf(differing, 'recorded differently'), detail: NEEDS_REASON })
  }
}

/** Refuses a day that has not come yet, or on which the session is not held. */
export function requireDay({ config, now }: Pick<Deps, 'config' | 'now'>, session: Session, date: string): void {
  const today = todayOf({ config, now })
  if (date > today) refuse('bad_request', { fields: [{ path: 'date', message: 'in the future' }], detail: FUTURE })
  if (!runsOn(session, date))
    refuse('bad_request', { fields: [{ path: 'date', message: 'no session' }], detail: NO_SESSION })
}

/** Refuses a teacher what is longer ago than the school's `marking_days`: what was reported does not change unseen. */
export async function requireRecent(deps: Deps, by: SignedInUser, date: string): Promise<void> {
  if (by.role !== 'guru') return
  const { marking_days } = await readSchoolSettings(deps.db)
  const earliest = addDays(todayOf(deps), -marking_days)
  if (date < earliest)
    refuse('bad_request', { fields: [{ path: 'date', message: `before ${earliest}` }], detail: LONG_AGO })
}

async function requireStudents({ db }: Deps, scope: Scope, session: Session, marks: readonly Mark[]): Promise<void> {
  const students = new Map(
    (
      await listStudents(
        db,
        scope,
        marks.map(({ userId }) => userId),
      )
    ).map(({ id, kelas }) => [id, kelas]),
  )
  if (students.size < marks.length) refuse('not_found')
  const fields = marks.flatMap(({ userId }, index) =>
    concerns(session.kelas, students.get(userId) ?? null)
      ? []
      : [{ path: `marks.${index}.user_id`, message: 'not of this session' }],
  )
  if (fields.length > 0) refuse('bad_request', { fields, detail: NOT_THEIRS })
}

function requireKelas(scope: Scope, session: Session, kelas: string): void {
  if (scope.kind === 'kelas' && !scope.kelas.includes(kelas)) refuse('not_found')
  if (!concerns(session.kelas, kelas))
    refuse('bad_request', {
      fields: [{ path: 'unmarked_to.kelas', message: 'not of this session' }],
      detail: NOT_THEIRS,
    })
}

const FUTURE = { id: 'Hari itu belum tiba.', en: 'That day has not come yet.' }

const NO_SESSION = {
  id: 'Sesi ini tidak diadakan pada hari itu.',
  en: 'This session is not held on that day.',
}

const NOT_THEIRS = {
  id: 'Sesi ini bukan untuk kelas mereka.',
  en: 'This session is not for their class.',
}

const LONG_AGO = {
  id: 'Tanggal itu sudah terlalu lama. Minta kantor sekolah mengubahnya.',
  en: 'That day is too long ago. Ask the school office to change it.',
}

const NEEDS_REASON = {
  id: 'Sebagian siswa sudah tercatat berbeda. Beri alasan untuk mengoreksinya.',
  en: 'Some students are recorded differently already. Give a reason to correct them.',
}

const CHANGED_MEANWHILE = {
  id: 'Catatan sebagian siswa berubah sementara itu. Lihat lagi, lalu tandai.',
  en: 'The records of some students have changed meanwhile. Look again, then mark.',
}

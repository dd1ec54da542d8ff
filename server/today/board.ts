import { sumDays } from '../../shared/attendance/summary.ts'
import { addDays, readWallClock } from '../../shared/attendance/zone.ts'
import type { TodayBoard } from '../../shared/contract/today.ts'
import type { Deps } from '../deps.ts'
import { countWaitingEvents } from '../kiosk/queue/store.ts'
import { countOpenWork, countQueue, countStudents } from '../reports/counts/store.ts'
import { describeSessionDay, readClassDays } from '../reports/daily/report.ts'
import { findSessionDay } from '../reports/daily/session-day.ts'
import { readSchoolSettings } from '../settings/store.ts'
import { todayOf } from '../timetable/day.ts'
import { listSessions } from '../timetable/store.ts'
import type { Scope } from '../users/scope.ts'
import { countFaceFailures } from './face-failures.ts'
import { countOfficeWork, countScopedWork, listKelas } from './store.ts'

/** Days after which an attendance that nobody looked at is no work of today. */
const REVIEW_DAYS = 30
/** A kiosk says something every minute; after a quarter of an hour somebody should look. */
const SILENT_MS = 15 * 60_000

/** The sessions of today that take place, or else the one that is spoken of, each with its classes. */
async function readSessions(deps: Deps, scope: Scope, date: string): Promise<TodayBoard['sessions']> {
  const active = await listSessions(deps.db)
  const days = await Promise.all(active.map(({ id }) => findSessionDay(deps, { date, session: id })))
  const meeting = days.filter(({ meets }) => meets)
  const shown = meeting.length > 0 ? meeting : days.slice(0, 1)
  return Promise.all(
    shown.map(async (session) => {
      const kelas = await readClassDays(deps, scope, session)
      // Classes it is not for stay away, unless somebody of them was recorded all the same.
      const asked = kelas.filter(({ students }) => students > 0)
      return { ...describeSessionDay(session), ...sumDays(kelas), kelas: asked }
    }),
  )
}

/** Today at a glance within a scope: counts by session and class, and the work that waits. */
export async function readBoard(deps: Deps, scope: Scope): Promise<TodayBoard> {
  const { db, config, now } = deps
  const date = todayOf(deps)
  const since = addDays(date, 1 - REVIEW_DAYS)
  const ofSchool = scope.kind === 'all'
  const [kelas, sessions, students, open, scoped, faceFailures, office, kioskEvents, settings] = await Promise.all([
    listKelas(db, scope),
    readSessions(deps, scope, date),
    countStudents(db, scope),
    countOpenWork(db, scope, since),
    countScopedWork(db, scope, since),
    countFaceFailures(db, scope, date, now()),
    ofSchool ? countOfficeWork(db, now() - SILENT_MS) : { uploads: null, kiosks_silent: null },
    countWaitingEvents(db, scope),
    readSchoolSettings(db),
  ])
  const queue = (name: 'devices' | 'face_cases' | 'accounts') => (ofSchool ? countQueue(db, name) : null)
  return {
    as_of: readWallClock(now(), config.timeZone).iso,
    school: settings.school_name,
    address: config.publicUrl ?? null,
    date,
    kelas,
    sessions,
    queues: {
      ...open,
      ...scoped,
      ...office,
      face_failures: faceFailures,
      kiosk_events: kioskEvents,
      without_face: students.without_face,
      devices: await queue('devices'),
      face_cases: await queue('face_cases'),
      accounts: await queue('accounts'),
    },
  }
}

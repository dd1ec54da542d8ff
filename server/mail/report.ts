import { randomUUID } from 'node:crypto'
import { sumDays } from '../../shared/attendance/summary.ts'
import { addDays, daysBetween, readWallClock } from '../../shared/attendance/zone.ts'
import { signHead } from '../audit/head.ts'
import { verifyAudit } from '../audit/verify.ts'
import { listBackups } from '../backup/files.ts'
import type { Deps } from '../deps.ts'
import { did, type JobOutcome, skipped } from '../jobs/job.ts'
import { countStudents } from '../reports/counts/store.ts'
import { readClassDays } from '../reports/daily/report.ts'
import { findSessionDay } from '../reports/daily/session-day.ts'
import { readSchoolSettings } from '../settings/store.ts'
import { listSessions } from '../timetable/store.ts'
import type { ReportedSession } from './compose.ts'
import { countDoubtful, listAdminAddresses, listUntoldAbsences, putMail } from './store.ts'

const SCHOOL = { kind: 'all' } as const

/** When a day is reported, on the school's wall clock. */
export const REPORT_HOUR = 17
/** Days that are reported late at most, when the server was off. */
const DAYS_LATE = 7

/**
 * The job: the day in numbers to every admin who has an address, once a day each. Numbers only: a mail goes through other
 * people's machines. It carries the signed head of the audit log, so that one exists outside this server. A server that was off at
 * the time reports that day when it is back; one that somebody asks for earlier in a day does not stand for that evening's.
 */
export async function mailReport(deps: Deps, now: number, due: number | null): Promise<JobOutcome> {
  const { db, config } = deps
  if (config.mail === undefined) return skipped('no_smtp')
  if (!(await readSchoolSettings(db)).daily_report) return skipped('setting_off')
  const admins = await listAdminAddresses(db)
  if (admins.length === 0) return skipped('no_admin_address')
  let mails = 0
  for (const { date, once } of daysToReport(now, due, config.timeZone))
    mails += await reportDay(deps, admins, { date, once }, now)
  return did({ mails })
}

/** The days of a run, oldest first, and what keeps each from being sent twice. */
function daysToReport(now: number, due: number | null, zone: string): { date: string; once: string }[] {
  const today = readWallClock(now, zone)
  const isEvening = today.minute >= REPORT_HOUR * 60
  if (due === null && !isEvening) return [{ date: today.date, once: `${today.date}:${today.minute}` }]
  const planned = readWallClock(due ?? now, zone)
  // After a failure it is tried again later, perhaps on the next day.
  const from = planned.minute >= REPORT_HOUR * 60 ? planned.date : addDays(planned.date, -1)
  const until = isEvening ? today.date : addDays(today.date, -1)
  return daysBetween(from, until)
    .slice(-DAYS_LATE)
    .map((date) => ({ date, once: date }))
}

async function reportDay(
  deps: Deps,
  admins: Awaited<ReturnType<typeof listAdminAddresses>>,
  { date, once }: { date: string; once: string },
  now: number,
): Promise<number> {
  const { db, config, keyRing } = deps
  const data = {
    date,
    students: (await countStudents(db, SCHOOL)).total,
    sessions: await readSessions({ ...deps, now: () => now }, date),
    review: await countDoubtful(db, date),
    backup: listBackups(config.storagePath)[0]?.manifest.created_at ?? null,
    broken_at: (await verifyAudit({ db, keyRing, now: () => now })).brokenAt,
    head: await signHead(db, keyRing, now),
  }
  const mails = admins.map(({ id, email }) =>
    putMail(
      { id: randomUUID(), once: `report:${once}:${id}`, userId: id, recipient: email, kind: 'report', data },
      now,
    ),
  )
  const written = await db.write(mails)
  return written.reduce((sum, { rowsAffected }) => sum + rowsAffected, 0)
}

/** The day's sessions that take place, as the daily report counts them. */
async function readSessions(deps: Deps, date: string): Promise<ReportedSession[]> {
  const days = await Promise.all(
    (await listSessions(deps.db)).map(({ id }) => findSessionDay(deps, { date, session: id })),
  )
  const meeting = days.filter(({ meets }) => meets)
  return Promise.all(
    meeting.map(async (one) => ({ name: one.name, ...sumDays(await readClassDays(deps, SCHOOL, one)) })),
  )
}

const DAY_MS = 86_400_000

/** The job: tells the parents of whoever was made alfa, once for a student, session and day. */
export async function notifyParents({ db, config }: Deps, now: number): Promise<JobOutcome> {
  if (config.mail === undefined) return skipped('no_smtp')
  if (!(await readSchoolSettings(db)).notify_parents) return skipped('setting_off')
  const yesterday = readWallClock(now - DAY_MS, config.timeZone).date
  const absences = await listUntoldAbsences(db, yesterday, now - DAY_MS)
  if (absences.length === 0) return did({ mails: 0 })
  const written = await db.write(
    absences.map(({ absensi_id, user_id, session_id, date, parent_email }) =>
      putMail(
        {
          id: randomUUID(),
          once: `alfa:${user_id}:${session_id}:${date}`,
          userId: user_id,
          recipient: parent_email,
          kind: 'alfa',
          data: { absensi_id },
        },
        now,
      ),
    ),
  )
  return did({ mails: written.reduce((sum, { rowsAffected }) => sum + rowsAffected, 0) })
}

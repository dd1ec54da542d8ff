import type { Db } from '../../db/open.ts'
import type { Statement } from '../../db/write.ts'

/** Times in ms, `day` YYYY-MM-DD: what is older goes. */
export interface Limits {
  readonly now: number
  readonly tickets: number
  readonly traces: number
  readonly attendanceTime: number
  readonly attendanceDay: string
  /** For mails, jobs and confirmations that have ended. */
  readonly ended: number
}

/** Who was suspended before that time (ms) and has a face or photographs of it. */
export async function readLeftFaces(db: Db, before: number): Promise<string[]> {
  const rows = await db.read(
    `SELECT id FROM users u WHERE suspended_at < ? AND is_active = 0
      AND (has_face = 1 OR EXISTS (SELECT 1 FROM face_uploads WHERE user_id = u.id)) ORDER BY id`,
    [before],
  )
  return rows.map(({ id }) => String(id))
}

/** What goes when its time is over, by the name the job reports it under. */
export function sweepStatements(limits: Limits): Record<string, Statement> {
  const { now, tickets, traces, attendanceTime, attendanceDay, ended } = limits
  return {
    tickets: { sql: 'DELETE FROM tickets WHERE expires_at < ?', args: [tickets] },
    refresh_tokens: { sql: 'DELETE FROM refresh_tokens WHERE expires_at <= ?', args: [now] },
    // The second limit counts when the school has shortened the time since.
    traces: {
      sql: `UPDATE liveness_checks SET trace = NULL
        WHERE trace IS NOT NULL AND (trace_until < :now OR created_at < :traces)`,
      args: { now, traces },
    },
    corrections: {
      // Those of attendances that were removed are found by their own time.
      sql: `DELETE FROM corrections WHERE created_at < :attendanceTime
        OR absensi_id IN (SELECT id FROM absensi WHERE date < :attendanceDay)`,
      args: { attendanceTime, attendanceDay },
    },
    izin_requests: { sql: 'DELETE FROM izin_requests WHERE until_date < ?', args: [attendanceDay] },
    correction_requests: { sql: 'DELETE FROM correction_requests WHERE date < ?', args: [attendanceDay] },
    absensi: { sql: 'DELETE FROM absensi WHERE date < ?', args: [attendanceDay] },
    liveness_checks: { sql: 'DELETE FROM liveness_checks WHERE created_at < ?', args: [attendanceTime] },
    kiosk_events: { sql: 'DELETE FROM kiosk_events WHERE received_at < ?', args: [attendanceTime] },
    mails: { sql: "DELETE FROM mails WHERE created_at < ? AND state <> 'waiting'", args: [ended] },
    // Jobs that the program no longer has. One that it has and that was only late is planned again.
    jobs: { sql: 'DELETE FROM jobs WHERE next_at < ? AND leased_by IS NULL', args: [ended] },
    // The last question about an address that somebody still has remains: without it she would be asked anew.
    confirmations: {
      sql: `DELETE FROM email_confirmations AS c WHERE expires_at < ?
        AND (NOT EXISTS (SELECT 1 FROM users u WHERE u.id = c.user_id AND u.email = c.email)
          OR EXISTS (SELECT 1 FROM email_confirmations n WHERE n.user_id = c.user_id AND n.email = c.email
            AND (n.created_at, n.id) > (c.created_at, c.id)))`,
      args: [ended],
    },
  }
}

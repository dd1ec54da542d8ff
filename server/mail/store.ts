import { z } from 'zod'
import type { Db } from '../db/open.ts'
import { readTotal } from '../db/total.ts'
import { mustChange, type Statement } from '../db/write.ts'

/** A mail that waits. `data` is what its kind makes the text of. */
export interface Mail {
  readonly id: string
  readonly recipient: string
  readonly kind: string
  readonly data: unknown
  readonly tries: number
}

const mailRow = z.object({
  id: z.string(),
  recipient: z.string(),
  kind: z.string(),
  data: z.string().transform((json): unknown => JSON.parse(json)),
  tries: z.number(),
})

/** Puts a mail into the outbox, unless `once` was put there before: it says what the mail is about. `userId`: for whom, or of
 * whom. */
export function putMail(
  mail: { id: string; once: string; userId: string; recipient: string; kind: string; data: unknown },
  now: number,
): Statement {
  return {
    sql: `INSERT INTO mails (id, once, user_id, recipient, kind, data, state, next_at, created_at)
      VALUES (:id, :once, :userId, :recipient, :kind, :data, 'waiting', :now, :now) ON CONFLICT (once) DO NOTHING`,
    args: { ...mail, data: JSON.stringify(mail.data), now },
  }
}

/** Up to `limit` mails whose time has come, oldest first. */
export async function readDueMails(db: Db, now: number, limit: number): Promise<Mail[]> {
  const rows = await db.read(
    `SELECT id, recipient, kind, data, tries FROM mails WHERE state = 'waiting' AND next_at <= ?
      ORDER BY next_at, id LIMIT ?`,
    [now, limit],
  )
  return rows.map((row) => mailRow.parse(row))
}

/** Takes a mail for one try, the next not before `nextAt`; breaks the batch when another process has taken it. */
export function takeMail(mail: Mail, nextAt: number): Statement[] {
  return [
    {
      sql: "UPDATE mails SET tries = tries + 1, next_at = ? WHERE id = ? AND state = 'waiting' AND tries = ?",
      args: [nextAt, mail.id, mail.tries],
    },
    mustChange,
  ]
}

/** Ends a mail; what it said is forgotten. */
export function endMail(
  id: string,
  state: 'sent' | 'dropped' | 'failed',
  error: string | null,
  now: number,
): Statement {
  return {
    sql: "UPDATE mails SET state = ?, error = ?, ended_at = ?, data = 'null' WHERE id = ?",
    args: [state, error, now, id],
  }
}

/** Notes why a try failed; the mail keeps waiting. */
export function noteFailure(id: string, error: string): Statement {
  return { sql: 'UPDATE mails SET error = ? WHERE id = ?', args: [error, id] }
}

/** How many mails wait. */
export async function countWaiting(db: Db): Promise<number> {
  const [row] = await db.read("SELECT count(*) AS waiting FROM mails WHERE state = 'waiting'")
  return z.object({ waiting: z.number() }).parse(row).waiting
}

/** Drops everything that waits: after a restore nobody knows what of it was sent. */
export function dropWaiting(now: number): Statement {
  return {
    sql: "UPDATE mails SET state = 'dropped', error = 'restored', ended_at = ?, data = 'null' WHERE state = 'waiting'",
    args: [now],
  }
}

/** Attendances of a day (YYYY-MM-DD) that wait for a person. */
export async function countDoubtful(db: Db, date: string): Promise<number> {
  const [row] = await db.read("SELECT count(*) AS total FROM absensi WHERE date = ? AND grade = 'review'", [date])
  return readTotal(row)
}

const personRow = z.object({ id: z.string(), email: z.string() })

/** Active admins who have an address. */
export async function listAdminAddresses(db: Db): Promise<{ id: string; email: string }[]> {
  const rows = await db.read(
    "SELECT id, email FROM users WHERE role = 'admin' AND is_active = 1 AND email IS NOT NULL ORDER BY id",
  )
  return rows.map((row) => personRow.parse(row))
}

const absenceRow = z.object({
  absensi_id: z.string(),
  user_id: z.string(),
  session_id: z.string(),
  date: z.string(),
  parent_email: z.string(),
})
export type Absence = z.infer<typeof absenceRow>

/**
 * Students recorded alfa since `since` (ms), on `fromDate` or later, whose parents have an address and were not told: a
 * session that closes at midnight is recorded on the next day.
 */
export async function listUntoldAbsences(db: Db, fromDate: string, since: number): Promise<Absence[]> {
  const rows = await db.read(
    `SELECT a.id AS absensi_id, a.user_id, a.session_id, a.date, u.parent_email FROM absensi a
      JOIN users u ON u.id = a.user_id AND u.is_active = 1 AND u.parent_email IS NOT NULL
      WHERE a.date >= ? AND a.status = 'alfa' AND a.created_at >= ? AND NOT EXISTS
        (SELECT 1 FROM mails m WHERE m.once = 'alfa:' || a.user_id || ':' || a.session_id || ':' || a.date)
      ORDER BY a.id LIMIT 5000`,
    [fromDate, since],
  )
  return rows.map((row) => absenceRow.parse(row))
}

const toldRow = z.object({ name: z.string(), session: z.string().nullable(), date: z.string() })

/** What an absence's notice says; null when it is no alfa any more, or the student is gone. */
export async function findAbsence(db: Db, absensiId: string): Promise<z.infer<typeof toldRow> | null> {
  const [row] = await db.read(
    `SELECT u.name, s.name AS session, a.date FROM absensi a JOIN users u ON u.id = a.user_id AND u.is_active = 1
      LEFT JOIN sessions s ON s.id = a.session_id WHERE a.id = ? AND a.status = 'alfa'`,
    [absensiId],
  )
  return row === undefined ? null : toldRow.parse(row)
}

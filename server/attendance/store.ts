import { z } from 'zod'
import { type Grade, gradeSchema, type Status, statusSchema } from '../../shared/contract/absensi.ts'
import type { Db } from '../db/open.ts'
import type { Statement } from '../db/write.ts'

/** One attendance as stored. */
export interface Attendance {
  readonly id: string
  readonly userId: string
  readonly sessionId: string
  /** The school's calendar day, YYYY-MM-DD. */
  readonly date: string
  /** The moment that counts, ms. */
  readonly timestamp: number
  readonly status: Status
  readonly grade: Grade
  readonly lateMinutes: number
  /** 0..1, calibrated. */
  readonly confidence: number
}

/** What is noted beside an attendance, for staff. */
export interface AttendanceOrigin {
  readonly deviceId: string
  readonly deviceInfo: string | undefined
  readonly ipAddress: string
  readonly checkId: string
}

const attendanceRow = z
  .object({
    id: z.string(),
    user_id: z.string(),
    session_id: z.string(),
    date: z.string(),
    timestamp: z.number(),
    status: statusSchema,
    grade: gradeSchema,
    late_minutes: z.number(),
    confidence: z.number(),
  })
  .transform(
    (row): Attendance => ({
      id: row.id,
      userId: row.user_id,
      sessionId: row.session_id,
      date: row.date,
      timestamp: row.timestamp,
      status: row.status,
      grade: row.grade,
      lateMinutes: row.late_minutes,
      confidence: row.confidence,
    }),
  )

const COLUMNS = 'id, user_id, session_id, date, timestamp, status, grade, late_minutes, confidence'

/** A user's own attendance by its id, or null. */
export async function findAttendance(db: Db, id: string, userId: string): Promise<Attendance | null> {
  const [row] = await db.read(`SELECT ${COLUMNS} FROM absensi WHERE id = ? AND user_id = ?`, [id, userId])
  return row === undefined ? null : attendanceRow.parse(row)
}

/** A user's attendance in a session on a day, or null. */
export async function findAttendanceOn(
  db: Db,
  key: { userId: string; sessionId: string; date: string },
): Promise<Attendance | null> {
  const [row] = await db.read(`SELECT ${COLUMNS} FROM absensi WHERE user_id = ? AND session_id = ? AND date = ?`, [
    key.userId,
    key.sessionId,
    key.date,
  ])
  return row === undefined ? null : attendanceRow.parse(row)
}

/** Records an attendance; breaks the batch (`isConflict`) when the user has one in that session and day. */
export function insertAttendance(one: Attendance, origin: AttendanceOrigin, now: number): Statement {
  return {
    sql: `INSERT INTO absensi (id, user_id, session_id, date, timestamp, status, grade, late_minutes, confidence,
      device_id, device_info, ip_address, check_id, created_at) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
    args: [
      one.id,
      one.userId,
      one.sessionId,
      one.date,
      one.timestamp,
      one.status,
      one.grade,
      one.lateMinutes,
      one.confidence,
      origin.deviceId,
      origin.deviceInfo ?? null,
      origin.ipAddress,
      origin.checkId,
      now,
    ],
  }
}

import { z } from 'zod'
import {
  type Grade,
  gradeSchema,
  type Method,
  methodSchema,
  placeSchema,
  type Status,
  statusSchema,
} from '../../shared/contract/absensi.ts'
import type { Db } from '../db/open.ts'
import { readTotal } from '../db/total.ts'
import { mustChange, type Statement } from '../db/write.ts'
import type { Placed } from './place.ts'

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
  /** 0..1, calibrated; 0 where no face was looked at. */
  readonly confidence: number
  readonly method: Method
  readonly place: z.infer<typeof placeSchema> | null
  /** When she checked out, ms. */
  readonly leftAt: number | null
  readonly note: string | null
}

/** What is noted beside an attendance, for staff. */
export interface AttendanceOrigin {
  readonly deviceId: string | null
  readonly deviceInfo: string | undefined
  readonly ipAddress: string
  readonly checkId: string | null
  readonly placed: Placed
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
    method: methodSchema,
    place: placeSchema.nullable(),
    left_at: z.number().nullable(),
    note: z.string().nullable(),
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
      method: row.method,
      place: row.place,
      leftAt: row.left_at,
      note: row.note,
    }),
  )

const COLUMNS = `id, user_id, session_id, date, timestamp, status, grade, late_minutes, confidence, method, place,
  left_at, note`

/** A user's own attendance by its id, or null. */
export async function findAttendance(db: Db, id: string, userId: string): Promise<Attendance | null> {
  const [row] = await db.read(`SELECT ${COLUMNS} FROM absensi WHERE id = ? AND user_id = ?`, [id, userId])
  return row === undefined ? null : attendanceRow.parse(row)
}

/** Everything recorded of a user on a day. */
export async function listAttendanceOn(db: Db, userId: string, date: string): Promise<Attendance[]> {
  const rows = await db.read(`SELECT ${COLUMNS} FROM absensi WHERE user_id = ? AND date = ?`, [userId, date])
  return rows.map((row) => attendanceRow.parse(row))
}

/** A page of what is recorded of a user between two days (both included), newest first, with the count of all. */
export async function listHistory(
  db: Db,
  userId: string,
  page: { from?: string | undefined; until?: string | undefined; limit: number; offset: number },
): Promise<{ total: number; rows: { attendance: Attendance; sessionName: string | null }[] }> {
  const { from = '0000-01-01', until = '9999-12-31', limit, offset } = page
  const [counted] = await db.read('SELECT count(*) AS total FROM absensi WHERE user_id = ? AND date BETWEEN ? AND ?', [
    userId,
    from,
    until,
  ])
  const rows = await db.read(
    `SELECT a.*, s.name AS session_name FROM absensi a LEFT JOIN sessions s ON s.id = a.session_id
      WHERE a.user_id = ? AND a.date BETWEEN ? AND ? ORDER BY a.date DESC, a.timestamp DESC, a.id LIMIT ? OFFSET ?`,
    [userId, from, until, limit, offset],
  )
  const nameRow = z.object({ session_name: z.string().nullable() })
  return {
    total: readTotal(counted),
    rows: rows.map((row) => ({
      attendance: attendanceRow.parse(row),
      sessionName: nameRow.parse(row).session_name,
    })),
  }
}

const countRow = z.object({ month: z.string(), status: statusSchema, count: z.number() })

/** How often a user had each status in each month (YYYY-MM), the newest month first. */
export async function countByMonth(db: Db, userId: string): Promise<z.infer<typeof countRow>[]> {
  const rows = await db.read(
    `SELECT substr(date, 1, 7) AS month, status, count(*) AS count FROM absensi WHERE user_id = ?
      GROUP BY month, status ORDER BY month DESC`,
    [userId],
  )
  return rows.map((row) => countRow.parse(row))
}

/** Records an attendance by a check-in; breaks the batch (`isConflict`) when the user has one in that session and day. */
export function insertAttendance(
  one: Omit<Attendance, 'place' | 'leftAt' | 'note'>,
  origin: AttendanceOrigin,
  now: number,
): Statement {
  const { place, distance, accuracy } = origin.placed
  return {
    sql: `INSERT INTO absensi (id, user_id, session_id, date, timestamp, status, grade, late_minutes, confidence,
      device_id, device_info, ip_address, location, place, check_id, method, created_at)
      VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
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
      distance === null ? null : JSON.stringify({ distance, accuracy }),
      place,
      origin.checkId,
      one.method,
      now,
    ],
  }
}

/**
 * Notes that somebody present checked out; breaks the batch (`isConflict`) when she had before. A leaving that has to be
 * looked at puts the attendance (back) into that queue; a coming that has to be looked at stays there whatever the leaving is.
 */
export function noteLeaving(id: string, leftAt: number, grade: Grade): Statement[] {
  return [
    {
      sql: `UPDATE absensi SET left_at = :leftAt,
          grade = CASE WHEN :grade = 'verified' OR grade = 'review' THEN grade ELSE :grade END,
          grade_arrived = CASE WHEN :grade = 'verified' OR grade = 'review' THEN NULL ELSE grade END
        WHERE id = :id AND left_at IS NULL AND status IN ('hadir', 'terlambat')`,
      args: { id, leftAt, grade },
    },
    mustChange,
  ]
}

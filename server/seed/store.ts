import { z } from 'zod'
import { CONSENT_VERSION } from '../../shared/contract/consents.ts'
import type { Db } from '../db/open.ts'
import type { Statement } from '../db/write.ts'
import type { NewEncoding } from '../gallery/store.ts'
import type { SeedGuru, SeedStudent } from './people.ts'
import type { SeedHoliday } from './term.ts'

// Rows travel as one JSON array a statement: a million of them one by one would be a million calls.

/** A row of `absensi`, by column: id, user, date, timestamp (ms), status, grade, late minutes, confidence, method. */
export type AttendanceRow = readonly [
  id: string,
  userId: string,
  date: string,
  timestamp: number,
  status: string,
  grade: string,
  lateMinutes: number,
  confidence: number,
  method: string,
]

/** A row of `izin_requests`: id, user, kind, from, until, reason, state, decided by, decided at (ms), created at (ms). */
export type IzinRow = readonly [
  id: string,
  userId: string,
  kind: string,
  from: string,
  until: string,
  reason: string,
  state: string,
  decidedBy: string | null,
  decidedAt: number | null,
  createdAt: number,
]

/** Whether anybody's attendance could be in here. */
export async function hasStudents(db: Db): Promise<boolean> {
  const [row] = await db.read("SELECT EXISTS (SELECT 1 FROM users WHERE role = 'user') AS found")
  return z.object({ found: z.number() }).parse(row).found === 1
}

const ACCOMMODATION = JSON.stringify({ poses: 'guided', slow: false })

export function insertStudents(students: readonly SeedStudent[], now: number): Statement[] {
  const people = JSON.stringify(students.map(({ id, nim, name, kelas, hasFace }) => [id, nim, name, kelas, +hasFace]))
  return [
    {
      sql: `INSERT INTO users (id, nim, name, role, kelas, has_face, accommodation, created_at, updated_at)
        SELECT value ->> 0, value ->> 1, value ->> 2, 'user', value ->> 3, value ->> 4, :accommodation, :now, :now
        FROM json_each(:people)`,
      args: { people, accommodation: ACCOMMODATION, now },
    },
    {
      sql: `INSERT INTO consents (id, user_id, version, given_at)
        SELECT value ->> 0, value ->> 0, :version, :now FROM json_each(:people) WHERE value ->> 4 = 1`,
      args: { people, version: CONSENT_VERSION, now },
    },
  ]
}

export function insertGurus(gurus: readonly SeedGuru[], now: number): Statement[] {
  const people = JSON.stringify(gurus.map(({ id, nim, name }) => [id, nim, name]))
  const classes = JSON.stringify(gurus.flatMap(({ id, kelas }) => kelas.map((one) => [id, one])))
  return [
    {
      sql: `INSERT INTO users (id, nim, name, role, accommodation, created_at, updated_at)
        SELECT value ->> 0, value ->> 1, value ->> 2, 'guru', :accommodation, :now, :now FROM json_each(:people)`,
      args: { people, accommodation: ACCOMMODATION, now },
    },
    {
      sql: 'INSERT INTO guru_kelas (user_id, kelas) SELECT value ->> 0, value ->> 1 FROM json_each(:classes)',
      args: { classes },
    },
  ]
}

/** The school meets from Monday to Friday, but for its holidays. */
export function insertCalendar(holidays: readonly SeedHoliday[], now: number): Statement[] {
  return [
    { sql: "UPDATE sessions SET days = '[1,2,3,4,5]', updated_at = ? WHERE id = 'harian'", args: [now] },
    {
      sql: `INSERT INTO holidays (id, from_date, until_date, name, created_at)
        SELECT 'libur-' || (value ->> 0), value ->> 0, value ->> 1, value ->> 2, :now FROM json_each(:days)`,
      args: { days: JSON.stringify(holidays.map(({ from, until, name }) => [from, until, name])), now },
    },
  ]
}

export function insertAttendances(rows: readonly AttendanceRow[]): Statement {
  return {
    sql: `INSERT INTO absensi (id, user_id, session_id, date, timestamp, status, grade, late_minutes, confidence, method,
        created_at)
      SELECT value ->> 0, value ->> 1, 'harian', value ->> 2, value ->> 3, value ->> 4, value ->> 5, value ->> 6,
        value ->> 7, value ->> 8, value ->> 3 FROM json_each(:rows)`,
    args: { rows: JSON.stringify(rows) },
  }
}

export function insertIzin(rows: readonly IzinRow[]): Statement {
  return {
    sql: `INSERT INTO izin_requests (id, user_id, kind, from_date, until_date, reason, state, decided_by, decided_at,
        created_at)
      SELECT value ->> 0, value ->> 1, value ->> 2, value ->> 3, value ->> 4, value ->> 5, value ->> 6, value ->> 7,
        value ->> 8, value ->> 9 FROM json_each(:rows)`,
    args: { rows: JSON.stringify(rows) },
  }
}

/** Notes that the sessions of these days (with the time each closed, ms) have been closed. */
export function insertClosings(days: readonly (readonly [date: string, closedAt: number])[]): Statement {
  return {
    sql: `INSERT INTO session_closings (session_id, date, closed_at, missing)
      SELECT 'harian', value ->> 0, value ->> 1,
        (SELECT count(*) FROM absensi WHERE date = value ->> 0 AND status = 'alfa') FROM json_each(:days)`,
    args: { days: JSON.stringify(days) },
  }
}

/** Sealed shots of several students. */
export function insertEncodings(encodings: readonly NewEncoding[], now: number): Statement[] {
  return encodings.map((one) => ({
    sql: `INSERT INTO face_encodings (id, user_id, enrolment_id, model, encoding_data, pose, quality, confidence,
      created_at) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)`,
    args: [one.id, one.userId, one.enrolmentId, one.model, one.sealed, one.pose, one.quality, one.confidence, now],
  }))
}

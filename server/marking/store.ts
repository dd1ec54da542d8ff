import { z } from 'zod'
import type { Status } from '../../shared/contract/absensi.ts'
import type { Db } from '../db/open.ts'
import { RANDOM_UUID } from '../db/uuid.ts'
import type { Statement } from '../db/write.ts'
import { APPROVED_KIND, type IzinKind } from '../izin/store.ts'
import { type Scope, scopeSql } from '../users/scope.ts'

/** What a person says of one student in a session. `lateMinutes` only counts for terlambat. */
export interface Mark {
  readonly userId: string
  readonly status: Status
  readonly note: string | null
  readonly lateMinutes: number | null
  /** The status whoever marks saw recorded, null for none. Left out: whatever is recorded. */
  readonly was?: Status | null
  /** When she came, ms, where that is known; else it counts as the moment it was written. */
  readonly at?: number
}

/** A session on a day. */
export interface Slot {
  readonly sessionId: string
  readonly date: string
}

const INTO = `INSERT INTO absensi (id, user_id, session_id, date, timestamp, status, grade, late_minutes, confidence,
  method, note, created_at)`

/** The condition that a user `u` has no row in a slot. */
export const NO_ROW = `NOT EXISTS (SELECT 1 FROM absensi a WHERE a.user_id = u.id AND a.session_id = :sessionId
  AND a.date = :date)`

/** A field of a mark `m` of `:marks`. */
export const field = (name: string) => `json_extract(m.value, '$.${name}')`

/** The arguments of statements over marks. */
export const argsOf = (scope: Scope, slot: Slot, marks: readonly Mark[]) => ({
  ...scopeSql(scope).args,
  sessionId: slot.sessionId,
  date: slot.date,
  marks: JSON.stringify(marks),
})

/** A status by hand for whoever has no row, and the method of that: an approved absence comes before alfa, as at the close. */
const soften = (status: string) => ({
  status: `CASE WHEN ${status} = 'alfa' THEN coalesce(${APPROVED_KIND}, 'alfa') ELSE ${status} END`,
  method: `CASE WHEN ${status} = 'alfa' AND ${APPROVED_KIND} IS NOT NULL THEN 'izin' ELSE 'manual' END`,
})

/** Adds rows by hand for the marked students in the scope who have none; an approved absence comes before alfa. */
export function insertMarks(scope: Scope, slot: Slot, marks: readonly Mark[], now: number): Statement {
  const { status, method } = soften(field('status'))
  return {
    sql: `${INTO} SELECT ${RANDOM_UUID}, u.id, :sessionId, :date, coalesce(${field('at')}, :now), ${status}, 'verified',
      CASE WHEN ${field('status')} = 'terlambat' THEN coalesce(${field('lateMinutes')}, 0) ELSE 0 END, 0, ${method},
      ${field('note')}, :now FROM json_each(:marks) m JOIN users u ON u.id = ${field('userId')}
      WHERE ${scopeSql(scope).sql} ON CONFLICT (user_id, session_id, date) DO NOTHING`,
    args: { ...argsOf(scope, slot, marks), now },
  }
}

/** Whoever is asked for in a session: students who are active and approved. */
const STUDENT = "u.role = 'user' AND u.is_active = 1 AND u.approval = 'approved'"

/** Adds a row by hand for every student of a class, in the scope, who has none; an approved izin comes before alfa. */
export function insertUnmarked(
  scope: Scope,
  slot: Slot,
  to: { kelas: string; status: Status },
  now: number,
): Statement {
  const { status, method } = soften(':status')
  return {
    sql: `${INTO} SELECT ${RANDOM_UUID}, u.id, :sessionId, :date, :now, ${status}, 'verified', 0, 0, ${method}, NULL, :now FROM users u WHERE u.kelas = :kelas AND ${STUDENT} AND ${scopeSql(scope).sql} AND ${NO_ROW}
      ON CONFLICT (user_id, session_id, date) DO NOTHING`,
    args: { ...argsOf(scope, slot, []), kelas: to.kelas, status: to.status, now },
  }
}

/** Students named by id, within a scope. */
export async function listStudents(
  db: Db,
  scope: Scope,
  ids: readonly string[],
): Promise<{ id: string; kelas: string | null }[]> {
  const { sql, args } = scopeSql(scope)
  const rows = await db.read(
    `SELECT u.id, u.kelas FROM json_each(:ids) m JOIN users u ON u.id = m.value WHERE u.role = 'user' AND ${sql}`,
    { ...args, ids: JSON.stringify(ids) },
  )
  return rows.map((row) => z.object({ id: z.string(), kelas: z.string().nullable() }).parse(row))
}

/** A session on a day that is over, and who was asked for. Times in ms; classes null: every one. */
export interface Closing extends Slot {
  readonly endedAt: number
  /** Who came to the school after it is not asked for. */
  readonly knownBefore: number
  readonly kelas: readonly string[] | null
  /** The classes that had a holiday; null: everybody had. */
  readonly free: readonly string[] | null
}

/**
 * Whether a user `u` was present that day in a session at the same hours that is not her class's and of no class this one is for:
 * she was moved since.
 */
const WAS_ELSEWHERE = `EXISTS (SELECT 1 FROM absensi e JOIN sessions o ON o.id = e.session_id JOIN sessions t ON t.id = :sessionId
  WHERE e.user_id = u.id AND e.date = :date AND e.status IN ('hadir', 'terlambat') AND o.id <> t.id AND o.opens <= t.closes
    AND t.opens <= o.closes AND u.kelas IS NOT NULL AND o.kelas IS NOT NULL
    AND t.kelas IS NOT NULL AND u.kelas NOT IN (SELECT value FROM json_each(o.kelas))
    AND NOT EXISTS (SELECT 1 FROM json_each(o.kelas) x JOIN json_each(t.kelas) y ON x.value = y.value))`

/**
 * Closes a session on a day, once: whoever was asked for and has no row gets alfa, or izin and sakit where that was
 * approved. Whoever was moved to this class since, and was present in that of before at these hours, was not asked for. Breaks the batch (`isConflict`) when it was closed before. One statement however many students there are.
 */
export function insertClosing(closing: Closing, now: number): Statement[] {
  const { sessionId, date, endedAt, knownBefore, kelas, free } = closing
  const slot = { sessionId, date }
  const missing: Statement = {
    sql: `${INTO} SELECT ${RANDOM_UUID}, x.id, :sessionId, :date, :endedAt, coalesce(x.kind, 'alfa'), 'verified', 0, 0,
      CASE WHEN x.kind IS NULL THEN 'close' ELSE 'izin' END, NULL, :now FROM (
        SELECT u.id, ${APPROVED_KIND} AS kind FROM users u WHERE ${STUDENT} AND u.created_at < :knownBefore
          AND (:kelas IS NULL OR u.kelas IN (SELECT value FROM json_each(:kelas)))
          AND (u.kelas IS NULL OR u.kelas NOT IN (SELECT value FROM json_each(:free))) AND ${NO_ROW} AND NOT ${WAS_ELSEWHERE}
      ) x WHERE true ON CONFLICT (user_id, session_id, date) DO NOTHING`,
    args: {
      ...slot,
      endedAt,
      knownBefore,
      kelas: kelas === null ? null : JSON.stringify(kelas),
      free: JSON.stringify(free ?? []),
      now,
    },
  }
  return [
    {
      sql: 'INSERT INTO session_closings (session_id, date, closed_at, missing) VALUES (:sessionId, :date, :now, 0)',
      args: { ...slot, now },
    },
    ...(free === null
      ? []
      : [
          missing,
          {
            sql: 'UPDATE session_closings SET missing = changes() WHERE session_id = :sessionId AND date = :date',
            args: slot,
          },
        ]),
  ]
}

/** When the first student came to the school, ms; null while there is none. */
export async function findFirstStudent(db: Db): Promise<number | null> {
  const [row] = await db.read("SELECT min(created_at) AS first FROM users WHERE role = 'user'")
  return z.object({ first: z.number().nullable() }).parse(row).first
}

/** The sessions and days, from a day on, that were closed. */
export async function listClosings(db: Db, sessionIds: readonly string[], from: string): Promise<Slot[]> {
  const rows = await db.read(
    `SELECT session_id, date FROM session_closings
      WHERE session_id IN (SELECT value FROM json_each(?)) AND date >= ?`,
    [JSON.stringify(sessionIds), from],
  )
  const slotRow = z.object({ session_id: z.string(), date: z.string() })
  return rows.map((row) => slotRow.parse(row)).map((row) => ({ sessionId: row.session_id, date: row.date }))
}

/** Breaks the batch (`isConflict`) when a session was closed on a day. */
export function requireUnclosed({ sessionId, date }: Slot): Statement {
  return {
    sql: `INSERT INTO must_change (rows) SELECT NOT EXISTS (
      SELECT 1 FROM session_closings WHERE session_id = ? AND date = ?)`,
    args: [sessionId, date],
  }
}

/** Adds an approved absence for the sessions a user has no row in. `endedAt` in ms. */
export function insertIzinRows(
  userId: string,
  kind: IzinKind,
  slots: readonly (Slot & { readonly endedAt: number })[],
  now: number,
): Statement {
  return {
    sql: `${INTO} SELECT ${RANDOM_UUID}, :userId, ${field('sessionId')}, ${field('date')}, ${field('endedAt')}, :kind,
      'verified', 0, 0, 'izin', NULL, :now FROM json_each(:slots) m WHERE true
      ON CONFLICT (user_id, session_id, date) DO NOTHING`,
    args: { userId, kind, slots: JSON.stringify(slots), now },
  }
}

import { z } from 'zod'
import type { HolidayRule, SessionRule } from '../../shared/attendance/timetable.ts'
import {
  type HolidayRequest,
  type PlaceRule,
  placeRuleSchema,
  type SessionRequest,
} from '../../shared/contract/timetable.ts'
import type { Db } from '../db/open.ts'
import { mustChange, type Statement } from '../db/write.ts'

/** A session as stored. */
export interface Session extends SessionRule {
  readonly place: PlaceRule | null
  readonly is_active: boolean
  /** When its rules were last changed, ms: days that were over by then are not judged by them. */
  readonly updatedAt: number
}

export interface Holiday extends HolidayRule {
  readonly id: string
}

const json = <S extends z.ZodType>(schema: S) => z.string().transform((text) => schema.parse(JSON.parse(text)))
const kelasList = json(z.array(z.string())).nullable()

const sessionRow = z
  .object({
    id: z.string(),
    name: z.string(),
    kelas: kelasList,
    days: json(z.array(z.number())),
    opens: z.string(),
    late_after: z.string(),
    closes: z.string(),
    grace_minutes: z.number(),
    leaving_opens: z.string().nullable(),
    leaving_closes: z.string().nullable(),
    place: json(placeRuleSchema).nullable(),
    valid_from: z.string().nullable(),
    valid_until: z.string().nullable(),
    is_active: z.number().transform((value) => value === 1),
    updated_at: z.number(),
  })
  .transform(({ updated_at, ...row }): Session => ({ ...row, updatedAt: updated_at }))

const SESSION_COLUMNS = `id, name, kelas, days, opens, late_after, closes, grace_minutes, leaving_opens, leaving_closes,
  place, valid_from, valid_until, is_active, updated_at`

/** The sessions that are held, or with `all` every one that ever was, in order of their opening. */
export async function listSessions(db: Db, { all = false }: { all?: boolean } = {}): Promise<Session[]> {
  const rows = await db.read(
    `SELECT ${SESSION_COLUMNS} FROM sessions ${all ? '' : 'WHERE is_active = 1'} ORDER BY opens, closes, id`,
  )
  return rows.map((row) => sessionRow.parse(row))
}

/** One session, held or not; null when there is none. */
export async function findSession(db: Db, id: string): Promise<Session | null> {
  const [row] = await db.read(`SELECT ${SESSION_COLUMNS} FROM sessions WHERE id = ?`, [id])
  return row === undefined ? null : sessionRow.parse(row)
}

const toArgs = (id: string, session: SessionRequest, now: number) => ({
  id,
  name: session.name,
  kelas: session.kelas === null ? null : JSON.stringify(session.kelas),
  days: JSON.stringify(session.days),
  opens: session.opens,
  late_after: session.late_after,
  closes: session.closes,
  grace_minutes: session.grace_minutes,
  leaving_opens: session.leaving_opens,
  leaving_closes: session.leaving_closes,
  place: session.place === null ? null : JSON.stringify(session.place),
  valid_from: session.valid_from,
  valid_until: session.valid_until,
  is_active: session.is_active ? 1 : 0,
  now,
})

export function insertSession(id: string, session: SessionRequest, now: number): Statement {
  return {
    sql: `INSERT INTO sessions (${SESSION_COLUMNS}, created_at) VALUES (:id, :name, :kelas, :days, :opens, :late_after,
      :closes, :grace_minutes, :leaving_opens, :leaving_closes, :place, :valid_from, :valid_until, :is_active, :now, :now)`,
    args: toArgs(id, session, now),
  }
}

/** Replaces a session; breaks the batch (`isConflict`) when there is none. */
export function replaceSession(id: string, session: SessionRequest, now: number): Statement[] {
  return [
    {
      sql: `UPDATE sessions SET name = :name, kelas = :kelas, days = :days, opens = :opens, late_after = :late_after,
        closes = :closes, grace_minutes = :grace_minutes, leaving_opens = :leaving_opens,
        leaving_closes = :leaving_closes, place = :place, valid_from = :valid_from, valid_until = :valid_until,
        is_active = :is_active, updated_at = :now WHERE id = :id`,
      args: toArgs(id, session, now),
    },
    mustChange,
  ]
}

/** Removes a session without attendance (the first statement changes a row), else deactivates it (the second does). */
export function removeSession(id: string, now: number): Statement[] {
  return [
    {
      sql: 'DELETE FROM sessions WHERE id = :id AND NOT EXISTS (SELECT 1 FROM absensi WHERE session_id = :id)',
      args: { id },
    },
    { sql: 'UPDATE sessions SET is_active = 0, updated_at = ? WHERE id = ?', args: [now, id] },
  ]
}

const holidayRow = z.object({
  id: z.string(),
  name: z.string(),
  from_date: z.string(),
  until_date: z.string(),
  kelas: kelasList,
})

/** Holidays that touch a range of days (both included), the earliest first. */
export async function listHolidays(
  db: Db,
  { from = '0000-01-01', until = '9999-12-31' }: { from?: string | undefined; until?: string | undefined } = {},
): Promise<Holiday[]> {
  const rows = await db.read(
    `SELECT id, name, from_date, until_date, kelas FROM holidays WHERE from_date <= ? AND until_date >= ?
      ORDER BY from_date, id`,
    [until, from],
  )
  return rows.map((row) => holidayRow.parse(row))
}

export function insertHoliday(id: string, holiday: HolidayRequest, now: number): Statement {
  return {
    sql: 'INSERT INTO holidays (id, name, from_date, until_date, kelas, created_at) VALUES (?, ?, ?, ?, ?, ?)',
    args: [
      id,
      holiday.name,
      holiday.from_date,
      holiday.until_date,
      holiday.kelas === null ? null : JSON.stringify(holiday.kelas),
      now,
    ],
  }
}

/** Removes a holiday; breaks the batch (`isConflict`) when there is none. */
export function deleteHoliday(id: string): Statement[] {
  return [{ sql: 'DELETE FROM holidays WHERE id = ?', args: [id] }, mustChange]
}

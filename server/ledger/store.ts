import { z } from 'zod'
import { gradeSchema, methodSchema, placeSchema, statusSchema } from '../../shared/contract/absensi.ts'
import { correctedValueSchema, type StaffAbsensiQuery } from '../../shared/contract/absensi-admin.ts'
import type { Db } from '../db/open.ts'
import { readTotal } from '../db/total.ts'
import { type Scope, scopeSql } from '../users/scope.ts'

/** An attendance with whose it is and where it came from. Times in ms. */
const entryRow = z.object({
  id: z.string(),
  user_id: z.string(),
  name: z.string(),
  nim: z.string(),
  kelas: z.string().nullable(),
  session_id: z.string(),
  session_name: z.string().nullable(),
  date: z.string(),
  timestamp: z.number(),
  status: statusSchema,
  grade: gradeSchema,
  late_minutes: z.number(),
  confidence: z.number(),
  method: methodSchema,
  place: placeSchema.nullable(),
  location: z
    .string()
    .transform((json) => z.object({ distance: z.number(), accuracy: z.number() }).parse(JSON.parse(json)))
    .nullable(),
  left_at: z.number().nullable(),
  grade_arrived: gradeSchema.nullable(),
  note: z.string().nullable(),
  device_id: z.string().nullable(),
  device_info: z.string().nullable(),
  corrections: z.number(),
  check_result: z.string().nullable(),
  check_reason: z.string().nullable(),
})
export type Entry = z.infer<typeof entryRow>

const COLUMNS = `a.id, a.user_id, u.name, u.nim, u.kelas, a.session_id, s.name AS session_name, a.date, a.timestamp,
  a.status, a.grade, a.late_minutes, a.confidence, a.method, a.place, a.location, a.left_at, a.grade_arrived, a.note, a.device_id,
  a.device_info, (SELECT count(*) FROM corrections c WHERE c.absensi_id = a.id) AS corrections,
  l.result AS check_result, l.reason AS check_reason`

const JOINS = `JOIN users u ON u.id = a.user_id LEFT JOIN sessions s ON s.id = a.session_id
  LEFT JOIN liveness_checks l ON l.id = a.check_id`

/** One attendance within a scope, or null. */
export async function findEntry(db: Db, id: string, scope: Scope): Promise<Entry | null> {
  const { sql, args } = scopeSql(scope)
  const [row] = await db.read(`SELECT ${COLUMNS} FROM absensi a ${JOINS} WHERE a.id = :id AND ${sql}`, { ...args, id })
  return row === undefined ? null : entryRow.parse(row)
}

export type LedgerFilter = Omit<StaffAbsensiQuery, 'grade' | 'order'> & {
  readonly grades?: readonly StaffAbsensiQuery['grade'][] | undefined
}

const FILTERS = {
  from: 'a.date >= :from',
  until: 'a.date <= :until',
  status: 'a.status = :status',
  user_id: 'a.user_id = :user_id',
  device_id: 'a.device_id = :device_id',
  session_id: 'a.session_id = :session_id',
  method: 'a.method = :method',
  kelas: 'u.kelas = :kelas',
} as const

const ORDERS = {
  newest: 'ORDER BY a.date DESC, a.timestamp DESC, a.id DESC',
  oldest: 'ORDER BY a.date, a.timestamp, a.id',
  name: 'ORDER BY u.name COLLATE NOCASE, u.id, a.date DESC, a.timestamp DESC, a.id DESC',
} as const satisfies Record<StaffAbsensiQuery['order'], string>

/**
 * A page of the attendances within a scope, with the count of all. Pages are picked by index before anything is joined to
 * them.
 */
export async function listEntries(
  db: Db,
  scope: Scope,
  filter: LedgerFilter,
  order: StaffAbsensiQuery['order'] = 'newest',
): Promise<{ total: number; rows: Entry[] }> {
  const inScope = scopeSql(scope)
  const where = [inScope.sql]
  const args: Record<string, string | number> = { ...inScope.args }
  for (const [name, sql] of Object.entries(FILTERS)) {
    const value = filter[name as keyof typeof FILTERS]
    if (value === undefined) continue
    where.push(sql)
    args[name] = value
  }
  if (filter.grades !== undefined) {
    where.push('a.grade IN (SELECT value FROM json_each(:grades))')
    args.grades = JSON.stringify(filter.grades)
  }
  const isWhere = `WHERE ${where.join(' AND ')}`
  // Everybody's attendance is counted without looking at who it is.
  const isOfSome = scope.kind !== 'all' || filter.kelas !== undefined
  const from = `FROM absensi a ${isOfSome ? 'JOIN users u ON u.id = a.user_id' : ''} ${isWhere}`
  // By name from person to person (a cross join keeps the order of its tables), which ends with the page; else a million
  // rows would be sorted for it.
  const page = order === 'name' ? `FROM users u CROSS JOIN absensi a ON a.user_id = u.id ${isWhere}` : from
  const [counted] = await db.read(`SELECT count(*) AS total ${from}`, args)
  const by = ORDERS[order]
  const rows = await db.read(
    `SELECT ${COLUMNS} FROM (SELECT a.id ${page} ${by} LIMIT :limit OFFSET :offset) page
      JOIN absensi a ON a.id = page.id ${JOINS} ${by}`,
    { ...args, limit: filter.limit, offset: filter.offset },
  )
  return {
    total: readTotal(counted),
    rows: rows.map((row) => entryRow.parse(row)),
  }
}

const value = z.string().transform((json): unknown => JSON.parse(json))
const correctionRow = z.object({
  id: z.string(),
  by_user: z.string().nullable(),
  by_name: z.string().nullable(),
  reason: z.string(),
  old_value: value.pipe(correctedValueSchema),
  new_value: value.pipe(correctedValueSchema.nullable()),
  created_at: z.number(),
})

/** Every correction of an attendance within a scope, oldest first; also of one that was removed. */
export async function listCorrections(
  db: Db,
  absensiId: string,
  scope: Scope,
): Promise<z.infer<typeof correctionRow>[]> {
  const { sql, args } = scopeSql(scope)
  const rows = await db.read(
    `SELECT c.id, c.by_user, b.name AS by_name, c.reason, c.old_value, c.new_value, c.created_at
      FROM corrections c JOIN users u ON u.id = c.user_id LEFT JOIN users b ON b.id = c.by_user
      WHERE c.absensi_id = :absensiId AND ${sql} ORDER BY c.created_at, c.rowid`,
    { ...args, absensiId },
  )
  return rows.map((row) => correctionRow.parse(row))
}

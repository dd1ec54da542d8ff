import { z } from 'zod'
import { izinStateSchema } from '../../shared/contract/izin.ts'
import type { Db } from '../db/open.ts'
import { readTotal } from '../db/total.ts'
import { mustChange, type Statement } from '../db/write.ts'
import { type Scope, scopeSql } from '../users/scope.ts'

const kindSchema = z.enum(['izin', 'sakit'])
export type IzinKind = z.infer<typeof kindSchema>

/** A request for days off, with whose it is. Dates YYYY-MM-DD, both included; times ms. */
const izinRow = z.object({
  id: z.string(),
  user_id: z.string(),
  name: z.string(),
  nim: z.string(),
  kelas: z.string().nullable(),
  user_created_at: z.number(),
  kind: kindSchema,
  from_date: z.string(),
  until_date: z.string(),
  reason: z.string(),
  state: izinStateSchema,
  decided_by: z.string().nullable(),
  decided_by_name: z.string().nullable(),
  decided_at: z.number().nullable(),
  note: z.string().nullable(),
  created_at: z.number(),
})
export type Izin = z.infer<typeof izinRow>

const SELECT = `SELECT i.id, i.user_id, u.name, u.nim, u.kelas, u.created_at AS user_created_at, i.kind, i.from_date,
  i.until_date, i.reason, i.state, i.decided_by, d.name AS decided_by_name, i.decided_at, i.note, i.created_at
  FROM izin_requests i JOIN users u ON u.id = i.user_id LEFT JOIN users d ON d.id = i.decided_by`

/** A request within a scope, or null. */
export async function findIzin(db: Db, id: string, scope: Scope): Promise<Izin | null> {
  const { sql, args } = scopeSql(scope)
  const [row] = await db.read(`${SELECT} WHERE i.id = :id AND ${sql}`, { ...args, id })
  return row === undefined ? null : izinRow.parse(row)
}

const studentRow = z.object({
  kelas: z.string().nullable(),
  user_created_at: z.number(),
  is_active: z.number().transform((value) => value === 1),
})

/** A student within a scope, as an izin that is entered for her has to know her; null when there is none. */
export async function findStudent(db: Db, id: string, scope: Scope): Promise<z.output<typeof studentRow> | null> {
  const { sql, args } = scopeSql(scope)
  const [row] = await db.read(
    `SELECT u.kelas, u.created_at AS user_created_at, u.is_active AND u.approval = 'approved' AS is_active FROM users u
      WHERE u.id = :id AND u.role = 'user' AND ${sql}`,
    { ...args, id },
  )
  return row === undefined ? null : studentRow.parse(row)
}

/** The approved request of a user that holds a day, or null. */
export async function findIzinOn(db: Db, userId: string, date: string): Promise<{ kind: IzinKind } | null> {
  const [row] = await db.read(
    `SELECT kind FROM izin_requests WHERE user_id = ? AND state = 'approved' AND from_date <= ? AND until_date >= ?
      LIMIT 1`,
    [userId, date, date],
  )
  return row === undefined ? null : z.object({ kind: kindSchema }).parse(row)
}

export interface IzinFilter {
  readonly state?: z.infer<typeof izinStateSchema> | undefined
  readonly kelas?: string | undefined
  readonly user_id?: string | undefined
  readonly limit: number
  readonly offset: number
}

/** A page of the requests within a scope, newest first, with the count of all. */
export async function listIzin(db: Db, scope: Scope, filter: IzinFilter): Promise<{ total: number; rows: Izin[] }> {
  const inScope = scopeSql(scope)
  const where = [inScope.sql]
  if (filter.state !== undefined) where.push('i.state = :state')
  if (filter.kelas !== undefined) where.push('u.kelas = :kelas')
  if (filter.user_id !== undefined) where.push('i.user_id = :userId')
  const args = {
    ...inScope.args,
    ...(filter.state === undefined ? {} : { state: filter.state }),
    ...(filter.kelas === undefined ? {} : { kelas: filter.kelas }),
    ...(filter.user_id === undefined ? {} : { userId: filter.user_id }),
  }
  const condition = where.join(' AND ')
  const [counted] = await db.read(
    `SELECT count(*) AS total FROM izin_requests i JOIN users u ON u.id = i.user_id WHERE ${condition}`,
    args,
  )
  const rows = await db.read(
    `${SELECT} WHERE ${condition} ORDER BY i.created_at DESC, i.id LIMIT :limit OFFSET :offset`,
    { ...args, limit: filter.limit, offset: filter.offset },
  )
  return {
    total: readTotal(counted),
    rows: rows.map((row) => izinRow.parse(row)),
  }
}

export interface NewIzin {
  readonly id: string
  readonly userId: string
  readonly kind: IzinKind
  readonly from_date: string
  readonly until_date: string
  readonly reason: string
}

/** Adds a request; breaks the batch (`isConflict`) when one of its days is asked for or free already. */
export function insertIzin(izin: NewIzin, now: number): Statement[] {
  return [
    {
      sql: `INSERT INTO izin_requests (id, user_id, kind, from_date, until_date, reason, state, created_at)
        SELECT :id, :userId, :kind, :from, :until, :reason, 'open', :now WHERE NOT EXISTS (
          SELECT 1 FROM izin_requests WHERE user_id = :userId AND state IN ('open', 'approved')
            AND from_date <= :until AND until_date >= :from)`,
      args: {
        id: izin.id,
        userId: izin.userId,
        kind: izin.kind,
        from: izin.from_date,
        until: izin.until_date,
        reason: izin.reason,
        now,
      },
    },
    mustChange,
  ]
}

/** Settles an open request; breaks the batch (`isConflict`) when it is not open any more. */
export function settleIzin(
  id: string,
  to: { state: 'approved' | 'refused' | 'withdrawn'; by: string; note: string | undefined },
  now: number,
): Statement[] {
  return [
    {
      sql: `UPDATE izin_requests SET state = ?, decided_by = ?, decided_at = ?, note = ?
        WHERE id = ? AND state = 'open'`,
      args: [to.state, to.by, now, to.note ?? null, id],
    },
    mustChange,
  ]
}

/** Opens a decided request again; breaks the batch (`isConflict`) when it is not decided, or another one has its days. */
export function reopenIzin(id: string): Statement[] {
  return [
    {
      sql: `UPDATE izin_requests SET state = 'open', decided_by = NULL, decided_at = NULL, note = NULL
        WHERE id = :id AND state IN ('approved', 'refused') AND NOT EXISTS (
          SELECT 1 FROM izin_requests o WHERE o.user_id = izin_requests.user_id AND o.id <> :id
            AND o.state IN ('open', 'approved') AND o.from_date <= izin_requests.until_date
            AND o.until_date >= izin_requests.from_date)`,
      args: { id },
    },
    mustChange,
  ]
}

/** The condition of an approved request that holds a day: names the kind, null without one. For the close of a session. */
export const APPROVED_KIND = `(SELECT i.kind FROM izin_requests i WHERE i.user_id = u.id AND i.state = 'approved'
  AND i.from_date <= :date AND i.until_date >= :date LIMIT 1)`

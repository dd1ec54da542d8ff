import { z } from 'zod'
import { statusSchema } from '../../shared/contract/absensi.ts'
import { correctionStateSchema, wantedStatusSchema } from '../../shared/contract/absensi-admin.ts'
import type { Db } from '../db/open.ts'
import { readTotal } from '../db/total.ts'
import { mustChange, type Statement } from '../db/write.ts'
import { type Scope, scopeSql } from '../users/scope.ts'

/** "This is wrong", with whose it is and what is recorded now. Times in ms. */
const requestRow = z.object({
  id: z.string(),
  user_id: z.string(),
  name: z.string(),
  nim: z.string(),
  kelas: z.string().nullable(),
  session_id: z.string(),
  session_name: z.string().nullable(),
  date: z.string(),
  status: wantedStatusSchema,
  recorded: statusSchema.nullable(),
  reason: z.string(),
  state: correctionStateSchema,
  decided_at: z.number().nullable(),
  note: z.string().nullable(),
  created_at: z.number(),
})
export type CorrectionRequest = z.infer<typeof requestRow>

const SELECT = `SELECT r.id, r.user_id, u.name, u.nim, u.kelas, r.session_id, s.name AS session_name, r.date, r.status,
  a.status AS recorded, r.reason, r.state, r.decided_at, r.note, r.created_at
  FROM correction_requests r JOIN users u ON u.id = r.user_id LEFT JOIN sessions s ON s.id = r.session_id
  LEFT JOIN absensi a ON a.user_id = r.user_id AND a.session_id = r.session_id AND a.date = r.date`

/** A request within a scope, or null. */
export async function findRequest(db: Db, id: string, scope: Scope): Promise<CorrectionRequest | null> {
  const { sql, args } = scopeSql(scope)
  const [row] = await db.read(`${SELECT} WHERE r.id = :id AND ${sql}`, { ...args, id })
  return row === undefined ? null : requestRow.parse(row)
}

/** A page of the requests within a scope, newest first, with the count of all. */
export async function listRequests(
  db: Db,
  scope: Scope,
  page: { state?: CorrectionRequest['state'] | undefined; limit: number; offset: number },
): Promise<{ total: number; rows: CorrectionRequest[] }> {
  const inScope = scopeSql(scope)
  const where = `${inScope.sql} ${page.state === undefined ? '' : 'AND r.state = :state'}`
  const args = { ...inScope.args, ...(page.state === undefined ? {} : { state: page.state }) }
  const [counted] = await db.read(
    `SELECT count(*) AS total FROM correction_requests r JOIN users u ON u.id = r.user_id WHERE ${where}`,
    args,
  )
  const rows = await db.read(`${SELECT} WHERE ${where} ORDER BY r.created_at DESC, r.id LIMIT :limit OFFSET :offset`, {
    ...args,
    limit: page.limit,
    offset: page.offset,
  })
  return {
    total: readTotal(counted),
    rows: rows.map((row) => requestRow.parse(row)),
  }
}

export interface NewRequest {
  readonly id: string
  readonly userId: string
  readonly sessionId: string
  readonly date: string
  readonly status: CorrectionRequest['status']
  readonly reason: string
}

/** Adds a request; breaks the batch (`isConflict`) when an open one is there for that session and day. */
export function insertRequest(one: NewRequest, now: number): Statement {
  return {
    sql: `INSERT INTO correction_requests (id, user_id, session_id, date, status, reason, state, created_at)
      VALUES (?, ?, ?, ?, ?, ?, 'open', ?)`,
    args: [one.id, one.userId, one.sessionId, one.date, one.status, one.reason, now],
  }
}

/** Settles an open request; breaks the batch (`isConflict`) when it is not open any more. */
export function settleRequest(
  id: string,
  to: { state: 'accepted' | 'refused'; by: string; note: string | undefined },
  now: number,
): Statement[] {
  return [
    {
      sql: `UPDATE correction_requests SET state = ?, decided_by = ?, decided_at = ?, note = ?
        WHERE id = ? AND state = 'open'`,
      args: [to.state, to.by, now, to.note ?? null, id],
    },
    mustChange,
  ]
}

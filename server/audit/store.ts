import { z } from 'zod'
import type { auditLineSchema } from '../../shared/contract/audit.ts'
import type { Db } from '../db/open.ts'
import { readTotal } from '../db/total.ts'
import type { Statement } from '../db/write.ts'
import type { AuditLine } from './audit.ts'

const headRow = z.object({ seq: z.number(), hash: z.string(), count: z.number() })

const lineRow = z
  .object({
    seq: z.number(),
    prev: z.string(),
    hash: z.string(),
    key_version: z.number(),
    user_id: z.string().nullable(),
    action: z.string(),
    entity_type: z.string(),
    entity_id: z.string().nullable(),
    details: z.string().nullable(),
    ip_address: z.string().nullable(),
    user_agent: z.string().nullable(),
    details_salt: z.string().nullable(),
    details_hash: z.string(),
    created_at: z.number(),
  })
  .transform(
    (row): AuditLine => ({
      seq: row.seq,
      prev: row.prev,
      hash: row.hash,
      keyVersion: row.key_version,
      userId: row.user_id,
      action: row.action,
      entityType: row.entity_type,
      entityId: row.entity_id,
      details: row.details,
      ipAddress: row.ip_address,
      userAgent: row.user_agent,
      detailsSalt: row.details_salt,
      detailsHash: row.details_hash,
      createdAt: row.created_at,
    }),
  )

/**
 * The last line's number and hash, and the number of lines, which is the same number;
 * null while the log is empty.
 */
export async function readHead(db: Db): Promise<{ seq: number; hash: string; count: number } | null> {
  const [row] = await db.read('SELECT seq, hash, seq AS count FROM audit_logs ORDER BY seq DESC LIMIT 1')
  return row === undefined ? null : headRow.parse(row)
}

/** The hash of a line by its number; null when there is none. */
export async function readHash(db: Db, seq: number): Promise<string | null> {
  const [row] = await db.read('SELECT hash FROM audit_logs WHERE seq = ?', [seq])
  return row === undefined ? null : String(row.hash)
}

/** Up to `limit` lines after number `after`, oldest first. */
export async function readLines(db: Db, after: number, limit: number): Promise<AuditLine[]> {
  const rows = await db.read('SELECT * FROM audit_logs WHERE seq > ? ORDER BY seq LIMIT ?', [after, limit])
  return rows.map((row) => lineRow.parse(row))
}

/** The statement that appends a line. */
export function insertLine(line: AuditLine): Statement {
  return {
    sql: `INSERT INTO audit_logs (seq, prev, hash, key_version, user_id, action, entity_type, entity_id, details,
      ip_address, user_agent, details_salt, details_hash, created_at) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
    args: [
      line.seq,
      line.prev,
      line.hash,
      line.keyVersion,
      line.userId,
      line.action,
      line.entityType,
      line.entityId,
      line.details,
      line.ipAddress,
      line.userAgent,
      line.detailsSalt,
      line.detailsHash,
      line.createdAt,
    ],
  }
}

/** What lines are asked for; times in ms, `until` not included. */
export interface AuditFilter {
  readonly action?: string | undefined
  readonly user_id?: string | undefined
  readonly entity_type?: string | undefined
  readonly entity_id?: string | undefined
  readonly from?: number | undefined
  readonly until?: number | undefined
}

const FILTERS = {
  action: 'a.action = :action',
  user_id: 'a.user_id = :user_id',
  entity_type: 'a.entity_type = :entity_type',
  entity_id: 'a.entity_id = :entity_id',
  from: 'a.created_at >= :from',
  until: 'a.created_at < :until',
} as const satisfies Record<keyof AuditFilter, string>

type ShownLine = z.infer<typeof auditLineSchema>

const shownRow = z
  .object({
    seq: z.number(),
    created_at: z.number().transform((ms) => new Date(ms).toISOString()),
    user_id: z.string().nullable(),
    nim: z.string().nullable(),
    name: z.string().nullable(),
    action: z.string(),
    entity_type: z.string(),
    entity_id: z.string().nullable(),
    subject_id: z.string().nullable(),
    details: z
      .string()
      .nullable()
      .transform((json): unknown => (json === null ? null : JSON.parse(json))),
    details_erased: z.number().transform((flag) => flag === 1),
    ip_address: z.string().nullable(),
    user_agent: z.string().nullable(),
  })
  .transform((row) => row as Omit<ShownLine, 'named'>)

/** The person a line is about: by what it is about, else as its details say. */
const SUBJECT = `coalesce(CASE a.entity_type
  WHEN 'user' THEN a.entity_id WHEN 'face' THEN a.entity_id WHEN 'consent' THEN a.entity_id
  WHEN 'absensi' THEN (SELECT user_id FROM absensi WHERE id = a.entity_id)
  WHEN 'izin' THEN (SELECT user_id FROM izin_requests WHERE id = a.entity_id)
  WHEN 'correction_request' THEN (SELECT user_id FROM correction_requests WHERE id = a.entity_id)
  WHEN 'face_upload' THEN (SELECT user_id FROM face_uploads WHERE id = a.entity_id)
  WHEN 'ticket' THEN (SELECT user_id FROM tickets WHERE id = a.entity_id) END,
  a.details ->> '$.user', a.details ->> '$.user_id')`

/** Lines a filter lets through, newest first, and how many there are in all. */
export async function listAudit(
  db: Db,
  filter: AuditFilter,
  page: { limit: number; offset: number },
): Promise<{ total: number; data: ShownLine[] }> {
  const args: Record<string, string | number> = {}
  const conditions = Object.entries(FILTERS).flatMap(([key, sql]) => {
    const value = filter[key as keyof AuditFilter]
    if (value === undefined) return []
    args[key] = value
    return [sql]
  })
  const where = conditions.length === 0 ? '' : `WHERE ${conditions.join(' AND ')}`
  const [count] = await db.read(`SELECT count(*) AS total FROM audit_logs a ${where}`, args)
  const rows = await db.read(
    `SELECT a.seq, a.created_at, a.user_id, u.nim, u.name, a.action, a.entity_type, a.entity_id, ${SUBJECT} AS subject_id,
      a.details, a.details_salt IS NULL AS details_erased, a.ip_address, a.user_agent
      FROM (SELECT a.seq FROM audit_logs a ${where} ORDER BY a.created_at DESC, a.seq DESC
        LIMIT :limit OFFSET :offset) page
      JOIN audit_logs a ON a.seq = page.seq LEFT JOIN users u ON u.id = a.user_id ORDER BY a.created_at DESC, a.seq DESC`,
    { ...args, limit: page.limit, offset: page.offset },
  )
  const lines = rows.map((row) => shownRow.parse(row))
  const named = await findNamed(db, lines.flatMap(idsOf))
  const data = lines.map((line) => {
    const ids = new Set(idsOf(line))
    return { ...line, named: named.filter(({ id }) => ids.has(id)) }
  })
  return { total: readTotal(count), data }
}

/** How many lines `listAudit` shows before a line, without a filter; null: there is no such line. */
export async function findPlace(db: Db, seq: number): Promise<number | null> {
  const [row] = await db.read(
    `SELECT (SELECT count(*) FROM audit_logs b WHERE b.created_at > a.created_at
        OR (b.created_at = a.created_at AND b.seq > a.seq)) AS total FROM audit_logs a WHERE a.seq = ?`,
    [seq],
  )
  return row === undefined ? null : readTotal(row)
}

/** Every id a line may be told by: what it is about, and what its details name. */
const idsOf = ({ entity_id, subject_id, details }: Omit<ShownLine, 'named'>): string[] =>
  [entity_id, subject_id, ...Object.values(details ?? {})].filter((one) => typeof one === 'string')

const namedRow = z.object({ id: z.string(), name: z.string(), nim: z.string().nullable() })

/** What ids stand for: people, devices, sessions, holidays, kiosks that are being paired. */
async function findNamed(db: Db, ids: readonly string[]): Promise<z.infer<typeof namedRow>[]> {
  const among = 'id IN (SELECT value FROM json_each(:ids))'
  const rows = await db.read(
    `SELECT id, name, nim FROM users WHERE ${among}
      UNION SELECT id, label, NULL FROM devices WHERE ${among} AND label <> ''
      UNION SELECT id, name, NULL FROM sessions WHERE ${among}
      UNION SELECT id, name, NULL FROM holidays WHERE ${among}
      UNION SELECT id, label, NULL FROM kiosk_pairings WHERE ${among}`,
    { ids: JSON.stringify([...new Set(ids)]) },
  )
  return rows.map((row) => namedRow.parse(row))
}

const ERASE = 'UPDATE audit_logs SET details = NULL, ip_address = NULL, user_agent = NULL, details_salt = NULL'

/** Erases what lines older than `before` (ms) say beyond ids; the chain stays whole. */
export function eraseDetailsBefore(before: number): Statement {
  return { sql: `${ERASE} WHERE details_salt IS NOT NULL AND created_at < ?`, args: [before] }
}

/** Erases what all lines by or about a user say beyond ids, for the erasure of an account; the chain stays whole. */
export function eraseDetailsOf(userId: string): Statement[] {
  return [
    { sql: `${ERASE} WHERE user_id = ? AND details_salt IS NOT NULL`, args: [userId] },
    { sql: `${ERASE} WHERE entity_id = ? AND details_salt IS NOT NULL`, args: [userId] },
  ]
}

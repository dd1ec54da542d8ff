import { z } from 'zod'
import type { Db } from '../db/open.ts'
import type { Statement } from '../db/write.ts'
import type { AuditLine } from './audit.ts'

const headRow = z.object({ seq: z.number(), hash: z.string() })

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

/** The last line's number and hash; null while the log is empty. */
export async function readHead(db: Db): Promise<{ seq: number; hash: string } | null> {
  const [row] = await db.read('SELECT seq, hash FROM audit_logs ORDER BY seq DESC LIMIT 1')
  return row === undefined ? null : headRow.parse(row)
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

import { z } from 'zod'
import { type adminDeviceSchema, type adminDevicesQuery, deviceSchema } from '../../../shared/contract/devices.ts'
import type { Db } from '../../db/open.ts'
import { readTotal } from '../../db/total.ts'
import { mustChange, type Statement } from '../../db/write.ts'
import { type Scope, scopeSql } from '../../users/scope.ts'

type AdminDevice = z.output<typeof adminDeviceSchema>
const time = z.number().transform((ms) => new Date(ms).toISOString())

const queueRow = z
  .object({
    id: z.string(),
    kind: deviceSchema.shape.kind,
    label: z.string(),
    status: deviceSchema.shape.status,
    created_at: time,
    approved_at: time.nullable(),
    revoked_at: time.nullable(),
    user_id: z.string().nullable(),
    nim: z.string().nullable(),
    name: z.string().nullable(),
    kelas: z.string().nullable(),
    others: z.number(),
  })
  .transform(
    ({ user_id, nim, name, kelas, ...device }): AdminDevice => ({
      ...device,
      user: user_id === null || nim === null || name === null ? null : { id: user_id, nim, name, kelas },
    }),
  )

/** Devices of the people within a scope, waiting ones first, then the newest; kiosks belong to nobody: for admins only. */
export async function listQueue(
  db: Db,
  scope: Scope,
  query: z.output<typeof adminDevicesQuery>,
): Promise<{ total: number; data: AdminDevice[] }> {
  const within = scopeSql(scope, 'u')
  const parts: string[] = scope.kind === 'all' ? [] : [within.sql]
  const args: Record<string, string | number> = { ...within.args }
  for (const name of ['status', 'kind', 'user_id'] as const) {
    const value = query[name]
    if (value === undefined) continue
    parts.push(`d.${name} = :${name}`)
    args[name] = value
  }
  const from = `FROM devices d LEFT JOIN users u ON u.id = d.user_id WHERE ${['1', ...parts].join(' AND ')}`
  const rows = await db.read(
    `SELECT d.id, d.kind, d.label, d.status, d.created_at, d.approved_at, d.revoked_at, d.user_id, u.nim, u.name, u.kelas,
        (SELECT count(*) FROM devices o WHERE o.id = d.id AND o.user_id <> d.user_id) AS others
      ${from} ORDER BY (d.status <> 'pending'), d.created_at DESC LIMIT :limit OFFSET :offset`,
    { ...args, limit: query.limit, offset: query.offset },
  )
  const [count] = await db.read(`SELECT count(*) AS total ${from}`, args)
  const total = readTotal(count)
  return { total, data: rows.map((row) => queueRow.parse(row)) }
}

/**
 * Makes a waiting phone its student's active one; her phone before is revoked in the same batch. Breaks the batch
 * (`isConflict`) when this phone does not wait, or another student is active on it.
 */
export function approvePhone(id: string, userId: string, now: number): Statement[] {
  const args = { id, userId, now }
  return [
    {
      sql: `UPDATE devices SET status = 'revoked', revoked_at = :now
        WHERE user_id = :userId AND kind = 'phone' AND status = 'active' AND id <> :id`,
      args,
    },
    {
      sql: `UPDATE devices SET status = 'active', approved_at = :now
        WHERE id = :id AND user_id = :userId AND kind = 'phone' AND status = 'pending'`,
      args,
    },
    mustChange,
  ]
}

/** Revokes a registration of a device; one that is revoked already stays as it is. */
export function revokeDevice(id: string, userId: string, now: number): Statement {
  return {
    sql: `UPDATE devices SET status = 'revoked', revoked_at = :now
      WHERE id = :id AND user_id = :userId AND status <> 'revoked'`,
    args: { id, userId, now },
  }
}

/** Forgets a phone that only waits. */
export function forgetPending(id: string, userId: string): Statement {
  return { sql: "DELETE FROM devices WHERE id = ? AND user_id = ? AND status = 'pending'", args: [id, userId] }
}

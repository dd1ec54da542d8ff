import { z } from 'zod'
import { type PublicJwk, publicJwkSchema } from '../../shared/contract/capture.ts'
import type { deviceSchema } from '../../shared/contract/devices.ts'
import type { Db } from '../db/open.ts'
import type { Statement } from '../db/write.ts'
import { refuse } from '../http/problem.ts'

export interface Device {
  /** RFC 7638 thumbprint of `jwk`. */
  readonly id: string
  readonly userId: string | null
  readonly kind: 'phone' | 'kiosk'
  readonly jwk: PublicJwk
  readonly label: string
  readonly status: 'active' | 'pending' | 'revoked'
  readonly createdAt: number
}

const deviceRow = z
  .object({
    id: z.string(),
    user_id: z.string().nullable(),
    kind: z.enum(['phone', 'kiosk']),
    jwk: z.string().transform((json) => publicJwkSchema.parse(JSON.parse(json))),
    label: z.string(),
    status: z.enum(['active', 'pending', 'revoked']),
    created_at: z.number(),
  })
  .transform(
    (row): Device => ({
      id: row.id,
      userId: row.user_id,
      kind: row.kind,
      jwk: row.jwk,
      label: row.label,
      status: row.status,
      createdAt: row.created_at,
    }),
  )

const COLUMNS = 'id, user_id, kind, jwk, label, status, created_at'

/** This user's registration of a device, in whatever status; null when there is none. */
export async function findDevice(db: Db, id: string, userId: string): Promise<Device | null> {
  const [row] = await db.read(`SELECT ${COLUMNS} FROM devices WHERE id = ? AND user_id = ?`, [id, userId])
  return row === undefined ? null : deviceRow.parse(row)
}

/** All devices a user has registered, oldest first. */
export async function listDevices(db: Db, userId: string): Promise<Device[]> {
  const rows = await db.read(`SELECT ${COLUMNS} FROM devices WHERE user_id = ? ORDER BY created_at, id`, [userId])
  return rows.map((row) => deviceRow.parse(row))
}

/** Whether somebody else has this device, or waits with it. */
export async function isAnothers(db: Db, id: string, userId: string): Promise<boolean> {
  const sql = "SELECT 1 FROM devices WHERE id = ? AND user_id <> ? AND status <> 'revoked' LIMIT 1"
  return (await db.read(sql, [id, userId])).length > 0
}

/**
 * Registers a phone: active at once when it is the student's first and no other student is active on it, else pending. A
 * student one of whose phones was revoked, by herself or the office, waits with the next: whoever has the phone, or only her
 * password, would otherwise be let in again at once.
 * Decided inside the statement, so that two at once cannot both be first. Again by the same user: nothing changes.
 */
export function insertPhone(
  device: { id: string; userId: string; jwk: PublicJwk; label: string },
  now: number,
): Statement {
  return {
    sql: `INSERT INTO devices (id, user_id, kind, jwk, label, status, created_at)
      SELECT :id, :userId, 'phone', :jwk, :label, CASE WHEN EXISTS (
        SELECT 1 FROM devices WHERE status = 'active' AND id = :id
      ) OR EXISTS (
        SELECT 1 FROM devices WHERE user_id = :userId AND kind = 'phone' AND status IN ('active', 'revoked')
      ) THEN 'pending' ELSE 'active' END, :now
      WHERE true
      ON CONFLICT (id, user_id) DO NOTHING`,
    args: { id: device.id, userId: device.userId, jwk: JSON.stringify(device.jwk), label: device.label, now },
  }
}

/** This registration, unless it was revoked. */
const LET_IN = "SELECT 1 FROM devices WHERE id = ? AND user_id IS ? AND status <> 'revoked'"

/** Breaks the batch (`isConflict`) when a registration was revoked or taken away since it was read: nothing of it is taken any more. */
export function requireNotRevoked({ id, userId }: Pick<Device, 'id' | 'userId'>): Statement {
  return { sql: `INSERT INTO must_change (rows) SELECT EXISTS (${LET_IN})`, args: [id, userId] }
}

/** @throws the problem `unauthenticated` of a kiosk, `wrong_device` of a phone, when it is revoked or gone by now */
export async function refuseRevoked(
  db: Db,
  { id, userId, kind }: Pick<Device, 'id' | 'userId' | 'kind'>,
): Promise<void> {
  if ((await db.read(LET_IN, [id, userId])).length === 0) refuse(kind === 'kiosk' ? 'unauthenticated' : 'wrong_device')
}

/** What a reply shows of a device. */
export function describeDevice(device: Device): z.infer<typeof deviceSchema> {
  return {
    id: device.id,
    kind: device.kind,
    label: device.label,
    status: device.status,
    created_at: new Date(device.createdAt).toISOString(),
  }
}

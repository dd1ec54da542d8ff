import { z } from 'zod'
import { gradeSchema, statusSchema } from '../../shared/contract/absensi.ts'
import { type PublicJwk, publicJwkSchema } from '../../shared/contract/capture.ts'
import type { Db } from '../db/open.ts'
import { mustChange, type Statement } from '../db/write.ts'

/** A kiosk that was let in. */
export interface Kiosk {
  /** RFC 7638 thumbprint of `jwk`. */
  readonly id: string
  readonly jwk: PublicJwk
  readonly label: string
  readonly room: string
  /** Null: every class. */
  readonly kelas: readonly string[] | null
  readonly status: 'active' | 'revoked'
  readonly createdAt: number
  readonly lastSeen: number | null
  /** What it last told of itself. Times in ms. */
  readonly told: {
    readonly at: number
    readonly queue: number
    readonly oldest: number | null
    readonly stock: number
    readonly version: string
  } | null
}

const kioskRow = z
  .object({
    id: z.string(),
    jwk: z.string().transform((json) => publicJwkSchema.parse(JSON.parse(json))),
    label: z.string(),
    room: z.string(),
    kelas: z.string().nullable(),
    status: z.enum(['active', 'revoked']),
    created_at: z.number(),
    last_seen: z.number().nullable(),
    queue: z.number().nullable(),
    oldest: z.number().nullable(),
    stock: z.number().nullable(),
    version: z.string().nullable(),
    told_at: z.number().nullable(),
  })
  .transform(
    ({ created_at, last_seen, kelas, queue, oldest, stock, version, told_at, ...row }): Kiosk => ({
      ...row,
      told:
        told_at === null ? null : { at: told_at, queue: queue ?? 0, oldest, stock: stock ?? 0, version: version ?? '' },
      kelas: kelas === null ? null : z.array(z.string()).parse(JSON.parse(kelas)),
      createdAt: created_at,
      lastSeen: last_seen,
    }),
  )

const KIOSKS = `SELECT d.id, d.jwk, d.label, k.room, k.kelas, d.status, d.created_at, k.last_seen, k.queue,
  k.oldest, k.stock, k.version, k.told_at
  FROM devices d JOIN kiosks k ON k.device_id = d.id WHERE d.kind = 'kiosk'`

/**
 * The active kiosk with this key, with `revoked` also one that was shut out, or null: read at every call, so that a revoked
 * one is out at once.
 */
export async function findKiosk(db: Db, id: string, { revoked = false } = {}): Promise<Kiosk | null> {
  const [row] = await db.read(`${KIOSKS} AND d.id = ? ${revoked ? '' : "AND d.status = 'active'"}`, [id])
  return row === undefined ? null : kioskRow.parse(row)
}

/** Every kiosk that was ever let in, the newest first. */
export async function listKiosks(db: Db): Promise<Kiosk[]> {
  const rows = await db.read(`${KIOSKS} ORDER BY d.created_at DESC, d.id LIMIT 500`)
  return rows.map((row) => kioskRow.parse(row))
}

/** Whether this key was ever registered, by a kiosk or a phone. */
export async function isKnownKey(db: Db, id: string): Promise<boolean> {
  return (await db.read('SELECT 1 AS found FROM devices WHERE id = ? LIMIT 1', [id])).length > 0
}

/** Lets a kiosk in; breaks the batch (`isConflict`) when its key was registered before. */
export function insertKiosk(
  kiosk: { id: string; jwk: PublicJwk; label: string; room: string; kelas: readonly string[] | null },
  now: number,
): Statement[] {
  return [
    {
      sql: `INSERT INTO devices (id, user_id, kind, jwk, label, status, created_at, approved_at)
        SELECT :id, NULL, 'kiosk', :jwk, :label, 'active', :now, :now
        WHERE NOT EXISTS (SELECT 1 FROM devices WHERE id = :id)`,
      args: { id: kiosk.id, jwk: JSON.stringify(kiosk.jwk), label: kiosk.label, now },
    },
    mustChange,
    {
      sql: 'INSERT INTO kiosks (device_id, room, kelas) VALUES (?, ?, ?)',
      args: [kiosk.id, kiosk.room, kiosk.kelas === null ? null : JSON.stringify(kiosk.kelas)],
    },
  ]
}

/** Moves a kiosk to another place; breaks the batch (`isConflict`) when there is no active one with this key. */
export function moveKiosk(
  id: string,
  { label, room, kelas }: { label: string; room: string; kelas: readonly string[] | null },
): Statement[] {
  return [
    {
      sql: `UPDATE devices SET label = ? WHERE id = ? AND kind = 'kiosk' AND status = 'active'`,
      args: [label, id],
    },
    mustChange,
    {
      sql: 'UPDATE kiosks SET room = ?, kelas = ? WHERE device_id = ?',
      args: [room, kelas === null ? null : JSON.stringify(kelas), id],
    },
  ]
}

/** Shuts a kiosk out; breaks the batch (`isConflict`) when there is no active one with this key. */
export function revokeKiosk(id: string, now: number): Statement[] {
  return [
    {
      sql: `UPDATE devices SET status = 'revoked', revoked_at = ? WHERE id = ? AND kind = 'kiosk' AND status = 'active'`,
      args: [now, id],
    },
    mustChange,
  ]
}

/** Notes that a kiosk was there. */
export function setLastSeen(id: string, now: number): Statement {
  return { sql: 'UPDATE kiosks SET last_seen = ? WHERE device_id = ?', args: [now, id] }
}

/**
 * The newest check-in of a person between two moments (ms, both left out), by whatever door; its id, or null. What was made
 * because nobody came, or was set by hand (at whatever time, for whatever day), is none.
 */
export async function findAttendanceNear(
  db: Db,
  userId: string,
  after: number,
  before: number,
): Promise<string | null> {
  const [row] = await db.read(
    `SELECT id FROM absensi WHERE user_id = ? AND timestamp > ? AND timestamp < ? AND method IN ('face', 'kiosk', 'code')
      ORDER BY timestamp DESC LIMIT 1`,
    [userId, after, before],
  )
  return row === undefined ? null : z.object({ id: z.string() }).parse(row).id
}

const markedRow = z.object({
  name: z.string(),
  kelas: z.string().nullable(),
  status: statusSchema,
  grade: gradeSchema,
  late_minutes: z.number(),
  timestamp: z.number(),
  left_at: z.number().nullable(),
})

/** What a kiosk shows of an attendance, or null when it is gone. */
export async function readMarked(db: Db, absensiId: string): Promise<z.infer<typeof markedRow> | null> {
  const [row] = await db.read(
    `SELECT u.name, u.kelas, a.status, a.grade, a.late_minutes, a.timestamp, a.left_at FROM absensi a
      JOIN users u ON u.id = a.user_id WHERE a.id = ?`,
    [absensiId],
  )
  return row === undefined ? null : markedRow.parse(row)
}

import { z } from 'zod'
import { type PublicJwk, publicJwkSchema } from '../../../shared/contract/capture.ts'
import type { Db } from '../../db/open.ts'
import { mustChange, type Statement } from '../../db/write.ts'

/** A pairing that is under way. */
export interface Pairing {
  readonly id: string
  readonly label: string
  readonly room: string
  readonly kelas: readonly string[] | null
  /** The kiosk that came with the code; null: none yet. */
  readonly claim: { readonly deviceId: string; readonly jwk: PublicJwk } | null
  readonly createdAt: number
  readonly expiresAt: number
}

const pairingRow = z
  .object({
    id: z.string(),
    label: z.string(),
    room: z.string(),
    kelas: z.string().nullable(),
    device_id: z.string().nullable(),
    jwk: z.string().nullable(),
    created_at: z.number(),
    expires_at: z.number(),
  })
  .transform(
    ({ kelas, device_id, jwk, ...row }): Pairing => ({
      id: row.id,
      label: row.label,
      room: row.room,
      kelas: kelas === null ? null : z.array(z.string()).parse(JSON.parse(kelas)),
      claim:
        device_id === null || jwk === null
          ? null
          : { deviceId: device_id, jwk: publicJwkSchema.parse(JSON.parse(jwk)) },
      createdAt: row.created_at,
      expiresAt: row.expires_at,
    }),
  )

const PAIRINGS = `SELECT id, label, room, kelas, device_id, jwk, created_at, expires_at FROM kiosk_pairings
  WHERE confirmed_at IS NULL AND expires_at > :now`

/** How long the row of a pairing outlives it, ms. */
const ROW_MS = 86_400_000

/** Adds a pairing; what is long over goes at the same time. */
export function insertPairing(
  pairing: {
    id: string
    label: string
    room: string
    kelas: readonly string[] | null
    codeHmac: string
    keyVersion: number
    byUser: string
    expiresAt: number
  },
  now: number,
): Statement[] {
  return [
    { sql: 'DELETE FROM kiosk_pairings WHERE expires_at < ?', args: [now - ROW_MS] },
    {
      sql: `INSERT INTO kiosk_pairings (id, label, room, kelas, code_hmac, key_version, created_by, created_at, expires_at)
        VALUES (:id, :label, :room, :kelas, :codeHmac, :keyVersion, :byUser, :now, :expiresAt)`,
      args: { ...pairing, kelas: pairing.kelas === null ? null : JSON.stringify(pairing.kelas), now },
    },
  ]
}

/** The pairings under way, oldest first. */
export async function listPairings(db: Db, now: number): Promise<Pairing[]> {
  const rows = await db.read(`${PAIRINGS} ORDER BY created_at, id LIMIT 100`, { now })
  return rows.map((row) => pairingRow.parse(row))
}

/** A pairing under way, by its id, or null. */
export async function findPairing(db: Db, id: string, now: number): Promise<Pairing | null> {
  const [row] = await db.read(`${PAIRINGS} AND id = :id`, { id, now })
  return row === undefined ? null : pairingRow.parse(row)
}

/** The pairing of one of these codes (HMACs, one a key version) that has tries left, or null. */
export async function findPairingByCode(
  db: Db,
  hmacs: readonly string[],
  tries: number,
  now: number,
): Promise<Pairing | null> {
  const [row] = await db.read(`${PAIRINGS} AND tries < :tries AND code_hmac IN (SELECT value FROM json_each(:hmacs))`, {
    hmacs: JSON.stringify(hmacs),
    tries,
    now,
  })
  return row === undefined ? null : pairingRow.parse(row)
}

/** Takes a try of a code that was right, before anything else of the request is looked at. */
export function takeTry(id: string, tries: number): Statement[] {
  return [
    { sql: 'UPDATE kiosk_pairings SET tries = tries + 1 WHERE id = ? AND tries < ?', args: [id, tries] },
    mustChange,
  ]
}

/** Ties the pairing to the kiosk that came first; breaks the batch (`isConflict`) when another one did. */
export function claimPairing(
  id: string,
  claim: { deviceId: string; jwk: PublicJwk; expiresAt: number },
  now: number,
): Statement[] {
  return [
    {
      sql: `UPDATE kiosk_pairings SET device_id = :deviceId, jwk = :jwk, expires_at = :expiresAt
        WHERE id = :id AND device_id IS NULL AND confirmed_at IS NULL AND expires_at > :now`,
      args: { id, deviceId: claim.deviceId, jwk: JSON.stringify(claim.jwk), expiresAt: claim.expiresAt, now },
    },
    mustChange,
  ]
}

/** Uses the pairing up; breaks the batch (`isConflict`) when it is not waiting with this very key. */
export function confirmPairing(id: string, deviceId: string, now: number): Statement[] {
  return [
    {
      sql: `UPDATE kiosk_pairings SET confirmed_at = :now
        WHERE id = :id AND device_id = :deviceId AND confirmed_at IS NULL AND expires_at > :now`,
      args: { id, deviceId, now },
    },
    mustChange,
  ]
}

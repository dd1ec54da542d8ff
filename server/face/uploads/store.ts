import { z } from 'zod'
import type { Db } from '../../db/open.ts'
import { readTotal } from '../../db/total.ts'
import { mustChange, type Statement } from '../../db/write.ts'

/** Photographs of a person that were sent in, as embeddings, still sealed. */
export interface PendingUpload {
  readonly id: string
  readonly userId: string
  readonly model: string
  readonly sealed: Uint8Array
  /** 0..100 each, in the order of the vectors. */
  readonly qualities: readonly number[]
  readonly matched: boolean
}

const pendingRow = z
  .object({
    id: z.string(),
    user_id: z.string(),
    model: z.string(),
    sealed: z.instanceof(ArrayBuffer),
    qualities: z.string(),
    matched_at: z.number().nullable(),
  })
  .transform(
    (row): PendingUpload => ({
      id: row.id,
      userId: row.user_id,
      model: row.model,
      sealed: new Uint8Array(row.sealed),
      qualities: z.array(z.number()).parse(JSON.parse(row.qualities)),
      matched: row.matched_at !== null,
    }),
  )

const PENDING = `SELECT id, user_id, model, sealed, qualities, matched_at FROM face_uploads
  WHERE state = 'pending' AND sealed IS NOT NULL`

/** A person's photographs that nobody has decided on, or null. */
export async function findPendingOf(db: Db, userId: string): Promise<PendingUpload | null> {
  const [row] = await db.read(`${PENDING} AND user_id = ?`, [userId])
  return row === undefined ? null : pendingRow.parse(row)
}

/** The same by its own id. */
export async function findPendingUpload(db: Db, id: string): Promise<PendingUpload | null> {
  const [row] = await db.read(`${PENDING} AND id = ?`, [id])
  return row === undefined ? null : pendingRow.parse(row)
}

/** Stores photographs in the place of any that still wait. */
export function putUpload(
  upload: {
    id: string
    userId: string
    byUser: string
    model: string
    sealed: Uint8Array
    qualities: readonly number[]
  },
  now: number,
): Statement[] {
  return [
    { sql: "DELETE FROM face_uploads WHERE user_id = ? AND state = 'pending'", args: [upload.userId] },
    {
      sql: `INSERT INTO face_uploads (id, user_id, by_user, model, state, sealed, qualities, created_at)
        VALUES (:id, :userId, :byUser, :model, 'pending', :sealed, :qualities, :now)`,
      args: { ...upload, qualities: JSON.stringify(upload.qualities), now },
    },
  ]
}

/** Notes the live capture that showed the same face; the first one stays. */
export function setMatched(id: string, checkId: string, now: number): Statement {
  return {
    sql: `UPDATE face_uploads SET matched_at = ?, matched_check = ? WHERE id = ? AND state = 'pending'
      AND matched_at IS NULL`,
    args: [now, checkId, id],
  }
}

/** Decides once, and drops what was sealed; breaks the batch (`isConflict`) when it is decided or has no live match. */
export function decideUpload(
  upload: { id: string; state: 'confirmed' | 'refused'; byUser: string },
  now: number,
): Statement[] {
  return [
    {
      sql: `UPDATE face_uploads SET state = :state, sealed = NULL, decided_at = :now, decided_by = :byUser
        WHERE id = :id AND state = 'pending' AND (:state = 'refused' OR matched_at IS NOT NULL)`,
      args: { ...upload, now },
    },
    mustChange,
  ]
}

const listRow = z.object({
  id: z.string(),
  user_id: z.string(),
  nim: z.string(),
  name: z.string(),
  kelas: z.string().nullable(),
  has_face: z.number(),
  by_user: z.string(),
  qualities: z.string().transform((json) => z.array(z.number()).parse(JSON.parse(json))),
  created_at: z.number(),
  matched_at: z.number().nullable(),
})
export type UploadRow = z.infer<typeof listRow>

/** A page of what waits for a decision, oldest first, with the number of all. */
export async function listUploads(
  db: Db,
  page: { limit: number; offset: number },
): Promise<{ total: number; rows: UploadRow[] }> {
  const [count] = await db.read("SELECT count(*) AS total FROM face_uploads WHERE state = 'pending'")
  const rows = await db.read(
    `SELECT f.id, f.user_id, u.nim, u.name, u.kelas, u.has_face, f.by_user, f.qualities, f.created_at, f.matched_at
      FROM face_uploads f JOIN users u ON u.id = f.user_id WHERE f.state = 'pending'
      ORDER BY f.created_at, f.id LIMIT :limit OFFSET :offset`,
    page,
  )
  return { total: readTotal(count), rows: rows.map((row) => listRow.parse(row)) }
}

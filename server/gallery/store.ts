import { z } from 'zod'
import { CONSENT_VERSION } from '../../shared/contract/consents.ts'
import { mayKeepFace } from '../consents/store.ts'
import type { Db } from '../db/open.ts'
import type { Statement } from '../db/write.ts'
import { type Scope, scopeSql } from '../users/scope.ts'

const poseSchema = z.enum(['front', 'left', 'right', 'any'])
export type Pose = z.infer<typeof poseSchema>

/** One stored shot, still sealed. */
export interface StoredEncoding {
  readonly id: string
  readonly userId: string
  readonly enrolmentId: string
  readonly model: string
  readonly sealed: Uint8Array
}

/** A shot to be stored, sealed. */
export interface NewEncoding extends StoredEncoding {
  readonly pose: Pose
  /** 0..100, as the browser measured it. */
  readonly quality: number
  /** 0..1, how well it agrees with the other shots. */
  readonly confidence: number
}

/** Somebody who may be in a gallery now: active, consenting, enrolled under this model. */
export interface Member {
  readonly userId: string
  readonly enrolmentId: string
}

const memberRow = z
  .object({ user_id: z.string(), enrolment_id: z.string() })
  .transform((row): Member => ({ userId: row.user_id, enrolmentId: row.enrolment_id }))

/** The one place that says who is in a gallery: the users of `source` (a table with a column `id`) who may be. */
const membersOf = (source: string) => `SELECT DISTINCT e.user_id, e.enrolment_id FROM ${source} s
  JOIN users u ON u.id = s.id AND u.is_active = 1
  JOIN face_encodings e ON e.user_id = u.id AND e.model = :model WHERE ${mayKeepFace('u')}`

/** More than any class: where a school gives no classes, everybody without one is not compared with everybody. */
const CLASS_LIMIT = 200

/** Everybody who may be in a gallery. */
export async function readMembers(db: Db, model: string): Promise<Member[]> {
  const rows = await db.read(membersOf('users'), { consent: CONSENT_VERSION, model })
  return rows.map((row) => memberRow.parse(row))
}

/**
 * The members near a claimed person: herself, her class (people without a class count as one), everybody else who
 * ever used the device (null: a kiosk, which everybody uses), and her settled twins, wherever they are.
 */
export async function readMembersAround(
  db: Db,
  model: string,
  claim: { userId: string; kelas: string | null; deviceId: string | null },
): Promise<Member[]> {
  const rows = await db.read(
    `WITH class AS (
      SELECT id FROM users WHERE kelas IS :kelas AND is_active = 1 AND has_face = 1 LIMIT ${CLASS_LIMIT}
    ), near AS (
      SELECT id FROM class
      UNION SELECT :userId
      UNION SELECT user_id FROM devices WHERE id = :deviceId
      UNION SELECT user_id FROM tickets WHERE device_id = :deviceId
      UNION SELECT other_user_id FROM face_cases WHERE user_id = :userId AND state = 'two_people'
      UNION SELECT user_id FROM face_cases WHERE other_user_id = :userId AND state = 'two_people'
    ) ${membersOf('near')}`,
    { consent: CONSENT_VERSION, model, ...claim },
  )
  return rows.map((row) => memberRow.parse(row))
}

/** Who of a reader's scope may be in a gallery, `limit` at most. */
export async function readMembersWithin(db: Db, model: string, scope: Scope, limit: number): Promise<Member[]> {
  const within = scopeSql(scope, 'w')
  const rows = await db.read(
    `WITH people AS (SELECT id FROM users w WHERE w.is_active = 1 AND w.has_face = 1 AND ${within.sql})
      ${membersOf('people')} LIMIT :limit`,
    { consent: CONSENT_VERSION, model, limit, ...within.args },
  )
  return rows.map((row) => memberRow.parse(row))
}

const encodingRow = z
  .object({
    id: z.string(),
    user_id: z.string(),
    enrolment_id: z.string(),
    model: z.string(),
    encoding_data: z.instanceof(ArrayBuffer),
  })
  .transform(
    (row): StoredEncoding => ({
      id: row.id,
      userId: row.user_id,
      enrolmentId: row.enrolment_id,
      model: row.model,
      sealed: new Uint8Array(row.encoding_data),
    }),
  )

/** The sealed shots of some members' enrolments. */
export async function readEncodings(db: Db, members: readonly Member[]): Promise<StoredEncoding[]> {
  const rows = await db.read(
    `SELECT id, user_id, enrolment_id, model, encoding_data FROM face_encodings
      WHERE user_id IN (SELECT value ->> 0 FROM json_each(:members))
        AND enrolment_id IN (SELECT value ->> 1 FROM json_each(:members))`,
    { members: JSON.stringify(members.map(({ userId, enrolmentId }) => [userId, enrolmentId])) },
  )
  return rows.map((row) => encodingRow.parse(row))
}

const SHOTS_STATE = "(SELECT count(*) || ' ' || coalesce(sum(created_at), 0) FROM face_encodings)"

/** A text that is another one after shots of anybody were stored or erased, by whatever process. */
export async function readShotsState(db: Db): Promise<string> {
  const [row] = await db.read(`SELECT ${SHOTS_STATE} AS state`)
  return String(row?.state)
}

/** Breaks the batch (`isConflict`) when anybody's shots changed since `readShotsState`. */
export function requireShotsState(state: string): Statement {
  return { sql: `INSERT INTO must_change (rows) VALUES (${SHOTS_STATE} = ?)`, args: [state] }
}

/** Puts a new set of shots in the place of all older ones. */
export function replaceEncodings(userId: string, encodings: readonly NewEncoding[], now: number): Statement[] {
  return [
    { sql: 'DELETE FROM face_encodings WHERE user_id = ?', args: [userId] },
    ...encodings.map((one) => ({
      sql: `INSERT INTO face_encodings (id, user_id, enrolment_id, model, encoding_data, pose, quality, confidence,
        created_at) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)`,
      args: [one.id, userId, one.enrolmentId, one.model, one.sealed, one.pose, one.quality, one.confidence, now],
    })),
    { sql: 'UPDATE users SET has_face = 1, updated_at = ? WHERE id = ?', args: [now, userId] },
  ]
}

const leftoverRow = z.object({ user_id: z.string(), made_at: z.number() })

/** Of the users erased (by id, with the time, ms), those of whom shots or photographs from before that are in the main file. */
export async function readLeftovers(db: Db, erasures: ReadonlyMap<string, number>): Promise<string[]> {
  const rows = await db.read(
    `SELECT user_id, min(created_at) AS made_at FROM (
      SELECT user_id, created_at FROM face_encodings UNION ALL SELECT user_id, created_at FROM face_uploads
    ) GROUP BY user_id`,
  )
  return rows
    .map((row) => leftoverRow.parse(row))
    .filter(({ user_id, made_at }) => made_at < (erasures.get(user_id) ?? -Infinity))
    .map(({ user_id }) => user_id)
}

/** Everybody with shots in force, whether active or not. */
export async function readEnrolled(db: Db): Promise<string[]> {
  const rows = await db.read('SELECT DISTINCT user_id FROM face_encodings')
  return rows.map(({ user_id }) => String(user_id))
}

/** Whether anything that `deleteFace` removes is there. */
export async function hasAnyOfFace(db: Db, userId: string): Promise<boolean> {
  const [row] = await db.read(
    `SELECT 1 AS found WHERE EXISTS (SELECT 1 FROM users WHERE id = :userId AND has_face = 1)
      OR EXISTS (SELECT 1 FROM face_encodings WHERE user_id = :userId)
      OR EXISTS (SELECT 1 FROM face_uploads WHERE user_id = :userId)
      OR EXISTS (SELECT 1 FROM face_cases WHERE (user_id = :userId OR other_user_id = :userId) AND state = 'open')
      OR EXISTS (SELECT 1 FROM liveness_checks WHERE user_id = :userId AND trace IS NOT NULL)`,
    { userId },
  )
  return row !== undefined
}

/** Removes everything of a face from the main file: shots, photographs sent in, open cases, sealed traces. */
export function deleteFace(userId: string, now: number): Statement[] {
  return [
    { sql: 'DELETE FROM face_encodings WHERE user_id = ?', args: [userId] },
    { sql: 'DELETE FROM face_uploads WHERE user_id = ?', args: [userId] },
    {
      sql: "DELETE FROM face_cases WHERE (user_id = ? OR other_user_id = ?) AND state = 'open'",
      args: [userId, userId],
    },
    { sql: 'UPDATE liveness_checks SET trace = NULL WHERE user_id = ? AND trace IS NOT NULL', args: [userId] },
    { sql: 'UPDATE users SET has_face = 0, updated_at = ? WHERE id = ?', args: [now, userId] },
  ]
}

const statusRow = z
  .object({
    encodings: z.number(),
    registered_at: z.number().nullable(),
    quality: z.number().nullable(),
    model: z.string().nullable(),
  })
  .transform(({ registered_at, ...row }) => ({ ...row, registeredAt: registered_at }))
export type FaceStatus = z.infer<typeof statusRow>

/** How many shots of a user are in force, since when (ms), their mean quality and their model. */
export async function readFaceStatus(db: Db, userId: string): Promise<FaceStatus> {
  const [row] = await db.read(
    `SELECT count(*) AS encodings, min(created_at) AS registered_at, avg(quality) AS quality, min(model) AS model
      FROM face_encodings WHERE user_id = ?`,
    [userId],
  )
  return statusRow.parse(row)
}

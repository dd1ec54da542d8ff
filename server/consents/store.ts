import { z } from 'zod'
import { CONSENT_VERSION, type consentSchema } from '../../shared/contract/consents.ts'
import type { Db } from '../db/open.ts'
import { mustChange, type Statement } from '../db/write.ts'

/** Whose consent: the person's own, or her guardian's. */
export type ConsentKind = 'self' | 'guardian'

/** Whether the school takes every student for a minor (the setting `guardian_consent`), looked up by the statement itself. */
const GUARDIAN_WANTED = `coalesce((SELECT json_extract(value, '$.guardian_consent') FROM settings WHERE key = 'school'), 0)`

const live = (userId: string, kind: ConsentKind) => `EXISTS (SELECT 1 FROM consents WHERE user_id = ${userId}
  AND kind = '${kind}' AND withdrawn_at IS NULL AND version = :consent)`

/**
 * The one place that says whether a face may be kept: a condition over a table of users, by its alias. Her own consent to the
 * text in force is live and, for a student where the school asks for it, a guardian's. Takes `:consent`, the text's version.
 */
export const mayKeepFace = (users: string): string => `(${live(`${users}.id`, 'self')}
  AND (NOT ${GUARDIAN_WANTED} OR ${users}.role <> 'user' OR ${live(`${users}.id`, 'guardian')}))`

const consentRow = z
  .object({ version: z.string(), given_at: z.number() })
  .transform(({ version, given_at }) => ({ version, given_at: new Date(given_at).toISOString() }))

type Consent = z.infer<typeof consentSchema>

/**
 * The user's live consent to the text in force; null when there is none, it was withdrawn, the text is newer, or the
 * guardian's is wanted and missing: then no camera opens and no face is kept.
 */
export async function findLiveConsent(db: Db, userId: string): Promise<Consent | null> {
  const [row] = await db.read(
    `SELECT c.version, c.given_at FROM users u JOIN consents c ON c.user_id = u.id AND c.kind = 'self'
      AND c.version = :consent AND c.withdrawn_at IS NULL WHERE u.id = :userId AND ${mayKeepFace('u')}`,
    { userId, consent: CONSENT_VERSION },
  )
  return row === undefined ? null : consentRow.parse(row)
}

const stateRow = z.object({ kind: z.enum(['self', 'guardian']), version: z.string(), given_at: z.number() })
const wantedRow = z.object({ wanted: z.number() })

/** Her own live consent and her guardian's, each by itself, and whether the guardian's is wanted. */
export async function readConsentState(
  db: Db,
  userId: string,
): Promise<{ self: Consent | null; guardian: Consent | null; guardianWanted: boolean }> {
  const rows = await db.read(
    'SELECT kind, version, given_at FROM consents WHERE user_id = ? AND version = ? AND withdrawn_at IS NULL',
    [userId, CONSENT_VERSION],
  )
  const of = (kind: ConsentKind) => {
    const row = rows.map((one) => stateRow.parse(one)).find((one) => one.kind === kind)
    return row === undefined ? null : consentRow.parse(row)
  }
  const [wanted] = await db.read(
    `SELECT ${GUARDIAN_WANTED} AND EXISTS (SELECT 1 FROM users WHERE id = ? AND role = 'user') AS wanted`,
    [userId],
  )
  return { self: of('self'), guardian: of('guardian'), guardianWanted: wantedRow.parse(wanted).wanted === 1 }
}

/** Breaks the batch (`isConflict`) when a face of this user may not be kept at the moment of writing. */
export function requireConsent(userId: string): Statement[] {
  return [
    {
      sql: `UPDATE users SET has_face = has_face WHERE id = :userId AND ${mayKeepFace('users')}`,
      args: { userId, consent: CONSENT_VERSION },
    },
    mustChange,
  ]
}

/** Whether a consent of that kind is live, to whatever text. */
export async function hasConsent(db: Db, userId: string, kind: ConsentKind): Promise<boolean> {
  const rows = await db.read('SELECT 1 FROM consents WHERE user_id = ? AND kind = ? AND withdrawn_at IS NULL', [
    userId,
    kind,
  ])
  return rows.length > 0
}

/** Ends whatever consent of that kind is live; one to an older text ends when a newer is given, too. */
export function endConsent(userId: string, now: number, kind: ConsentKind = 'self'): Statement {
  return {
    sql: 'UPDATE consents SET withdrawn_at = ? WHERE user_id = ? AND kind = ? AND withdrawn_at IS NULL',
    args: [now, userId, kind],
  }
}

/** Records the person's own consent to the text in force, given in the app. */
export function insertConsent(id: string, userId: string, now: number): Statement {
  return {
    sql: 'INSERT INTO consents (id, user_id, version, given_at) VALUES (?, ?, ?, ?)',
    args: [id, userId, CONSENT_VERSION, now],
  }
}

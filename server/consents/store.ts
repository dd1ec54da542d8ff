import { z } from 'zod'
import { CONSENT_VERSION, type consentSchema } from '../../shared/contract/consents.ts'
import type { Db } from '../db/open.ts'
import { mustChange, type Statement } from '../db/write.ts'

const consentRow = z.object({ version: z.string(), given_at: z.number() })

/** The user's live consent to the text in force; null when there is none, it was withdrawn, or the text is newer. */
export async function findLiveConsent(db: Db, userId: string): Promise<z.infer<typeof consentSchema> | null> {
  const [row] = await db.read(
    'SELECT version, given_at FROM consents WHERE user_id = ? AND version = ? AND withdrawn_at IS NULL',
    [userId, CONSENT_VERSION],
  )
  if (row === undefined) return null
  const { version, given_at } = consentRow.parse(row)
  return { version, given_at: new Date(given_at).toISOString() }
}

/** Breaks the batch (`isConflict`) when the user's consent to the text in force is not live at the moment of writing. */
export function requireConsent(userId: string): Statement[] {
  return [
    {
      sql: 'UPDATE consents SET withdrawn_at = NULL WHERE user_id = ? AND version = ? AND withdrawn_at IS NULL',
      args: [userId, CONSENT_VERSION],
    },
    mustChange,
  ]
}

/** Ends whatever consent is live; one to an older text ends when a newer is given, too. */
export function endConsent(userId: string, now: number): Statement {
  return { sql: 'UPDATE consents SET withdrawn_at = ? WHERE user_id = ? AND withdrawn_at IS NULL', args: [now, userId] }
}

/** Records a consent to the text in force. */
export function insertConsent(id: string, userId: string, now: number): Statement {
  return {
    sql: 'INSERT INTO consents (id, user_id, version, given_at) VALUES (?, ?, ?, ?)',
    args: [id, userId, CONSENT_VERSION, now],
  }
}

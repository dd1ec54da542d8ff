import { eraseDetailsOf } from '../audit/store.ts'
import type { Statement } from '../db/write.ts'
import type { Erasure } from '../gallery/keys/erasures.ts'
import { deleteFace } from '../gallery/store.ts'
import { dropWaiting } from '../mail/store.ts'

/**
 * Holds a restored database to the erasures that were made since: faces go, consents given before end (whoever withdrew
 * hers is asked again, and nobody else loses more than a question), erased accounts go with what the audit log says of them.
 */
export function reapplyErasures(erasures: readonly Erasure[], now: number): Statement[] {
  return erasures.flatMap(({ userId, what, at }) => [
    ...deleteFace(userId, now),
    {
      sql: 'UPDATE consents SET withdrawn_at = :at WHERE user_id = :userId AND withdrawn_at IS NULL AND given_at <= :at',
      args: { at, userId },
    },
    ...(what === 'account'
      ? [{ sql: 'DELETE FROM users WHERE id = ?', args: [userId] }, ...eraseDetailsOf(userId)]
      : []),
  ])
}

/**
 * A restored database trusts nothing of its time that may have ended since: sessions, waiting mails, held jobs. Passwords,
 * roles and devices are as they were then; a person has to look at those.
 */
export function startAfresh(now: number): Statement[] {
  return [
    { sql: 'DELETE FROM refresh_tokens' },
    { sql: 'UPDATE users SET epoch = epoch + 1' },
    { sql: 'UPDATE jobs SET leased_by = NULL, leased_until = NULL' },
    dropWaiting(now),
  ]
}

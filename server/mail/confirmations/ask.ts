import { randomUUID } from 'node:crypto'
import { isConflict, type Statement } from '../../db/write.ts'
import type { Deps } from '../../deps.ts'
import { refuse } from '../../http/problem.ts'
import { did, type JobOutcome, skipped } from '../../jobs/job.ts'
import { putMail } from '../store.ts'
import { findOpenConfirmation, insertConfirmation, listUnasked, readEmailState, useConfirmation } from './store.ts'
import { idOfToken, tokenFits } from './token.ts'

/** Addresses asked about in one run. */
const AT_ONCE = 200
/** A person may ask for another mail this long after the last, ms. */
const AGAIN_MS = 3_600_000

/** The job: asks once about every address that is not confirmed. */
export async function askUnconfirmed({ db, config }: Deps, now: number): Promise<JobOutcome> {
  if (config.mail === undefined) return skipped('no_smtp')
  if (config.publicUrl === undefined) return skipped('no_public_url')
  const people = await listUnasked(db, AT_ONCE)
  if (people.length > 0) await db.write(people.flatMap((person) => ask(person, now)))
  return did({ asked: people.length })
}

/** The confirmation and its mail. */
function ask({ userId, email }: { userId: string; email: string }, now: number): Statement[] {
  const id = randomUUID()
  return [
    insertConfirmation({ id, userId, email }, now),
    putMail(
      { id: randomUUID(), once: `confirmation:${id}`, userId, recipient: email, kind: 'confirmation', data: { id } },
      now,
    ),
  ]
}

/**
 * Asks again for a person who has lost the mail, once an hour. Refuses with conflict when there is no address to confirm,
 * unavailable when the server sends no mail, slow_down.
 */
export async function askAgain({ db, config, audit, now }: Deps, userId: string): Promise<void> {
  if (config.mail === undefined || config.publicUrl === undefined) refuse('unavailable')
  const { email, confirmed, askedAt } = await readEmailState(db, userId)
  if (email === null || confirmed) return refuse('conflict', NOTHING_TO_CONFIRM)
  if (askedAt !== null && now() - askedAt < AGAIN_MS)
    refuse('slow_down', { retryAfter: (askedAt + AGAIN_MS - now()) / 1000 })
  await audit.write(ask({ userId, email }, now()), {
    userId,
    action: 'ask_email_confirmation',
    entityType: 'user',
    entityId: userId,
  })
}

/** Uses a mail's token up. Refuses with wrong_code: unknown, used, over, or the address was changed since, alike. */
export async function confirmEmail({ db, audit, keyRing, now }: Deps, token: string, ipAddress: string): Promise<void> {
  const id = idOfToken(token)
  const open = id === null ? null : await findOpenConfirmation(db, id, now())
  if (id === null || open === null || !tokenFits(keyRing, token, id, open.email)) return refuse('wrong_code')
  const line = { userId: open.userId, action: 'confirm_email', entityType: 'user', entityId: open.userId, ipAddress }
  await audit.write(useConfirmation(id, now()), line).catch((error: unknown) => {
    if (isConflict(error)) refuse('wrong_code')
    throw error
  })
}

const NOTHING_TO_CONFIRM = {
  detail: {
    id: 'Tidak ada alamat email yang perlu dikonfirmasi.',
    en: 'There is no e-mail address to confirm.',
  },
}

import { randomUUID } from 'node:crypto'
import type { Audit } from '../audit/audit.ts'
import { makeCode } from '../auth/code.ts'
import { deleteTokensOf } from '../auth/store.ts'
import type { Db } from '../db/open.ts'
import { isConflict, type Statement } from '../db/write.ts'
import type { By } from '../http/by.ts'
import type { KeyRing } from '../http/keys.ts'
import { clearPassword, findUserByNim, insertUser, type NewUser } from './store.ts'

/** What handling accounts takes, in the server and in its command line alike. */
export interface UserDesk {
  readonly db: Db
  readonly audit: Audit
  readonly keyRing: KeyRing
  readonly now: () => number
}

export type Added =
  | { readonly kind: 'added'; readonly id: string; readonly code: string; readonly expiresAt: number }
  | { readonly kind: 'nim_taken' }

/**
 * Adds an account that waits for its activation code; `further` are statements of the same batch. The code is shown
 * once: only its HMAC is stored.
 */
export async function addUser(
  { audit, keyRing, now }: UserDesk,
  user: Omit<NewUser, 'id'>,
  further: (id: string, code: string) => Promise<readonly Statement[]> = async () => [],
  by: By | null = null,
): Promise<Added> {
  const id = randomUUID()
  const { code, statement, expiresAt } = makeCode(keyRing, id, now())
  try {
    await audit.write([insertUser({ ...user, id }, now()), statement, ...(await further(id, code))], {
      userId: null,
      ...by,
      action: 'add_user',
      entityType: 'user',
      entityId: id,
      details: { role: user.role },
    })
    return { kind: 'added', id, code, expiresAt }
  } catch (error) {
    if (isConflict(error) && error instanceof Error && /users\.nim/.test(error.message)) return { kind: 'nim_taken' }
    throw error
  }
}

/** Takes the password and every session of an account away and makes a code for a new one; null for an unknown NIM. */
export async function resetUser({ db, audit, keyRing, now }: UserDesk, nim: string): Promise<{ code: string } | null> {
  const user = (await findUserByNim(db, nim))?.user
  if (user === undefined) return null
  const { code, statement } = makeCode(keyRing, user.id, now())
  await audit.write([clearPassword(user.id, now()), deleteTokensOf(user.id), statement], {
    userId: null,
    action: 'reset_user',
    entityType: 'user',
    entityId: user.id,
  })
  return { code }
}

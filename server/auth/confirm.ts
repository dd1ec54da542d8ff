import type { Deps } from '../deps.ts'
import { spend } from '../http/limits/limits.ts'
import { refuse } from '../http/problem.ts'
import { findUserWithPassword, type SignedInUser } from '../users/store.ts'
import type { Passwords } from './password.ts'

export type Confirm = (user: SignedInUser, password: string, address: string) => Promise<string>

/** Tries in 15 minutes: whoever sits at somebody's open screen must not guess her password here. */
const TRIES = 5

/** Takes the password of a signed-in person again and gives a confirmation. A failure is an audit line. */
export function createConfirm({ db, audit, limits, confirmations }: Deps, passwords: Passwords): Confirm {
  const tries = limits.make('confirm', { limit: TRIES, windowMs: 15 * 60_000 })
  return async function confirm(user, password, address) {
    await spend(tries, user.id)
    const found = await findUserWithPassword(db, user.id)
    const fits = await passwords.matches(password, found?.passwordHash ?? null).catch(async (error: unknown) => {
      await tries.giveBack(user.id)
      throw error
    })
    if (!fits) {
      const line = { userId: user.id, action: 'confirm_failed', entityType: 'user', entityId: user.id }
      await audit.write([], { ...line, ipAddress: address })
      return refuse('wrong_credentials', WRONG)
    }
    await tries.giveBack(user.id)
    return confirmations.issue(user)
  }
}

const WRONG = { detail: { id: 'Kata sandinya salah. Coba lagi.', en: 'The password is wrong. Try again.' } }

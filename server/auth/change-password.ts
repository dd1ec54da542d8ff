import { isConflict } from '../db/write.ts'
import type { Deps } from '../deps.ts'
import { spend } from '../http/limits/limits.ts'
import { refuse } from '../http/problem.ts'
import { findUserWithPassword, requirePassword, type SignedInUser, setPassword } from '../users/store.ts'
import type { Passwords } from './password.ts'
import { startSession } from './session.ts'
import { deleteTokensOf, endCodes } from './store.ts'

export type ChangePassword = (
  user: SignedInUser,
  request: { current_password: string; new_password: string },
) => Promise<{ refreshToken: string; epoch: number }>

/**
 * Changes the password of a signed-in user. Every session ends; the caller is given a new one. So does a code that waits to be
 * used: it would set another password. Refuses as unauthenticated where the password was changed or taken away meanwhile.
 */
export function createChangePassword(deps: Deps, passwords: Passwords): ChangePassword {
  const { db, audit, now, config, limits } = deps
  const tries = limits.make('change-password', { limit: 5, windowMs: 15 * 60_000 })

  return async function changePassword(user, request) {
    await spend(tries, user.id)
    // A check or a hash that could not be done at all says nothing about the password.
    const uncount = async (error: unknown): Promise<never> => {
      await tries.giveBack(user.id)
      throw error
    }
    const found = await findUserWithPassword(db, user.id)
    const fits = await passwords.matches(request.current_password, found?.passwordHash ?? null).catch(uncount)
    if (!fits) refuse('wrong_credentials')
    const epoch = user.epoch + 1
    const session = startSession({ id: user.id, epoch }, config.refreshTokenDays, now())
    const statements = [
      requirePassword(user.id, found?.passwordHash ?? null),
      setPassword(user.id, await passwords.hash(request.new_password).catch(uncount), false, now()),
      endCodes(user.id),
      deleteTokensOf(user.id),
      ...session.statements,
    ]
    const line = { userId: user.id, action: 'change_password', entityType: 'user', entityId: user.id } as const
    await audit.write(statements, line).catch((error: unknown) => {
      if (!isConflict(error)) throw error
      return refuse('unauthenticated')
    })
    deps.guard.forget(user.id)
    await tries.giveBack(user.id)
    return { refreshToken: session.refreshToken, epoch }
  }
}

import type { Deps } from '../deps.ts'
import { spend } from '../http/limits/limits.ts'
import { refuse } from '../http/problem.ts'
import { findUserWithPassword, type SignedInUser, setPassword } from '../users/store.ts'
import type { Passwords } from './password.ts'
import { startSession } from './session.ts'
import { deleteTokensOf } from './store.ts'

export type ChangePassword = (
  user: SignedInUser,
  request: { current_password: string; new_password: string },
) => Promise<{ refreshToken: string; epoch: number }>

/** Changes the password of a signed-in user. Every session ends; the caller is given a new one. */
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
      setPassword(user.id, await passwords.hash(request.new_password).catch(uncount), false, now()),
      deleteTokensOf(user.id),
      ...session.statements,
    ]
    await audit.write(statements, { userId: user.id, action: 'change_password', entityType: 'user', entityId: user.id })
    deps.guard.forget(user.id)
    await tries.giveBack(user.id)
    return { refreshToken: session.refreshToken, epoch }
  }
}

import { isConflict, type Statement } from '../db/write.ts'
import type { Deps } from '../deps.ts'
import { addressBucket } from '../http/address.ts'
import { spend } from '../http/limits/limits.ts'
import { refuse } from '../http/problem.ts'
import { findUser, findUserByNim, type SignedInUser, setLastLogin, setPassword } from '../users/store.ts'
import { CODE_TRIES, codeFits } from './code.ts'
import type { Caller } from './login.ts'
import type { Passwords } from './password.ts'
import { startSession } from './session.ts'
import { deleteTokensOf, findActivationCode, giveTryBack, takeTry, useCode } from './store.ts'

export type Activate = (
  request: { nim: string; code: string; password: string },
  caller: Caller,
) => Promise<{ user: SignedInUser; refreshToken: string }>

/** Failed tries of one address in 15 minutes; right ones do not count: a whole school may activate from one address. */
const PER_ADDRESS = 300

/**
 * Sets the first (or a new) password with a code from the office, and signs in. Every failure is `wrong_code` alike:
 * unknown NIM, no code, wrong, used, expired, out of tries. A try is taken before the code is looked at, and given back
 * when the code was right but the server had no room to hash the password (a whole class at once).
 */
export function createActivate(deps: Deps, passwords: Passwords): Activate {
  const { db, audit, keyRing, now, config, limits } = deps
  const perAddress = limits.make('activate-address', { limit: PER_ADDRESS, windowMs: 15 * 60_000 })

  return async function activate({ nim, code, password }, caller) {
    const address = addressBucket(caller.address)
    await spend(perAddress, address)
    const user = (await findUserByNim(db, nim))?.user
    const stored = user === undefined ? null : await findActivationCode(db, user.id)
    if (user === undefined || !user.isActive || stored === null) return refuse('wrong_code')
    await orWrongCode(db.write(takeTry(user.id, CODE_TRIES, now())))
    const who = {
      entityType: 'user',
      entityId: user.id,
      ipAddress: caller.address,
      ...(caller.userAgent === undefined ? {} : { userAgent: caller.userAgent }),
    }
    if (!codeFits(keyRing, user.id, code, stored)) {
      await audit.write([], { userId: null, action: 'activate_failed', ...who })
      return refuse('wrong_code')
    }
    const passwordHash = await passwords.hash(password).catch(async (error: unknown) => {
      await db.write([giveTryBack(user.id, stored.codeHmac)])
      throw error
    })
    const statements: Statement[] = [
      ...useCode(user.id, stored.codeHmac, now()),
      setPassword(user.id, passwordHash, false, now()),
      deleteTokensOf(user.id),
      setLastLogin(user.id, now()),
    ]
    const session = startSession({ id: user.id, epoch: user.epoch + 1 }, config.refreshTokenDays, now())
    await orWrongCode(
      audit.write([...statements, ...session.statements], { userId: user.id, action: 'activate', ...who }),
    )
    await perAddress.giveBack(address)
    deps.guard.forget(user.id)
    const activated = await findUser(db, user.id)
    return activated === null ? refuse('wrong_code') : { user: activated, refreshToken: session.refreshToken }
  }
}

async function orWrongCode(act: Promise<unknown>): Promise<void> {
  try {
    await act
  } catch (error) {
    if (isConflict(error)) refuse('wrong_code')
    throw error
  }
}

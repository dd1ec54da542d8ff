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
import { type ActivationCode, countTry, deleteTokensOf, findActivationCode, useCode } from './store.ts'

export type Activate = (
  request: { nim: string; code: string; password: string },
  caller: Caller,
) => Promise<{ user: SignedInUser; refreshToken: string }>

/** Failed tries in 15 minutes of one NIM from one address, and of one address; right ones do not count: a whole school may activate from one. */
const WINDOW_MS = 15 * 60_000
const PER_NIM_AND_ADDRESS = 5
const PER_ADDRESS = 300

/**
 * Sets the first (or a new) password with a code from the office, and signs in. Every failure is `wrong_code` alike and the
 * same work: unknown NIM, no code, wrong, used, expired, out of tries. Whoever has tried too often waits (`slow_down`) and
 * takes the code from nobody else, until it has no tries left at all.
 */
export function createActivate(deps: Deps, passwords: Passwords): Activate {
  const { db, audit, keyRing, now, config, limits } = deps
  const perBoth = limits.make('activate', { limit: PER_NIM_AND_ADDRESS, windowMs: WINDOW_MS })
  const perAddress = limits.make('activate-address', { limit: PER_ADDRESS, windowMs: WINDOW_MS })

  return async function activate({ nim, code, password }, caller) {
    const address = addressBucket(caller.address)
    const both = `${nim.toLowerCase()} ${address}`
    await spend(perBoth, both)
    await spend(perAddress, address)
    const uncount = () => Promise.all([perBoth.giveBack(both), perAddress.giveBack(address)])
    const user = (await findUserByNim(db, nim))?.user
    const stored = await findActivationCode(db, user?.id ?? '')
    const fits = codeFits(keyRing, user?.id ?? '', code, stored ?? { codeHmac: '', keyVersion: keyRing.current })
    const who = {
      entityType: 'user',
      ...(user === undefined ? {} : { entityId: user.id }),
      ipAddress: caller.address,
      ...(caller.userAgent === undefined ? {} : { userAgent: caller.userAgent }),
    }
    if (user === undefined || !user.isActive || stored === null || !fits || !isOpen(stored, now())) {
      await audit.write([countTry(user?.id ?? '')], { userId: null, action: 'activate_failed', ...who })
      return refuse('wrong_code')
    }
    const passwordHash = await passwords.hash(password).catch(async (error: unknown) => {
      await uncount()
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
    await uncount()
    deps.guard.forget(user.id)
    const activated = await findUser(db, user.id)
    return activated === null ? refuse('wrong_code') : { user: activated, refreshToken: session.refreshToken }
  }
}

const isOpen = ({ tries, usedAt, expiresAt }: ActivationCode, now: number): boolean =>
  tries < CODE_TRIES && usedAt === null && expiresAt > now

async function orWrongCode(act: Promise<unknown>): Promise<void> {
  try {
    await act
  } catch (error) {
    if (isConflict(error)) refuse('wrong_code')
    throw error
  }
}

import type { Deps } from '../deps.ts'
import { addressBucket } from '../http/address.ts'
import type { Limiter } from '../http/limits/limits.ts'
import { refuse } from '../http/problem.ts'
import { findUserByNim, type SignedInUser, setLastLogin } from '../users/store.ts'
import type { KnownBrowsers } from './known-browser.ts'
import type { Passwords } from './password.ts'
import { startSession } from './session.ts'

/**
 * Failed logins in 15 minutes: of one NIM from one address, or from a browser that has signed in with it; of one address,
 * and of one NIM, in pairs that never signed in.
 */
const WINDOW_MS = 15 * 60_000
const PER_NIM_AND_ADDRESS = 5
const PER_ADDRESS = 300
const PER_NIM = 50

export interface Caller {
  readonly address: string
  readonly userAgent: string | undefined
}

interface LoginCaller extends Caller {
  /** What the browser says it has signed in with before (see known-browser.ts). */
  readonly marks: string | undefined
}

export type Login = (
  nim: string,
  password: string,
  caller: LoginCaller,
) => Promise<{ user: SignedInUser; refreshToken: string }>

/**
 * Login by NIM and password. Unknown NIM, not activated, inactive and wrong password are refused alike
 * (`wrong_credentials`) and take the same work. A try counts as failed until it has succeeded, so that many at once do
 * not get more tries than one after the other.
 */
export function createLogin(deps: Deps, passwords: Passwords, browsers: KnownBrowsers): Login {
  const { db, audit, now, config, limits } = deps
  const budget = (name: string, limit: number) => limits.make(name, { limit, windowMs: WINDOW_MS })
  const perBoth = budget('login', PER_NIM_AND_ADDRESS)
  const perAddress = budget('login-address', PER_ADDRESS)
  const perNim = budget('login-nim', PER_NIM)
  const perBrowser = budget('login-browser', PER_NIM_AND_ADDRESS)
  /** NIM and address pairs that have signed in: others' failures, elsewhere or behind the same address, do not lock them out. */
  const familiar = new Set<string>()

  return async function login(nim, password, caller) {
    const address = addressBucket(caller.address)
    const name = nim.toLowerCase()
    const both = `${name} ${address}`
    const found = await findUserByNim(db, nim)
    const browser = found === null ? null : browsers.find(caller.marks, found.user)
    const counted: [Limiter, string][] = browser === null ? [[perBoth, both]] : [[perBrowser, browser]]
    if (browser === null && !familiar.has(both)) counted.push([perAddress, address], [perNim, name])
    const waits = await Promise.all(counted.map(([limiter, key]) => limiter.take(key)))
    const uncount = async () => {
      await Promise.all(counted.map(([limiter, key], i) => (waits[i] === 0 ? limiter.giveBack(key) : undefined)))
    }
    const seconds = Math.max(...waits)
    if (seconds > 0) {
      await uncount()
      refuse('slow_down', { retryAfter: seconds })
    }

    const hash = found?.user.isActive === true ? found.passwordHash : null
    const fits = await passwords.matches(password, hash).catch(async (error: unknown) => {
      await uncount()
      throw error
    })
    const who = {
      entityType: 'user',
      ...(found === null ? {} : { entityId: found.user.id }),
      ipAddress: caller.address,
      ...(caller.userAgent === undefined ? {} : { userAgent: caller.userAgent }),
    }
    if (!fits || found === null) {
      await audit.write([], { userId: null, action: 'login_failed', ...who })
      return refuse('wrong_credentials')
    }
    await uncount()
    if (familiar.size > 50_000) familiar.clear()
    familiar.add(both)
    const session = startSession(found.user, config.refreshTokenDays, now())
    await audit.write([setLastLogin(found.user.id, now()), ...session.statements], {
      userId: found.user.id,
      action: 'login',
      ...who,
    })
    return { user: found.user, refreshToken: session.refreshToken }
  }
}

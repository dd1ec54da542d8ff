import type { MiddlewareHandler } from 'hono'
import { authApi } from '../../shared/contract/api/auth.ts'
import type { Role } from '../../shared/contract/auth.ts'
import { type Endpoint, LIMITS, type LimitName } from '../../shared/contract/endpoint.ts'
import { TEMPORARY_PASSWORD } from '../../shared/contract/problem.ts'
import type { AccessClaims, AccessTokens } from '../auth/access-token.ts'
import type { Confirmations } from '../auth/confirmation.ts'
import { readRefreshCookie } from '../auth/cookie.ts'
import { findLogin } from '../auth/session.ts'
import type { Db } from '../db/open.ts'
import { readSchoolSettings } from '../settings/store.ts'
import { findUser, type SignedInUser } from '../users/store.ts'
import { addressBucket, trustedList } from './address.ts'
import type { AppContext, AppEnv } from './env.ts'
import { createKioskProofs } from './kiosk-proof.ts'
import { type Limiter, type Limits, spend } from './limits/limits.ts'
import { refuse } from './problem.ts'

/** How old what is known of a signed-in user may be, ms: role, activity and epoch are read again after it. */
const USER_AGE_MS = 2_000

/** What an address of the school's own networks has in a minute beyond the budget of any address: a whole school shares it. */
const SCHOOL_UNITS = 6_000

/** What a browser calls with no more than its refresh cookie. */
const BY_COOKIE: readonly string[] = [authApi.refresh.path, authApi.logout.path]

const ROLES = { staff: ['guru', 'admin'], admin: ['admin'] } as const

export interface Guard {
  /**
   * Counts requests without a token of ours against their address, those a paired kiosk signed against the kiosk, and the
   * renewing and ending of a login by its cookie against that login: a header alone does not get around the limit.
   */
  readonly limitAnonymous: MiddlewareHandler<AppEnv>
  /**
   * What a call of this row of the contract passes, in order: who calls (a signed-in, active user, set as `user`, or a
   * paired kiosk, set as `kiosk`; others get `unauthenticated`, the wrong role `forbidden`), the row's budget, the fresh confirmation of the password. While the
   * password is the one printed at the first start, only rows with `temporary` are open.
   */
  doorsOf(endpoint: Endpoint): MiddlewareHandler<AppEnv>[]
  /** Drops what is remembered of a user: an act of this process is seen at once. */
  forget(userId: string): void
}

/** The guard at the door of every route. One per process: it remembers users for 2 s and counts requests. */
export function createGuard(
  db: Db,
  tokens: AccessTokens,
  confirmations: Confirmations,
  now: () => number,
  limits: Limits,
  limitFactor = 1,
): Guard {
  const budgets = new Map<LimitName, Limiter>()
  for (const [name, { units, seconds }] of Object.entries(LIMITS))
    budgets.set(name as LimitName, limits.make(name, { limit: units * limitFactor, windowMs: seconds * 1000 }))
  const spendOn = async (name: LimitName, key: string): Promise<void> => {
    const budget = budgets.get(name)
    if (budget !== undefined) await spend(budget, key)
  }
  const school = limits.make('school-address', { limit: SCHOOL_UNITS * limitFactor, windowMs: 60_000 })
  const spendOnAddress = async (address: string): Promise<void> => {
    const key = addressBucket(address)
    const seconds = (await budgets.get('address')?.take(key)) ?? 0
    if (seconds === 0) return
    const { school_networks } = await readSchoolSettings(db)
    if (!trustedList(school_networks)(address)) refuse('slow_down', { retryAfter: seconds })
    await spend(school, key)
  }
  const loginOf = async (c: AppContext): Promise<string | null> => {
    const token = BY_COOKIE.includes(c.req.path.replace(/^\/api\/v1/, '')) ? readRefreshCookie(c) : undefined
    return token === undefined ? null : findLogin(db, token, now())
  }
  const known = new Map<string, { user: SignedInUser | null; at: number }>()

  const currentUser = async (id: string): Promise<SignedInUser | null> => {
    const remembered = known.get(id)
    if (remembered !== undefined && Math.abs(now() - remembered.at) < USER_AGE_MS) return remembered.user
    const at = now()
    const user = await findUser(db, id)
    if (known.size > 20_000) known.clear()
    known.set(id, { user, at })
    return user
  }

  const kiosks = createKioskProofs(db, now, limits)

  const readClaims = async (c: AppContext): Promise<AccessClaims | null> => {
    const token = /^Bearer ([\w-]+\.[\w-]+\.[\w-]+)$/i.exec(c.req.header('authorization') ?? '')?.[1]
    return token === undefined ? null : tokens.read(token)
  }

  const requireUser = (temporary: boolean): MiddlewareHandler<AppEnv> =>
    async function requireUser(c, next) {
      const claims = await readClaims(c)
      const user = claims === null ? null : await currentUser(claims.userId)
      if (claims === null || user === null || !user.isActive || user.epoch !== claims.epoch) {
        // Without a token of ours it was counted at the door.
        if (claims !== null) await spendOnAddress(c.get('address'))
        return refuse('unauthenticated')
      }
      await spendOn('user', user.id)
      if (user.passwordTemporary && !temporary)
        refuse('forbidden', { fields: TEMPORARY_PASSWORD, detail: CHOOSE_A_PASSWORD })
      c.set('user', user)
      await next()
    }
  /** Whoever shows a token of ours where none is needed was not counted at the door. */
  const countKnown: MiddlewareHandler<AppEnv> = async (c, next) => {
    const claims = await readClaims(c)
    if (claims !== null) await spendOn('user', claims.userId)
    await next()
  }
  const requireRole = (roles: readonly Role[]): MiddlewareHandler<AppEnv> =>
    async function requireRole(c, next) {
      if (!roles.includes(c.get('user').role)) refuse('forbidden')
      await next()
    }
  const budget = (name: LimitName): MiddlewareHandler<AppEnv> =>
    async function budget(c, next) {
      await spendOn(name, LIMITS[name].per === 'user' ? c.get('user').id : addressBucket(c.get('address')))
      await next()
    }
  const requireConfirmation: MiddlewareHandler<AppEnv> = async (c, next) => {
    if (!(await confirmations.holds(c.req.header('x-confirmation') ?? '', c.get('user')))) refuse('confirm_password')
    await next()
  }

  return {
    limitAnonymous: async (c, next) => {
      // A kiosk's proof is looked at before its calls are counted, so that a made-up one costs its address.
      const kiosk = await kiosks.read(c)
      if (kiosk !== null) await spendOn('kiosk', kiosk.id)
      else if ((await readClaims(c)) === null) {
        const login = await loginOf(c)
        await (login === null ? spendOnAddress(c.get('address')) : spendOn('user', `login ${login}`))
      }
      await next()
    },
    doorsOf: (endpoint) => {
      const { who, limit } = endpoint
      const doors: MiddlewareHandler<AppEnv>[] = []
      if (who === 'kiosk') return [kiosks.require(endpoint.revoked ?? false)]
      doors.push(who === 'anyone' ? countKnown : requireUser(endpoint.temporary ?? false))
      if (who === 'staff' || who === 'admin') doors.push(requireRole(ROLES[who]))
      if (limit !== 'user' && limit !== 'address') doors.push(budget(limit))
      if (endpoint.confirm === true) doors.push(requireConfirmation)
      return doors
    },
    forget: (userId) => {
      known.delete(userId)
    },
  }
}

const CHOOSE_A_PASSWORD = {
  id: 'Buat kata sandi sendiri dulu: buka "Aktifkan akun" dan pakai kata sandi sekali pakai sebagai kode.',
  en: 'Choose a password of your own first: open "Activate account" and use the one-time password as the code.',
}

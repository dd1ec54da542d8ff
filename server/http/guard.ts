import type { MiddlewareHandler } from 'hono'
import type { Role } from '../../shared/contract/auth.ts'
import type { AccessClaims, AccessTokens } from '../auth/access-token.ts'
import type { Db } from '../db/open.ts'
import { findUser, type SignedInUser } from '../users/store.ts'
import { addressBucket } from './address.ts'
import type { AppContext, AppEnv } from './env.ts'
import { createLimiter, spend } from './limit.ts'
import { refuse } from './problem.ts'

/** How old what is known of a signed-in user may be, ms: role, activity and epoch are read again after it. */
const USER_AGE_MS = 2_000

/** Requests a minute: of one signed-in user, and of one address that shows no valid token (a school shares one). */
const USER_LIMIT = 100
const ANONYMOUS_LIMIT = 600

export interface Guard {
  /** Counts requests without a token of ours against their address: a header alone does not get around the limit. */
  readonly limitAnonymous: MiddlewareHandler<AppEnv>
  /**
   * Lets a signed-in, active user through and sets `user`; others get `unauthenticated`. While the password is the one
   * printed at the first start, only the routes named with `temporary: true` are open.
   */
  requireUser(options?: { temporary?: boolean }): MiddlewareHandler<AppEnv>
  /** Behind `requireUser`: lets one of these roles through, others get `forbidden`. */
  requireRole(...roles: readonly Role[]): MiddlewareHandler<AppEnv>
  /** Drops what is remembered of a user: an act of this process is seen at once. */
  forget(userId: string): void
}

/** The guard at the door of every route. One per process: it remembers users for 2 s and counts requests. */
export function createGuard(db: Db, tokens: AccessTokens, now: () => number): Guard {
  const perUser = createLimiter({ limit: USER_LIMIT, windowMs: 60_000, now })
  const perAddress = createLimiter({ limit: ANONYMOUS_LIMIT, windowMs: 60_000, now })
  const known = new Map<string, { user: SignedInUser | null; at: number }>()

  const currentUser = async (id: string): Promise<SignedInUser | null> => {
    const remembered = known.get(id)
    if (remembered !== undefined && now() - remembered.at < USER_AGE_MS) return remembered.user
    const at = now()
    const user = await findUser(db, id)
    if (known.size > 20_000) known.clear()
    known.set(id, { user, at })
    return user
  }

  const readClaims = async (c: AppContext): Promise<AccessClaims | null> => {
    const token = /^Bearer ([\w-]+\.[\w-]+\.[\w-]+)$/i.exec(c.req.header('authorization') ?? '')?.[1]
    return token === undefined ? null : tokens.read(token)
  }

  return {
    limitAnonymous: async (c, next) => {
      if ((await readClaims(c)) === null) spend(perAddress, addressBucket(c.get('address')))
      await next()
    },
    requireUser: ({ temporary = false } = {}) =>
      async function requireUser(c, next) {
        const claims = await readClaims(c)
        const user = claims === null ? null : await currentUser(claims.userId)
        if (claims === null || user === null || !user.isActive || user.epoch !== claims.epoch) {
          // Without a token of ours it was counted at the door.
          if (claims !== null) spend(perAddress, addressBucket(c.get('address')))
          return refuse('unauthenticated')
        }
        spend(perUser, user.id)
        if (user.passwordTemporary && !temporary) refuse('forbidden', { detail: CHOOSE_A_PASSWORD })
        c.set('user', user)
        await next()
      },
    requireRole: (...roles) =>
      async function requireRole(c, next) {
        if (!roles.includes(c.get('user').role)) refuse('forbidden')
        await next()
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

import { createHash, randomBytes, randomUUID } from 'node:crypto'
import type { Audit } from '../audit/audit.ts'
import type { Db } from '../db/open.ts'
import { isConflict, type Statement } from '../db/write.ts'
import { findUser, type SignedInUser } from '../users/store.ts'
import {
  deleteFamily,
  findRefreshToken,
  insertRefreshToken,
  isLastUsed,
  spendRefreshToken,
  spendRefreshTokenAgain,
} from './store.ts'

/**
 * A spent token that comes back within this time is taken for two tabs that refreshed at the same moment: the late one
 * gets an access token and no refresh token (the browser already holds the newer cookie). Later it is reuse.
 */
const RACE_MS = 10_000

export type Refreshed =
  | { readonly kind: 'rotated'; readonly user: SignedInUser; readonly refreshToken: string }
  | { readonly kind: 'raced'; readonly user: SignedInUser }
  | { readonly kind: 'ended' }

/** A fresh refresh token (256 random bits) and the statements that store its hash; `after`: the token it is traded for. */
export function startSession(
  user: { id: string; epoch: number },
  days: number,
  now: number,
  after?: { family: string; tokenHash: string },
): { refreshToken: string; statements: Statement[] } {
  const refreshToken = randomBytes(32).toString('base64url')
  const { family, tokenHash: parent } = after ?? { family: randomUUID(), tokenHash: null }
  const token = { family, userId: user.id, epoch: user.epoch, expiresAt: now + days * 86_400_000, spentAt: null }
  return { refreshToken, statements: insertRefreshToken(hashToken(refreshToken), { ...token, parent }, now) }
}

/**
 * Trades a refresh token for the next one. A token that was spent before ends its whole family: either its holder or
 * whoever spent it first is a thief. Not so a browser's whose successor was never used, for the answer that carried it may
 * have been lost: then it is traded again, and that successor counts as spent.
 * @param cookie whether the token came in the cookie of a browser; see RACE_MS, too
 */
export async function refreshSession(
  { db, audit, now }: { db: Db; audit: Audit; now: () => number },
  presented: string,
  days: number,
  cookie: boolean,
): Promise<Refreshed> {
  const tokenHash = hashToken(presented)
  const token = await findRefreshToken(db, tokenHash)
  if (token === null || token.expiresAt <= now()) return { kind: 'ended' }
  const user = await findUser(db, token.userId)
  if (user === null || !user.isActive || user.epoch !== token.epoch) {
    await db.write([deleteFamily(token.family)])
    return { kind: 'ended' }
  }
  if (cookie && token.spentAt !== null && Math.abs(now() - token.spentAt) < RACE_MS) return { kind: 'raced', user }
  if (token.spentAt === null || (cookie && (await isLastUsed(db, tokenHash)))) {
    const next = startSession(user, days, now(), { family: token.family, tokenHash })
    const spend =
      token.spentAt === null
        ? spendRefreshToken(tokenHash, now())
        : spendRefreshTokenAgain(tokenHash, token.spentAt, now())
    try {
      await db.write([...spend, ...next.statements])
      return { kind: 'rotated', user, refreshToken: next.refreshToken }
    } catch (error) {
      if (!isConflict(error)) throw error
    }
    // Spent (or revoked) between the look and the batch: look again.
    return refreshSession({ db, audit, now }, presented, days, cookie)
  }
  await audit.write([deleteFamily(token.family)], {
    userId: user.id,
    action: 'refresh_reuse',
    entityType: 'session',
    entityId: token.family,
  })
  return { kind: 'ended' }
}

/** The login (family) a live refresh token belongs to, whether it is spent or not; null when there is none. `now` in ms. */
export async function findLogin(db: Db, presented: string, now: number): Promise<string | null> {
  const token = await findRefreshToken(db, hashToken(presented))
  return token === null || token.expiresAt <= now ? null : token.family
}

/** Ends the login a refresh token belongs to. An unknown token is no error. */
export async function endSession(db: Db, presented: string): Promise<void> {
  const token = await findRefreshToken(db, hashToken(presented))
  if (token !== null) await db.write([deleteFamily(token.family)])
}

/** Only the hash is stored: 256 random bits need no salt and no slow hash. */
function hashToken(token: string): string {
  return createHash('sha256').update(token).digest('base64url')
}

import { createHash, randomBytes, randomUUID } from 'node:crypto'
import type { Audit } from '../audit/audit.ts'
import type { Db } from '../db/open.ts'
import { isConflict, type Statement } from '../db/write.ts'
import { findUser, type SignedInUser } from '../users/store.ts'
import { deleteFamily, findRefreshToken, insertRefreshToken, spendRefreshToken } from './store.ts'

/**
 * A spent token that comes back within this time is taken for two tabs that refreshed at the same moment: the late one
 * gets an access token and no refresh token (the browser already holds the newer cookie). Later it is reuse.
 */
const RACE_MS = 10_000

export type Refreshed =
  | { readonly kind: 'rotated'; readonly user: SignedInUser; readonly refreshToken: string }
  | { readonly kind: 'raced'; readonly user: SignedInUser }
  | { readonly kind: 'ended' }

/** A fresh refresh token (256 random bits) and the statements that store its hash; `family` of the login it goes on. */
export function startSession(
  user: { id: string; epoch: number },
  days: number,
  now: number,
  family: string = randomUUID(),
): { refreshToken: string; statements: Statement[] } {
  const refreshToken = randomBytes(32).toString('base64url')
  const token = { family, userId: user.id, epoch: user.epoch, expiresAt: now + days * 86_400_000, spentAt: null }
  return { refreshToken, statements: insertRefreshToken(hashToken(refreshToken), token, now) }
}

/**
 * Trades a refresh token for the next one. A token that was spent before ends its whole family: either its holder or
 * whoever spent it first is a thief. `tolerateRace`: for the cookie of a browser, see RACE_MS.
 */
export async function refreshSession(
  { db, audit, now }: { db: Db; audit: Audit; now: () => number },
  presented: string,
  days: number,
  tolerateRace: boolean,
): Promise<Refreshed> {
  const tokenHash = hashToken(presented)
  const token = await findRefreshToken(db, tokenHash)
  if (token === null || token.expiresAt <= now()) return { kind: 'ended' }
  const user = await findUser(db, token.userId)
  if (user === null || !user.isActive || user.epoch !== token.epoch) {
    await db.write([deleteFamily(token.family)])
    return { kind: 'ended' }
  }
  if (token.spentAt === null) {
    const next = startSession(user, days, now(), token.family)
    try {
      await db.write([...spendRefreshToken(tokenHash, now()), ...next.statements])
      return { kind: 'rotated', user, refreshToken: next.refreshToken }
    } catch (error) {
      if (!isConflict(error)) throw error
    }
    // Spent (or revoked) between the look and the batch: look again.
    return refreshSession({ db, audit, now }, presented, days, tolerateRace)
  }
  if (tolerateRace && now() - token.spentAt < RACE_MS) return { kind: 'raced', user }
  await audit.write([deleteFamily(token.family)], {
    userId: user.id,
    action: 'refresh_reuse',
    entityType: 'session',
    entityId: token.family,
  })
  return { kind: 'ended' }
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

import { createHmac, randomInt } from 'node:crypto'
import { CODE_SECONDS } from '../../shared/contract/presence-code.ts'
import { requireOpen } from '../attendance/session.ts'
import { isConflict } from '../db/write.ts'
import type { Deps } from '../deps.ts'
import type { KeyRing } from '../http/keys.ts'
import { refuse } from '../http/problem.ts'
import type { SignedInUser } from '../users/store.ts'
import { putCode } from './store.ts'

/** Draws tried until the digits are nobody else's: with 1,000 codes alive one draw in a thousand meets another. */
const DRAWS = 8

/** What is stored of a code: HMAC-SHA-256 under a key of its own, base64url. A code outlives no change of keys. */
export function codeHmac(keyRing: KeyRing, code: string): string {
  return createHmac('sha256', keyRing.deriveKey('presence-code')).update(code).digest('base64url')
}

/**
 * A fresh code of six digits for a student; the one before is good no more. It opens nothing by itself: a teacher looks it
 * up and confirms the person. Refused as `closed`, saying why, while no session of hers takes a check-in.
 */
export async function drawCode(deps: Deps, user: SignedInUser): Promise<{ code: string; expires_in: number }> {
  const { db, keyRing, now } = deps
  await requireOpen(deps, user, now())
  for (let draw = 0; draw < DRAWS; draw += 1) {
    const code = String(randomInt(1_000_000)).padStart(6, '0')
    try {
      await db.write(putCode(user.id, codeHmac(keyRing, code), now(), now() + CODE_SECONDS * 1000))
      return { code, expires_in: CODE_SECONDS }
    } catch (error) {
      if (!isConflict(error)) throw error
    }
  }
  return refuse('unavailable')
}

import { jwtVerify, SignJWT } from 'jose'
import { z } from 'zod'
import type { KeyRing } from '../http/keys.ts'

/** Seconds a confirmation lives: one act, or a few. */
export const CONFIRMATION_SECONDS = 300

/** Confirmations that the person at the screen has just given her password again, for acts that destroy something. */
export interface Confirmations {
  issue(user: { id: string; epoch: number }): Promise<string>
  /** Whether this is a live confirmation by this very user since her last change of password. No reason is given. */
  holds(token: string, user: { id: string; epoch: number }): Promise<boolean>
}

const TYPE = 'absensi-confirmation'
const claims = z.object({ sub: z.string(), epoch: z.number().int() })

/** JWT (RFC 7519), HS256 under the ring's purpose `confirmation`. */
export function createConfirmations(keyRing: KeyRing, now: () => number): Confirmations {
  const key = keyRing.deriveKey('confirmation')
  return {
    issue: (user) =>
      new SignJWT({ epoch: user.epoch })
        .setProtectedHeader({ alg: 'HS256', typ: TYPE })
        .setSubject(user.id)
        .setExpirationTime(Math.floor(now() / 1000) + CONFIRMATION_SECONDS)
        .sign(key),
    holds: async (token, user) => {
      try {
        const options = {
          algorithms: ['HS256'],
          typ: TYPE,
          requiredClaims: ['sub', 'exp'],
          currentDate: new Date(now()),
        }
        const { sub, epoch } = claims.parse((await jwtVerify(token, key, options)).payload)
        return sub === user.id && epoch === user.epoch
      } catch {
        return false
      }
    },
  }
}

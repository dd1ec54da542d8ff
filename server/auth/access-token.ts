import { jwtVerify, SignJWT } from 'jose'
import { z } from 'zod'
import { type Role, roleSchema } from '../../shared/contract/auth.ts'
import type { KeyRing } from '../http/keys.ts'

export interface AccessClaims {
  readonly userId: string
  readonly epoch: number
}

export interface AccessTokens {
  /** Seconds a token lives. */
  readonly lifetime: number
  issue(user: { id: string; role: Role; epoch: number }): Promise<string>
  /** What a token says, or null for anything that is not a live access token of ours: no reason is given. */
  read(token: string): Promise<AccessClaims | null>
}

const claims = z.object({
  sub: z.string(),
  role: roleSchema,
  type: z.literal('access'),
  epoch: z.number().int(),
})

/**
 * Access tokens: JWT (RFC 7519), HS256 and nothing else. `sub, role, type, exp` as the plan says, and the session
 * epoch, so that a change of password ends access. `secret` (JWT_SECRET_KEY) replaces the key ring's key.
 */
export function createAccessTokens(
  keyRing: KeyRing,
  secret: string | undefined,
  minutes: number,
  now: () => number,
): AccessTokens {
  const key = secret === undefined ? keyRing.deriveKey('access-token') : new TextEncoder().encode(secret)
  return {
    lifetime: minutes * 60,
    issue: (user) =>
      new SignJWT({ role: user.role, type: 'access', epoch: user.epoch })
        .setProtectedHeader({ alg: 'HS256', typ: 'JWT' })
        .setSubject(user.id)
        .setIssuedAt(Math.floor(now() / 1000))
        .setExpirationTime(Math.floor(now() / 1000) + minutes * 60)
        .sign(key),
    read: async (token) => {
      try {
        const { payload } = await jwtVerify(token, key, {
          algorithms: ['HS256'],
          typ: 'JWT',
          requiredClaims: ['sub', 'exp', 'iat'],
          currentDate: new Date(now()),
        })
        const { sub, epoch } = claims.parse(payload)
        return { userId: sub, epoch }
      } catch {
        return null
      }
    },
  }
}

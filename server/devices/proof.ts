import { randomUUID } from 'node:crypto'
import { compactVerify, importJWK, jwtVerify, SignJWT } from 'jose'
import { z } from 'zod'
import type { PublicJwk } from '../../shared/contract/capture.ts'
import type { KeyRing } from '../http/keys.ts'

/** Seconds a nonce lives. */
export const NONCE_SECONDS = 120

const payloadSchema = z.strictObject({ nonce: z.string().max(1000) })

/** A nonce for one user, signed by the server (HS256) instead of stored: a replay only registers the same key again. */
export async function issueNonce(keyRing: KeyRing, userId: string, now: number): Promise<string> {
  return new SignJWT({ type: 'device-nonce' })
    .setProtectedHeader({ alg: 'HS256' })
    .setSubject(userId)
    .setJti(randomUUID())
    .setExpirationTime(Math.floor(now / 1000) + NONCE_SECONDS)
    .sign(keyRing.deriveKey('device-nonce'))
}

/**
 * Whether `proof` shows possession of `jwk`'s private key: a compact JWS, ES256, `typ` device-proof+jwt, over a live
 * nonce of this user. Which check failed is not told.
 */
export async function proves(
  keyRing: KeyRing,
  { jwk, proof, userId, now }: { jwk: PublicJwk; proof: string; userId: string; now: number },
): Promise<boolean> {
  try {
    const key = await importJWK({ ...jwk, alg: 'ES256' }, 'ES256')
    const { payload, protectedHeader } = await compactVerify(proof, key, { algorithms: ['ES256'] })
    if (protectedHeader.typ !== 'device-proof+jwt') return false
    const { nonce } = payloadSchema.parse(JSON.parse(new TextDecoder().decode(payload)))
    const { payload: claims } = await jwtVerify(nonce, keyRing.deriveKey('device-nonce'), {
      algorithms: ['HS256'],
      subject: userId,
      requiredClaims: ['exp', 'jti'],
      currentDate: new Date(now),
    })
    return claims.type === 'device-nonce'
  } catch {
    return false
  }
}

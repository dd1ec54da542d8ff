import { createHash } from 'node:crypto'
import type { MiddlewareHandler } from 'hono'
import { compactVerify, decodeProtectedHeader, importJWK } from 'jose'
import { z } from 'zod'
import { LIMITS } from '../../shared/contract/endpoint.ts'
import type { Db } from '../db/open.ts'
import { findKiosk, type Kiosk, setLastSeen } from '../kiosk/store.ts'
import type { AppContext, AppEnv } from './env.ts'
import type { Limits } from './limits/limits.ts'
import { refuse } from './problem.ts'
import { createUsedIds } from './used-ids.ts'

/** How far a proof's time may be from the server's, ms. */
const AGE_MS = 60_000
/** Ids remembered of one kiosk: all of its budget within the time a proof is good for, before and after, and as much again. */
const IDS = 4 * LIMITS.kiosk.units
/** How often it is noted that a kiosk was there, ms. */
const SEEN_EVERY_MS = 60_000

const claimsSchema = z.object({
  jti: z.string().min(16).max(64),
  htm: z.string(),
  htu: z.url(),
  /** Seconds since 1970. */
  iat: z.number().int(),
  /** SHA-256 of the body's bytes (of nothing where there is none), base64url. */
  body_sha256: z.string(),
})
type Claims = z.infer<typeof claimsSchema>

export interface KioskProofs {
  /** The kiosk that signed this request, active or shut out, its body and its one use not looked at yet; null without a good proof. */
  read(c: AppContext): Promise<Kiosk | null>
  /**
   * Lets through what a paired kiosk signed, once, and sets `kiosk`; others get `unauthenticated`, with no reason.
   * @param revoked whether one that was shut out may pass: its key still says whose the request is
   */
  require(revoked: boolean): MiddlewareHandler<AppEnv>
}

/**
 * Signed requests of kiosks, after RFC 9449 (DPoP): header `DPoP`, a compact JWS (ES256, typ dpop+jwt) over method, URL
 * without query, time and id, and the hash of the body. `kid` is the key's thumbprint; the key comes from our own table,
 * whatever else the header says. Ids are remembered in this process for as long as a proof is good, and in the database where
 * other servers are on it.
 */
export function createKioskProofs(db: Db, now: () => number, limits: Limits): KioskProofs {
  const proven = new WeakMap<AppContext, { kiosk: Kiosk; claims: Claims }>()
  const used = createUsedIds(now, 2 * AGE_MS, IDS)
  const seen = new Map<string, number>()
  const everywhere = limits.shared ? limits.make('kiosk-proof', { limit: 1, windowMs: 2 * AGE_MS }) : null

  const useOnce = async (kioskId: string, jti: string): Promise<boolean> =>
    used.use(kioskId, jti) && (everywhere === null || (await everywhere.take(`${kioskId} ${jti}`)) === 0)

  const noteSeen = async (kioskId: string): Promise<void> => {
    if (now() - (seen.get(kioskId) ?? -Infinity) < SEEN_EVERY_MS) return
    seen.set(kioskId, now())
    await db.write([setLastSeen(kioskId, now())])
  }

  const verify = async (c: AppContext): Promise<{ kiosk: Kiosk; claims: Claims } | null> => {
    const proof = c.req.header('dpop')
    if (proof === undefined || proof.length > 4000) return null
    const kid = readKid(proof)
    // A database that fails is no reason to call a kiosk unknown: it would shut itself out.
    const kiosk = kid === null ? null : await findKiosk(db, kid, { revoked: true })
    if (kiosk === null) return null
    try {
      const key = await importJWK({ ...kiosk.jwk, alg: 'ES256' }, 'ES256')
      const { payload, protectedHeader } = await compactVerify(proof, key, { algorithms: ['ES256'] })
      const claims = claimsSchema.parse(JSON.parse(new TextDecoder().decode(payload)))
      const fits =
        protectedHeader.typ === 'dpop+jwt' &&
        claims.htm === c.req.method &&
        isSameTarget(claims.htu, c.req.url) &&
        Math.abs(now() - claims.iat * 1000) <= AGE_MS
      return fits ? { kiosk, claims } : null
    } catch {
      return null
    }
  }

  return {
    read: async (c) => {
      const one = await verify(c)
      if (one !== null) proven.set(c, one)
      return one?.kiosk ?? null
    },
    require: (revoked) =>
      async function requireKiosk(c, next) {
        const one = proven.get(c)
        if (one === undefined || (one.kiosk.status === 'revoked' && !revoked)) return refuse('unauthenticated')
        const body = new Uint8Array(await c.req.arrayBuffer())
        const hash = createHash('sha256').update(body).digest('base64url')
        const { kiosk, claims } = one
        if (hash !== claims.body_sha256 || !(await useOnce(kiosk.id, claims.jti))) refuse('unauthenticated')
        await noteSeen(kiosk.id)
        c.set('kiosk', kiosk)
        await next()
      },
  }
}

/** The thumbprint a proof names, or null. */
function readKid(proof: string): string | null {
  try {
    // Whatever somebody put there.
    const { kid }: { kid?: unknown } = decodeProtectedHeader(proof)
    return typeof kid === 'string' ? kid : null
  } catch {
    return null
  }
}

/** Host and path; the scheme may have been changed by a proxy that speaks TLS for us, and the query is not signed. */
function isSameTarget(signed: string, actual: string): boolean {
  const [a, b] = [new URL(signed), new URL(actual)]
  return a.host === b.host && a.pathname === b.pathname && a.search === ''
}

import { randomUUID } from 'node:crypto'
import { CompactSign, compactVerify } from 'jose'
import { z } from 'zod'
import type { KeyRing } from '../../http/keys.ts'

const claimsSchema = z.strictObject({
  id: z.string(),
  /** Whom it was given. */
  kiosk: z.string(),
  /** Milliseconds since 1970 by the server's clock. */
  at: z.number().int(),
})

const TYPE = 'absensi-time'

/** Signs what the server's clock says, for one kiosk: compact JWS, HS256 under the ring's purpose `time-token`. */
export async function signTimeToken(keyRing: KeyRing, kioskId: string, now: number): Promise<string> {
  const claims: z.input<typeof claimsSchema> = { id: randomUUID(), kiosk: kioskId, at: now }
  return new CompactSign(new TextEncoder().encode(JSON.stringify(claims)))
    .setProtectedHeader({ alg: 'HS256', typ: TYPE, kid: String(keyRing.current) })
    .sign(keyRing.deriveKey('time-token'))
}

/** The time (ms) of a token of ours that was given this kiosk; null for anything else, without a reason. */
export async function readTimeToken(keyRing: KeyRing, kioskId: string, token: string): Promise<number | null> {
  try {
    const keyOf = ({ kid }: { kid?: string | undefined }) => keyRing.deriveKey('time-token', Number(kid))
    const { payload, protectedHeader } = await compactVerify(token, keyOf, { algorithms: ['HS256'] })
    if (protectedHeader.typ !== TYPE) return null
    const { kiosk, at } = claimsSchema.parse(JSON.parse(new TextDecoder().decode(payload)))
    return kiosk === kioskId ? at : null
  } catch {
    return null
  }
}

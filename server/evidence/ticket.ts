import { CompactSign, compactVerify } from 'jose'
import { z } from 'zod'
import { type Purpose, purposeSchema } from '../../shared/contract/capture.ts'
import { challengeNameSchema } from '../../shared/contract/liveness.ts'
import type { KeyRing } from '../http/keys.ts'

/** Seconds a ticket lives; twice as long for people who are given more time. */
export const TICKET_SECONDS: Readonly<Record<Purpose, number>> = {
  'check-in': 120,
  enrol: 600,
  scan: 120,
  verify: 120,
  upload: 600,
  identify: 120,
}

const claimsSchema = z.strictObject({
  id: z.string(),
  /** Whose face it is to show; null: a kiosk asks. */
  user: z.string().nullable(),
  /** The admin who drew it for somebody else. */
  by: z.string().nullable(),
  device: z.string(),
  purpose: purposeSchema,
  challenges: z.array(challengeNameSchema).max(3),
  slow: z.boolean(),
  poses: z.enum(['guided', 'any']),
  /** The sealing key the capture must be sealed for. */
  kid: z.string(),
  /** Milliseconds since 1970 by the server's clock. */
  issued_at: z.number().int(),
  expires_at: z.number().int(),
  /** The request that leased it to a kiosk for use without network: its challenges were known beforehand. */
  lease: z.string().optional(),
})

/** The server's one-use permission for one capture: everything that must not be changed on its way out and back. */
export type TicketClaims = z.infer<typeof claimsSchema>
/** A ticket for one person's face. */
export type UserTicket = TicketClaims & { readonly user: string }

const TYPE = 'absensi-ticket'

/** Signs a ticket: compact JWS, HS256 under the ring's purpose `ticket`, `kid` naming the master key's version. */
export async function signTicket(keyRing: KeyRing, claims: TicketClaims): Promise<string> {
  // Parsed, its members stand in one order: the same claims are the same text.
  return new CompactSign(new TextEncoder().encode(JSON.stringify(claimsSchema.parse(claims))))
    .setProtectedHeader({ alg: 'HS256', typ: TYPE, kid: String(keyRing.current) })
    .sign(keyRing.deriveKey('ticket'))
}

/**
 * What a ticket of ours says, however old; null for anything else, without a reason. HS256 is the only algorithm, and the
 * header's `kid` only chooses among the versions of our own ring.
 */
export async function readTicket(keyRing: KeyRing, ticket: string): Promise<TicketClaims | null> {
  try {
    const keyOf = ({ kid }: { kid?: string | undefined }) => keyRing.deriveKey('ticket', Number(kid))
    const { payload, protectedHeader } = await compactVerify(ticket, keyOf, { algorithms: ['HS256'] })
    if (protectedHeader.typ !== TYPE) return null
    return claimsSchema.parse(JSON.parse(new TextDecoder().decode(payload)))
  } catch {
    return null
  }
}

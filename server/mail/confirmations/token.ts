import { createHmac, timingSafeEqual } from 'node:crypto'
import type { KeyRing } from '../../http/keys.ts'

/**
 * The token of a confirmation: `id.version.mac`, HMAC-SHA-256 over id and address under the ring's purpose
 * `email-confirmation`. It is made when the mail is sent, and is nowhere in the database.
 */
export function tokenFor(keys: KeyRing, id: string, email: string, version = keys.current): string {
  const mac = createHmac('sha256', keys.deriveKey('email-confirmation', version)).update(JSON.stringify([id, email]))
  return `${id}.${version}.${mac.digest('base64url')}`
}

/** The id a token names; null when it does not look like one. */
export function idOfToken(token: string): string | null {
  return /^([0-9a-f-]{36})\.\d{1,6}\.[\w-]{43}$/.exec(token)?.[1] ?? null
}

/** Whether a token is the one of this confirmation. */
export function tokenFits(keys: KeyRing, token: string, id: string, email: string): boolean {
  const version = Number(token.split('.')[1])
  if (!keys.versions.includes(version)) return false
  const [given, wanted] = [Buffer.from(token), Buffer.from(tokenFor(keys, id, email, version))]
  return given.length === wanted.length && timingSafeEqual(given, wanted)
}

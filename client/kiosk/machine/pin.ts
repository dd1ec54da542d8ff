import type { HeartbeatReply } from '../../outbox/kiosk-state.ts'

type Verifier = HeartbeatReply['pin']

/** Wrong PINs in a row, after which nothing is tried for a while. */
const TRIES = 5
const LOCK_MS = 60_000

const bytesOf = (text: string) =>
  Uint8Array.from(atob(text.replaceAll('-', '+').replaceAll('_', '/')), (char) => char.charCodeAt(0))

/** Whether a typed PIN is the verifier's: PBKDF2-HMAC-SHA-256 over salt and hash in base64 or base64url. */
export async function isPin(typed: string, { salt, iterations, hash }: NonNullable<Verifier>): Promise<boolean> {
  const wanted = bytesOf(hash)
  const key = await crypto.subtle.importKey('raw', new TextEncoder().encode(typed), 'PBKDF2', false, ['deriveBits'])
  const algorithm = { name: 'PBKDF2', hash: 'SHA-256', salt: bytesOf(salt), iterations }
  const got = new Uint8Array(await crypto.subtle.deriveBits(algorithm, key, wanted.length * 8))
  return got.reduce((difference, byte, i) => difference | (byte ^ (wanted[i] ?? 0)), 0) === 0
}

/** The staff PIN, checked here so that it works without network. It guards the screen only. */
export function createPinCheck(): { set(verifier: Verifier): void; check(typed: string): Promise<boolean> } {
  let verifier: Verifier = null
  let [wrong, lockedUntil] = [0, 0]
  return {
    set(next) {
      verifier = next
    },
    async check(typed) {
      if (performance.now() < lockedUntil) return false
      const right = verifier !== null && (await isPin(typed, verifier).catch(() => false))
      wrong = right ? 0 : wrong + 1
      if (wrong >= TRIES) {
        wrong = 0
        lockedUntil = performance.now() + LOCK_MS
      }
      return right
    },
  }
}

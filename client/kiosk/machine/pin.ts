import type { HeartbeatReply } from '../../outbox/kiosk-state.ts'
import { keep, readKept } from '../kept.ts'

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

export interface PinCheck {
  set(verifier: Verifier): void
  /** Whether there is one. */
  isSet(): boolean
  /** `locked`: nothing was tried, for there were too many wrong ones. */
  check(typed: string): Promise<'right' | 'wrong' | 'locked'>
}

/**
 * The staff PIN, checked here so that it works without network. It guards the screen only. What was typed wrong is counted over
 * reloads, which anybody can do. @param now ms, by the tablet's clock
 */
export function createPinCheck(now: () => number): PinCheck {
  let verifier: Verifier = null
  // For a browser that keeps nothing.
  let last = ''
  let before: Promise<unknown> = Promise.resolve()
  const write = (wrong: number, until: number) => {
    last = `${wrong} ${until}`
    keep('pin', last)
  }
  const read = () => {
    const [wrong = 0, until = 0] = (readKept('pin') ?? last).split(' ').map((one) => Number(one) || 0)
    // A clock that was set back must not lock it for days.
    return { wrong, isLocked: until > now() && until - now() <= LOCK_MS }
  }
  async function checkOne(typed: string): Promise<'right' | 'wrong' | 'locked'> {
    if (read().isLocked) return 'locked'
    const right = verifier !== null && (await isPin(typed, verifier).catch(() => false))
    const wrong = right ? 0 : read().wrong + 1
    if (wrong >= TRIES) write(0, now() + LOCK_MS)
    else write(wrong, 0)
    return right ? 'right' : wrong >= TRIES ? 'locked' : 'wrong'
  }
  return {
    set(next) {
      verifier = next
    },
    isSet: () => verifier !== null,
    check(typed) {
      // One after the other, however fast they are typed: the next one must know of the one before.
      const checked = before.then(() => checkOne(typed))
      before = checked
      return checked
    },
  }
}

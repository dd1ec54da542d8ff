import type { Remembered } from '../core/remembered.ts'
import { takingTurns } from '../core/turns.ts'

/** As every call of the console, ms. */
const LIMIT_MS = 20_000

let answer: Promise<Response> | null = null

/**
 * Asks for the session of an earlier visit before the console's code is there: the answer comes while that is fetched and
 * compiled. Without an earlier visit, or after a sign-out the server has not heard of, nobody is asked.
 */
export function askEarly(remembered: Remembered): void {
  if (remembered.read('signedIn') === null || remembered.read('leaving') !== null) return
  answer = takingTurns(() =>
    fetch('/api/v1/auth/refresh', {
      method: 'POST',
      headers: { accept: 'application/json', 'content-type': 'application/json' },
      body: '{}',
      credentials: 'same-origin',
      cache: 'no-store',
      signal: AbortSignal.timeout(LIMIT_MS),
    }),
  )
  // Whoever takes it hears of it.
  answer.catch(() => undefined)
}

/** The answer to `askEarly`, once. */
export function takeEarly(): Promise<Response> | null {
  const taken = answer
  answer = null
  return taken
}

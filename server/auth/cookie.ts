import { deleteCookie, getCookie, setCookie } from 'hono/cookie'
import type { AppContext } from '../http/env.ts'

const NAME = 'refresh_token'
const PATH = '/api/v1/auth'

/**
 * Whether the caller is a page in a browser, which keeps its refresh token in a cookie no script can read. Browsers mark
 * their requests (`Sec-Fetch-Site` or `Origin`); everybody else, or who says `X-Client: api`, gets the token in the body.
 */
export function isBrowser(c: AppContext): boolean {
  if (c.req.header('x-client')?.toLowerCase() === 'api') return false
  return c.req.header('sec-fetch-site') !== undefined || c.req.header('origin') !== undefined
}

/** Hands the refresh token to the browser. Secure, save on plain HTTP to this very machine, where it could not be kept. */
export function setRefreshCookie(c: AppContext, token: string, days: number): void {
  setCookie(c, NAME, token, { ...attributes(c), maxAge: days * 86_400 })
}

export function readRefreshCookie(c: AppContext): string | undefined {
  return getCookie(c, NAME)
}

export function clearRefreshCookie(c: AppContext): void {
  deleteCookie(c, NAME, attributes(c))
}

const MARKS = 'known_browser'
/** As long as a browser keeps a cookie at all (RFC 6265bis, 400 days). */
const MARKS_SECONDS = 400 * 86_400

/** What this browser says it has signed in with before: see known-browser.ts. Signing out does not take it back. */
export const readMarks = (c: AppContext): string | undefined => getCookie(c, MARKS)

export function setMarks(c: AppContext, marks: string): void {
  setCookie(c, MARKS, marks, { ...attributes(c), maxAge: MARKS_SECONDS })
}

function attributes(c: AppContext) {
  const local = ['localhost', '127.0.0.1', '[::1]'].includes(new URL(c.req.url).hostname)
  return { httpOnly: true, secure: c.get('secure') || !local, sameSite: 'Strict', path: PATH } as const
}

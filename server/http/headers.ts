import type { MiddlewareHandler } from 'hono'
import type { AppEnv } from './env.ts'

/** DESIGN: nothing but this origin; WebAssembly may be compiled, no other code made from text. */
const CONTENT_SECURITY_POLICY = [
  "default-src 'none'",
  "script-src 'self' 'wasm-unsafe-eval'",
  "worker-src 'self'",
  "connect-src 'self'",
  "style-src 'self'",
  "font-src 'self'",
  "manifest-src 'self'",
  "img-src 'self' blob:",
  "media-src 'self' blob:",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join('; ')

/** How long a browser that came by TLS comes by nothing else. */
const YEAR_SECONDS = 31_536_000

/**
 * The security headers of every reply. The policy goes out with scripts too, since a worker obeys the policy of its own
 * script. No COEP: a cross-origin isolated page makes tfjs take its threaded WASM build, which starts workers from
 * blob: addresses, and `worker-src 'self'` forbids those.
 */
export const securityHeaders: MiddlewareHandler<AppEnv> = async (c, next) => {
  await next()
  c.header('Content-Security-Policy', CONTENT_SECURITY_POLICY)
  c.header('X-Content-Type-Options', 'nosniff')
  c.header('Referrer-Policy', 'no-referrer')
  c.header('Permissions-Policy', 'camera=(self), microphone=(), geolocation=(self), payment=(), usb=()')
  c.header('Cross-Origin-Opener-Policy', 'same-origin')
  c.header('Cross-Origin-Resource-Policy', 'same-origin')
  c.header('X-Frame-Options', 'DENY')
  // Over plain HTTP browsers ignore it.
  if (c.get('secure')) c.header('Strict-Transport-Security', `max-age=${YEAR_SECONDS}`)
}

import { Hono } from 'hono'
import { bodyLimit } from 'hono/body-limit'
import { cors } from 'hono/cors'
import { requestId } from 'hono/request-id'
import { attendanceRoutes } from './attendance/routes.ts'
import type { AccessTokens } from './auth/access-token.ts'
import type { Passwords } from './auth/password.ts'
import { authRoutes } from './auth/routes.ts'
import { consentRoutes } from './consents/routes.ts'
import type { Deps } from './deps.ts'
import { deviceRoutes } from './devices/routes.ts'
import type { Faces } from './face/faces.ts'
import { faceRoutes } from './face/routes.ts'
import { callerAddress } from './http/address.ts'
import type { AppEnv } from './http/env.ts'
import { securityHeaders } from './http/headers.ts'
import { describeError } from './http/log.ts'
import { problemReply, Refusal, refuse } from './http/problem.ts'
import { logRequests } from './http/request-log.ts'
import { staticRoutes } from './http/static.ts'
import { healthRoutes } from './ops/routes.ts'

/** The most a request's body may weigh, in bytes: a sealed capture is at most 100 kB. */
const MAX_BODY = 256 * 1024

export interface AppOptions {
  readonly tokens: AccessTokens
  readonly passwords: Passwords
  /** The folder of the built pages (dist/client). */
  readonly clientFolder: string
  /** Whether this process itself speaks TLS. */
  readonly tls: boolean
}

/** The whole application: what every request passes, in order, then the routes. */
export function createApp(
  deps: Deps,
  faces: Faces,
  { tokens, passwords, clientFolder, tls }: AppOptions,
): Hono<AppEnv> {
  const { config, guard, log } = deps
  const app = new Hono<AppEnv>()

  app.use(requestId({ limitLength: 64 }))
  app.use(callerAddress(config.trustedProxies, tls))
  app.use(logRequests(log))
  app.use(securityHeaders)

  const api = new Hono<AppEnv>()
  api.use(async function noStore(c, next) {
    await next()
    c.header('Cache-Control', 'no-store')
  })
  api.use(
    cors({ origin: [...config.corsOrigins], allowHeaders: ['Authorization', 'Content-Type', 'X-Client'], maxAge: 600 }),
  )
  api.use(bodyLimit({ maxSize: MAX_BODY, onError: () => refuse('too_large') }))
  api.use(guard.limitAnonymous)
  api.route('/health', healthRoutes(deps))
  api.route('/auth', authRoutes(deps, tokens, passwords))
  api.route('/devices', deviceRoutes(deps))
  api.route('/consents', consentRoutes(deps, faces.erase))
  api.route('/face', faceRoutes(deps, faces))
  api.route('/absensi', attendanceRoutes(deps, faces))

  app.route('/api/v1', api)
  app.route('/health', healthRoutes(deps))
  app.route('/', staticRoutes(clientFolder, { '/': '/phone/index.html' }))

  app.notFound((c) => problemReply(c, new Refusal('not_found')))
  app.onError((error, c) => {
    if (error instanceof Refusal) return problemReply(c, error)
    log.error('failed', { request: c.get('requestId'), ...describeError(error) })
    return problemReply(c, new Refusal('internal'))
  })
  return app
}

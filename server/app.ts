import { Hono } from 'hono'
import { cors } from 'hono/cors'
import { requestId } from 'hono/request-id'
import { healthApi } from '../shared/contract/api/health.ts'
import { serveAttendance } from './attendance/routes.ts'
import type { AccessTokens } from './auth/access-token.ts'
import type { Passwords } from './auth/password.ts'
import { serveAuth } from './auth/routes.ts'
import { serveConsents } from './consents/routes.ts'
import type { Deps } from './deps.ts'
import { serveDevices } from './devices/routes.ts'
import { serveFaceAdmin } from './face/admin-routes.ts'
import type { Faces } from './face/faces.ts'
import { serveFace } from './face/routes.ts'
import { callerAddress } from './http/address.ts'
import type { AppEnv } from './http/env.ts'
import { securityHeaders } from './http/headers.ts'
import { describeError } from './http/log.ts'
import { problemReply, Refusal } from './http/problem.ts'
import { logRequests } from './http/request-log.ts'
import { createServe } from './http/serve.ts'
import { staticRoutes } from './http/static.ts'
import { serveKiosk } from './kiosk/routes.ts'
import { readHealth } from './ops/health.ts'

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
    cors({
      origin: [...config.corsOrigins],
      allowHeaders: ['Authorization', 'Content-Type', 'X-Client', 'X-Confirmation', 'DPoP'],
      maxAge: 600,
    }),
  )
  api.use(guard.limitAnonymous)

  const serve = createServe(api, guard)
  serve(healthApi.health, () => readHealth(deps))
  serveAuth(serve, deps, tokens, passwords)
  serveDevices(serve, deps)
  serveConsents(serve, deps, faces.erase)
  serveFace(serve, deps, faces)
  serveFaceAdmin(serve, deps, faces)
  serveAttendance(serve, deps, faces)
  serveKiosk(serve, deps, faces)

  app.route('/api/v1', api)
  app.get('/health', async (c) => c.json(await readHealth(deps)))
  app.route('/', staticRoutes(clientFolder, { '/': '/phone/index.html' }))

  app.notFound((c) => problemReply(c, new Refusal('not_found')))
  app.onError((error, c) => {
    if (error instanceof Refusal) return problemReply(c, error)
    log.error('failed', { request: c.get('requestId'), ...describeError(error) })
    return problemReply(c, new Refusal('internal'))
  })
  return app
}

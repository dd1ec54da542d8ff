import type { MiddlewareHandler } from 'hono'
import { matchedRoutes } from 'hono/route'
import type { AppEnv } from './env.ts'
import type { Log } from './log.ts'

/** One line a request: its route (never the address asked for, which may hold a NIM), status and milliseconds. */
export function logRequests(log: Log): MiddlewareHandler<AppEnv> {
  return async function logRequest(c, next) {
    const start = performance.now()
    await next()
    log.info('request', {
      request: c.get('requestId'),
      method: c.req.method,
      // Middleware and the pages' catch-all match too; the most exact pattern is the route that answered.
      route: matchedRoutes(c).findLast(({ path }) => !path.endsWith('*'))?.path ?? '*',
      status: c.res.status,
      ms: Math.round((performance.now() - start) * 10) / 10,
    })
  }
}

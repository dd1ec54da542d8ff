import { Hono } from 'hono'
import type { z } from 'zod'
import type { healthReply } from '../../shared/contract/health.ts'
import type { Deps } from '../deps.ts'
import type { AppEnv } from '../http/env.ts'
import { refuse } from '../http/problem.ts'

/** `/health`: alive, and the database answers. For load balancers and for the page, which shows the profile. */
export function healthRoutes({ config, db, log }: Deps): Hono<AppEnv> {
  return new Hono<AppEnv>().get('/', async (c) => {
    await db.read('SELECT 1').catch(() => {
      log.error('database_unreachable')
      refuse('unavailable', { retryAfter: 5 })
    })
    const reply: z.infer<typeof healthReply> = { status: 'ok', name: config.appName, profile: config.profile }
    return c.json(reply)
  })
}

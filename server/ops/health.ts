import type { z } from 'zod'
import type { healthReply } from '../../shared/contract/health.ts'
import type { Deps } from '../deps.ts'
import { refuse } from '../http/problem.ts'

/** `/health`: alive, and the database answers. For load balancers and for the page, which shows the profile. */
export async function readHealth({ config, db, log }: Deps): Promise<z.infer<typeof healthReply>> {
  await db.read('SELECT 1').catch(() => {
    log.error('database_unreachable')
    refuse('unavailable', { retryAfter: 5 })
  })
  return { status: 'ok', name: config.appName, profile: config.profile, time_zone: config.timeZone }
}

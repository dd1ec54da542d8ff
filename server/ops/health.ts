import type { z } from 'zod'
import type { healthReply } from '../../shared/contract/health.ts'
import type { Deps } from '../deps.ts'
import { refuse } from '../http/problem.ts'
import { readSchoolSettings } from '../settings/store.ts'

/** `/health`: alive, and the database answers. For load balancers and for the page, which shows the profile and offers what is open. */
export async function readHealth({ config, db, log }: Deps): Promise<z.infer<typeof healthReply>> {
  const { registration } = await readSchoolSettings(db).catch(() => {
    log.error('database_unreachable')
    return refuse('unavailable', { retryAfter: 5 })
  })
  return {
    status: 'ok',
    name: config.appName,
    profile: config.profile,
    time_zone: config.timeZone,
    registration: registration !== 'closed',
  }
}

import type { z } from 'zod'
import type { healthReply } from '../../shared/contract/health.ts'
import type { Deps } from '../deps.ts'
import { refuse } from '../http/problem.ts'
import { readSchoolSettings } from '../settings/store.ts'

/** `/health`: alive, and the database answers. For load balancers and for the page, which shows the profile and offers what is open. */
export async function readHealth({ config, db, log }: Deps): Promise<z.infer<typeof healthReply>> {
  await db.read('SELECT 1').catch(() => {
    log.error('database_unreachable')
    refuse('unavailable', { retryAfter: 5 })
  })
  // Settings that cannot be read are no reason to be called dead: nothing is offered then.
  const registration = await readSchoolSettings(db).then(
    (settings) => settings.registration,
    () => 'closed',
  )
  return {
    status: 'ok',
    name: config.appName,
    profile: config.profile,
    time_zone: config.timeZone,
    registration: registration !== 'closed',
  }
}

import type { z } from 'zod'
import { readWallClock } from '../../shared/attendance/zone.ts'
import { jobsApi } from '../../shared/contract/api/jobs.ts'
import type { jobSchema } from '../../shared/contract/jobs.ts'
import type { Deps } from '../deps.ts'
import type { AppContext } from '../http/env.ts'
import { refuse } from '../http/problem.ts'
import type { Serve } from '../http/serve.ts'
import type { Job } from './job.ts'
import type { Runner } from './runner.ts'
import type { JobState } from './store.ts'

/** `/admin/jobs`: what runs by itself, when it ran last and what came of it. */
export function serveJobs(serve: Serve, deps: Deps, runner: Runner): void {
  serve(jobsApi.list, async () => ({
    jobs: (await runner.list()).map(({ job, state }) => describeJob(job, state, deps)),
  }))

  serve(jobsApi.run, async (c, { params: { name } }) => ({ job: await startJob(c, deps, runner, name) }))
}

/** Starts a job for an admin, with an audit line, and gives its state. Refuses with not_found, or conflict while it runs. */
export async function startJob(
  c: AppContext,
  deps: Deps,
  runner: Runner,
  name: string,
): Promise<z.input<typeof jobSchema>> {
  const { audit, now } = deps
  const started = await runner.start(name, now())
  if (started === 'unknown') refuse('not_found')
  if (started === 'running') refuse('conflict', RUNNING)
  await audit.write([], {
    userId: c.get('user').id,
    action: 'run_job',
    entityType: 'job',
    entityId: name,
    ipAddress: c.get('address'),
  })
  const found = (await runner.list()).find(({ job }) => job.name === name)
  return found === undefined ? refuse('not_found') : describeJob(found.job, found.state, deps)
}

/** Times on the school's wall, as the schedule is. */
function describeJob(job: Job, state: JobState | null, { config, now }: Deps): z.input<typeof jobSchema> {
  const iso = (ms: number | null | undefined) =>
    ms === null || ms === undefined ? null : readWallClock(ms, config.timeZone).iso
  return {
    name: job.name,
    schedule: job.schedule,
    state: (state?.leasedUntil ?? 0) > now() ? 'running' : 'waiting',
    next_at: iso(state?.nextAt),
    last_started: iso(state?.lastStarted),
    last_ended: iso(state?.lastEnded),
    last_result: state?.lastResult ?? null,
    last_detail: state?.lastDetail ?? null,
    last_error: state?.lastError ?? null,
  }
}

const RUNNING = {
  detail: {
    id: 'Pekerjaan ini sedang berjalan. Tunggu sampai selesai.',
    en: 'This job is running already. Wait for its end.',
  },
}

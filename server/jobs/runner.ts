import { randomUUID } from 'node:crypto'
import { Cron } from 'croner'
import { CLOCKS_APART_MS } from '../db/clocks-apart.ts'
import type { Deps } from '../deps.ts'
import { describeError } from '../http/log.ts'
import type { Job } from './job.ts'
import { endRun, type JobState, leaseJob, planAnew, planJob, readJobs, renewLease } from './store.ts'

/** How long a run holds its job before it has to say that it still lives, ms: a crash delays a job this long at most. */
const LEASE_MS = 10 * 60_000
/** How often a run says so, ms. */
const RENEW_MS = 60_000
/** After a failure a job is tried again this soon, ms, unless its time comes sooner. */
const RETRY_MS = 10 * 60_000
/** How often the table is looked at, ms. */
const LOOK_MS = 20_000

/** What a start now came to: the run is on its way, somebody is running it, or there is no such job. */
export type Started = 'started' | 'running' | 'unknown'

export interface Runner {
  /** Runs every job that is due, one after the other, and returns the names of those it ran. */
  runDue(now: number): Promise<string[]>
  /** Starts a job now and does not wait for its end. */
  start(name: string, now: number): Promise<Started>
  /** Each job with its state; null before it was ever planned. */
  list(): Promise<{ job: Job; state: JobState | null }[]>
  /** Looks at the table from now on, every twenty seconds. */
  watch(): void
  /** Waits until nothing runs here. */
  idle(): Promise<void>
  /** Looks no more, and waits until nothing runs here. */
  stop(): Promise<void>
}

/**
 * Runs the jobs of a table. What is due, who holds it and how it ended is in the database, so that several processes share
 * the work and never run one job twice at a time.
 */
export function createRunner(deps: Deps, jobs: readonly Job[]): Runner {
  const { db, config, log } = deps
  const running = new Set<Promise<void>>()
  let timer: NodeJS.Timeout | undefined
  let looking: Promise<unknown> | undefined

  const nextOf = (job: Job, after: number): number =>
    new Cron(job.schedule, { timezone: config.timeZone, paused: true }).nextRun(new Date(after))?.getTime() ??
    after + 86_400_000

  /** Takes the job and starts it; null when it is not due or somebody else holds it. @param due null: somebody wants it now */
  const take = async (job: Job, now: number, due: number | null): Promise<{ ended: Promise<void> } | null> => {
    const id = randomUUID()
    const until = now + LEASE_MS
    const [taken] = await db.write([
      leaseJob(job.name, { id, until, latest: until + CLOCKS_APART_MS, onlyWhenDue: due !== null }, now),
    ])
    if (taken?.rowsAffected !== 1) return null
    const ended = runOnce(job, id, now, due).finally(() => running.delete(ended))
    running.add(ended)
    return { ended }
  }

  const runOnce = async (job: Job, id: string, now: number, due: number | null): Promise<void> => {
    const renewing = setInterval(() => {
      db.write([renewLease(job.name, id, deps.now() + LEASE_MS)]).catch(() => log.warn('job_lease', { job: job.name }))
    }, RENEW_MS).unref()
    try {
      const outcome = await job.run(deps, now, due)
      const nextAt = nextOf(job, Math.max(now, deps.now()))
      await db.write([endRun(job.name, id, { outcome, nextAt }, deps.now())])
      log.info('job_ended', { job: job.name, result: outcome.result, ...outcome.detail })
    } catch (error) {
      const { error: name, code } = describeError(error)
      log.error('job_failed', { job: job.name, ...describeError(error) })
      const nextAt = Math.min(nextOf(job, deps.now()), deps.now() + RETRY_MS)
      const outcome = { result: 'failed', error: String(code ?? name).slice(0, 60) } as const
      await db
        .write([endRun(job.name, id, { outcome, nextAt }, deps.now())])
        .catch(() => log.error('job_end_lost', { job: job.name }))
    } finally {
      clearInterval(renewing)
    }
  }

  const plan = (now: number) => db.write(jobs.map((job) => planJob(job.name, nextOf(job, now))))

  const runDue = async (now: number): Promise<string[]> => {
    const states = await readJobs(db)
    if (jobs.some(({ name }) => !states.has(name))) await plan(now)
    const ran: string[] = []
    for (const job of jobs) {
      const state = states.get(job.name)
      if (state === undefined) continue
      // Planned while the clock was ahead: it would stand still until then.
      if (state.nextAt > nextOf(job, now + CLOCKS_APART_MS))
        await db.write([planAnew(job.name, { from: state.nextAt, to: nextOf(job, now) })])
      if (state.nextAt > now) continue
      const run = await take(job, now, state.nextAt)
      if (run === null) continue
      await run.ended
      ran.push(job.name)
    }
    return ran
  }

  const idle = async (): Promise<void> => {
    await looking
    while (running.size > 0) await Promise.all(running)
  }

  const look = (): void => {
    looking ??= runDue(deps.now())
      .catch((error: unknown) => log.error('jobs_unreachable', describeError(error)))
      .finally(() => {
        looking = undefined
      })
  }

  return {
    runDue,
    start: async (name, now) => {
      const job = jobs.find((one) => one.name === name)
      if (job === undefined) return 'unknown'
      await plan(now)
      return (await take(job, now, null)) === null ? 'running' : 'started'
    },
    list: async () => {
      const states = await readJobs(db)
      return jobs.map((job) => ({ job, state: states.get(job.name) ?? null }))
    },
    watch: () => {
      timer = setInterval(look, LOOK_MS).unref()
      look()
    },
    idle,
    stop: async () => {
      clearInterval(timer)
      await idle()
    },
  }
}

import { afterEach, beforeEach, expect, it } from 'vitest'
import { jobReply, jobsReply } from '../../shared/contract/jobs.ts'
import { MONDAY_SEVEN, openTestServer, type TestServer } from '../test/test-server.ts'
import { did, type Job, skipped } from './job.ts'
import { createRunner } from './runner.ts'

let server: TestServer
beforeEach(async () => {
  server = await openTestServer()
})
afterEach(() => server.close())

const PATH = '/api/v1/admin/jobs'
const HOUR = 3_600_000

/** A job at eight o'clock that counts its runs and waits for `gate`. */
function makeJob(outcome: () => ReturnType<Job['run']> = async () => did({ n: 1 })) {
  let open: () => void = () => undefined
  const gate = new Promise<void>((resolve) => {
    open = resolve
  })
  const runs: number[] = []
  const job: Job = {
    name: 'test-job',
    schedule: '0 8 * * *',
    run: async (_, now) => {
      runs.push(now)
      await gate
      return outcome()
    },
  }
  return { job, runs, open }
}

it('runs a job at its time on the school’s wall, once', async () => {
  const { job, runs, open } = makeJob()
  open()
  const runner = createRunner(server.deps, [job])
  expect(await runner.runDue(server.clock.now)).toEqual([])
  const [first] = await runner.list()
  expect(first?.state?.nextAt).toBe(MONDAY_SEVEN + HOUR)
  server.clock.now += HOUR
  expect(await runner.runDue(server.clock.now)).toEqual(['test-job'])
  expect(await runner.runDue(server.clock.now)).toEqual([])
  expect(runs).toEqual([MONDAY_SEVEN + HOUR])
  expect((await runner.list())[0]?.state).toMatchObject({
    nextAt: MONDAY_SEVEN + 25 * HOUR,
    leasedUntil: null,
    lastStarted: MONDAY_SEVEN + HOUR,
    lastEnded: MONDAY_SEVEN + HOUR,
    lastResult: 'ok',
    lastDetail: { n: 1 },
    lastError: null,
  })
})

it('is told when it was due, also where the server was off then', async () => {
  const told: (number | null)[][] = []
  const job: Job = {
    name: 'laporan',
    schedule: '0 17 * * *',
    run: async (_, now, due) => {
      told.push([now, due])
      return did()
    },
  }
  const runner = createRunner(server.deps, [job])
  const at = (iso: string) => Date.parse(iso)
  await runner.runDue(at('2026-11-02T16:00:00+07:00'))
  await runner.runDue(at('2026-11-03T06:30:00+07:00'))
  expect(told).toEqual([[at('2026-11-03T06:30:00+07:00'), at('2026-11-02T17:00:00+07:00')]])
})

it('is run by one of two processes at a time, and taken over when one has died', async () => {
  const { job, runs, open } = makeJob()
  const [a, b] = [createRunner(server.deps, [job]), createRunner(server.deps, [job])]
  await a.runDue(server.clock.now)
  server.clock.now += HOUR
  const both = Promise.all([a.runDue(server.clock.now), b.runDue(server.clock.now)])
  await expect.poll(() => runs.length).toBe(1)
  expect(await b.start('test-job', server.clock.now)).toBe('running')
  // The lease runs out, as after a crash: another takes over, and the first one's end changes nothing.
  const later = server.clock.now + 11 * 60_000
  const over = b.runDue(later)
  await expect.poll(() => runs.length).toBe(2)
  open()
  expect((await both).flat()).toEqual(['test-job'])
  expect(await over).toEqual(['test-job'])
  expect((await a.list())[0]?.state).toMatchObject({ lastStarted: later, leasedUntil: null, lastResult: 'ok' })
})

it('goes on when the clock was ahead and is put right', async () => {
  const { job, runs, open } = makeJob()
  open()
  const runner = createRunner(server.deps, [job])
  const ahead = MONDAY_SEVEN + 30 * 24 * HOUR
  server.clock.now = ahead
  await runner.start('test-job', ahead)
  await runner.idle()
  // As a process leaves it that was killed in the middle of a run.
  await server.deps.db.write([{ sql: "UPDATE jobs SET leased_by = 'gone', leased_until = ?", args: [ahead + 600_000] }])
  server.clock.now = MONDAY_SEVEN
  expect(await runner.runDue(MONDAY_SEVEN)).toEqual([])
  expect((await runner.list())[0]?.state?.nextAt).toBe(MONDAY_SEVEN + HOUR)
  expect(await runner.runDue(MONDAY_SEVEN + HOUR)).toEqual(['test-job'])
  // Another process, whose clock is a little behind, takes the next day's plan for what it is.
  expect(await runner.runDue(MONDAY_SEVEN + HOUR - 5000)).toEqual([])
  expect(runs).toEqual([ahead, MONDAY_SEVEN + HOUR])
  expect((await runner.list())[0]?.state?.nextAt).toBe(MONDAY_SEVEN + 25 * HOUR)
})

it('notes a failure by its code alone, and tries again soon', async () => {
  const { job, open } = makeJob(() => Promise.reject(Object.assign(new Error('rahasia'), { code: 'E_DISK' })))
  open()
  const runner = createRunner(server.deps, [job])
  await runner.runDue(server.clock.now)
  server.clock.now += HOUR
  await runner.runDue(server.clock.now)
  expect((await runner.list())[0]?.state).toMatchObject({
    lastResult: 'failed',
    lastError: 'E_DISK',
    lastDetail: null,
    nextAt: server.clock.now + 600_000,
  })
  expect(server.lines.join()).not.toContain('rahasia')
  server.clock.now += 600_000
  expect(await runner.runDue(server.clock.now)).toEqual(['test-job'])
})

it('says why a job could do nothing', async () => {
  const { job, open } = makeJob(async () => skipped('no_smtp'))
  open()
  const runner = createRunner(server.deps, [job])
  await runner.start('test-job', server.clock.now)
  await runner.idle()
  expect((await runner.list())[0]?.state).toMatchObject({ lastResult: 'skipped', lastDetail: { reason: 'no_smtp' } })
})

it('watches by itself until it is stopped', async () => {
  const { job, runs, open } = makeJob()
  open()
  const runner = createRunner(server.deps, [job])
  await runner.runDue(server.clock.now)
  server.clock.now += HOUR
  runner.watch()
  await expect.poll(() => runs.length).toBe(1)
  await runner.stop()
  expect((await runner.list())[0]?.state?.lastResult).toBe('ok')
})

it('is shown to admins, who may start one', async () => {
  const { access_token: token } = await server.signedIn({ role: 'admin' })
  const names = (await server.ask(jobsReply, PATH, { token })).jobs.map(({ name }) => name)
  expect(names).toEqual(expect.arrayContaining(['backup', 'clean-up', 'daily-report', 'notify-parents', 'send-mail']))
  const started = await server.ask(jobReply, `${PATH}/daily-report/run`, { method: 'POST', token })
  expect(started.job.last_started).toBe('2026-11-02T07:00:00+07:00')
  await server.runner.idle()
  const { jobs } = await server.ask(jobsReply, PATH, { token })
  expect(jobs.find(({ name }) => name === 'daily-report')).toMatchObject({
    state: 'waiting',
    schedule: '0 17 * * *',
    next_at: '2026-11-02T17:00:00+07:00',
    last_result: 'skipped',
    last_detail: { reason: 'no_smtp' },
  })
  expect((await server.refused(`${PATH}/none/run`, { method: 'POST', token })).code).toBe('not_found')
  expect((await server.refused(`${PATH}/No%20/run`, { method: 'POST', token })).code).toBe('bad_request')
  const guru = await server.signedIn({ role: 'guru' })
  expect((await server.refused(PATH, { token: guru.access_token })).code).toBe('forbidden')
  expect((await server.refused(`${PATH}/backup/run`, { method: 'POST', token: guru.access_token })).code).toBe(
    'forbidden',
  )
})

it('starts a job once of two at the same moment', async () => {
  const { job, runs, open } = makeJob()
  const runner = createRunner(server.deps, [job])
  const two = await Promise.all([1, 2].map(() => runner.start('test-job', server.clock.now)))
  expect(two.sort()).toEqual(['running', 'started'])
  open()
  await runner.idle()
  expect(runs).toHaveLength(1)
})

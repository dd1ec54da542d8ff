import { expect, it } from 'vitest'
import { type Job, nameOf, secondsOf, tellOutcome, tellSchedule } from './tell-job.ts'

const job: Job = {
  name: 'backup',
  schedule: '15 1 * * *',
  state: 'waiting',
  next_at: null,
  last_started: '2026-11-02T01:15:00.000Z',
  last_ended: '2026-11-02T01:15:04.400Z',
  last_result: 'ok',
  last_detail: null,
  last_error: null,
}

it.each([
  [
    { last_detail: { bytes: 2_500_000, kept: 3, removed: 0, audit: 'whole' } },
    'size 2.5\u00a0MB, 3 kept, audit log whole',
  ],
  [{ last_detail: { audit: 'broken_at_17' } }, 'audit log BROKEN at line 17'],
  [{ last_result: 'skipped', last_detail: { reason: 'setting_off' } }, 'Turned off in the settings.'],
  [{ last_result: 'skipped', last_detail: { reason: 'toString' } }, 'toString'],
  [{ last_result: 'failed', last_error: 'EIO' }, 'Error EIO. It is tried again within ten minutes.'],
  [{ last_detail: { sent: 0, old_rows: 4 } }, '4 old rows'],
  [{ last_detail: {} }, 'nothing had to be done'],
  [{ last_result: null }, ''],
] as const)('tells %j', (state, text) => expect(tellOutcome({ ...job, ...state }, 'en')).toBe(text))

it('tells when a job runs', () => {
  expect(['15 1 * * *', '*/5 * * * *', '* * * * *', '0 7 * * 1'].map((cron) => tellSchedule(cron, 'id'))).toEqual([
    'setiap hari pukul 01.15',
    'setiap 5 menit',
    'setiap menit',
    'jadwal 0 7 * * 1',
  ])
})

it('tells what a job is called and how long it took', () => {
  expect([nameOf(job, 'id'), nameOf({ ...job, name: 'other' }, 'id')]).toEqual(['Cadangan malam', 'other'])
  expect([secondsOf(job), secondsOf({ ...job, last_ended: null })]).toEqual([4, null])
  // It runs again: the end is the one of the run before.
  expect(secondsOf({ ...job, last_started: '2026-11-03T01:15:00.000Z' })).toBeNull()
})

import { expect, it } from 'vitest'
import { createMemoryLimiter } from './memory.ts'

it('gives so many units in any window, and says how long to wait', async () => {
  const clock = { now: 0 }
  const limiter = createMemoryLimiter({ limit: 2, windowMs: 10_000, now: () => clock.now })
  expect(await limiter.take('a')).toBe(0)
  clock.now = 4_000
  expect(await limiter.take('a')).toBe(0)
  expect(await limiter.take('a')).toBe(6)
  expect(await limiter.take('b')).toBe(0)
  clock.now = 10_000
  expect(await limiter.take('a')).toBe(0)
  expect(await limiter.take('a')).toBe(4)
})

it('forgets what was taken while the clock was hours ahead', async () => {
  let now = 8 * 3_600_000
  const limiter = createMemoryLimiter({ limit: 1, windowMs: 60_000, now: () => now })
  expect([await limiter.take('a'), (await limiter.take('a')) > 0]).toEqual([0, true])
  now = 1_000_000
  expect(await limiter.take('a')).toBe(0)
})

it('takes a unit back, and gives many at once no more', async () => {
  const limiter = createMemoryLimiter({ limit: 1, windowMs: 10_000, now: () => 0 })
  await limiter.take('a')
  await limiter.giveBack('a')
  await limiter.giveBack('a')
  expect(await Promise.all([limiter.take('a'), limiter.take('a')])).toEqual([0, 10])
})

it('forgets who came longest ago, not who comes often, when there are too many', async () => {
  const limiter = createMemoryLimiter({ limit: 1, windowMs: 10_000, now: () => 0, keys: 2 })
  await limiter.take('often')
  await limiter.take('once')
  expect(await limiter.take('often')).toBe(10)
  await limiter.take('new')
  expect([await limiter.take('often'), await limiter.take('once')]).toEqual([10, 0])
})

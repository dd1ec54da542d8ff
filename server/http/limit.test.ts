import { expect, it } from 'vitest'
import { createLimiter } from './limit.ts'

it('gives so many units in any window, and says how long to wait', () => {
  const clock = { now: 0 }
  const limiter = createLimiter({ limit: 2, windowMs: 10_000, now: () => clock.now })
  expect(limiter.take('a')).toBe(0)
  clock.now = 4_000
  expect(limiter.take('a')).toBe(0)
  expect(limiter.take('a')).toBe(6)
  expect(limiter.wait('a')).toBe(6)
  expect(limiter.take('b')).toBe(0)
  clock.now = 10_000
  expect(limiter.take('a')).toBe(0)
  expect(limiter.wait('a')).toBe(4)
})

it('takes a unit back', () => {
  const limiter = createLimiter({ limit: 1, windowMs: 10_000, now: () => 0 })
  limiter.take('a')
  limiter.giveBack('a')
  expect(limiter.wait('a')).toBe(0)
  limiter.giveBack('a')
  expect([limiter.take('a'), limiter.take('a')]).toEqual([0, 10])
})

it('forgets who came longest ago, not who comes often, when there are too many', () => {
  const limiter = createLimiter({ limit: 1, windowMs: 10_000, now: () => 0, keys: 2 })
  limiter.take('often')
  limiter.take('once')
  expect(limiter.take('often')).toBe(10)
  limiter.take('new')
  expect([limiter.wait('often'), limiter.wait('once')]).toEqual([10, 0])
})

import { expect, it } from 'vitest'
import { createUsedIds } from './used-ids.ts'

it('lets an id through once within its time, so many of one owner', () => {
  let now = 1_000_000
  const ids = createUsedIds(() => now, 120_000, 3)
  expect([ids.use('a', '1'), ids.use('a', '1'), ids.use('b', '1')]).toEqual([true, false, true])
  now += 60_000
  expect([ids.use('a', '2'), ids.use('a', '3'), ids.use('a', '4')]).toEqual([true, true, false])
  now += 60_001
  // The first is too old to be used again anyway; the others are not.
  expect([ids.use('a', '4'), ids.use('a', '2'), ids.use('a', '5')]).toEqual([true, false, false])
})

it('forgets what it was told while the clock was hours ahead', () => {
  let now = 8 * 3_600_000
  const ids = createUsedIds(() => now, 120_000, 3)
  for (const id of ['1', '2', '3']) ids.use('a', id)
  expect(ids.use('a', '4')).toBe(false)
  now = 1_000
  expect(ids.use('a', '4')).toBe(true)
})

import { expect, it } from 'vitest'
import { createRecent } from '../kiosk/machine/recent.ts'
import { createSteadyClock } from './steady-clock.ts'

const MINUTE = 60_000

it('goes on while the tablet sleeps, is never set back, and does not mind a clock that drifts', () => {
  let [mono, wall] = [500, 1_000_000]
  const steady = createSteadyClock(
    () => mono,
    () => wall,
  )
  const start = steady()
  const passes = (monoMs: number, wallMs: number) => {
    mono += monoMs
    wall += wallMs
    return steady() - start
  }
  expect(passes(5_000, 5_000)).toBe(5_000)
  // Asleep for ten minutes; the monotonic clock stood.
  expect(passes(1_000, 10 * MINUTE + 1_000)).toBe(6_000 + 10 * MINUTE)
  // Set back by a day, and on again by hand.
  expect(passes(1_000, -1440 * MINUTE)).toBe(7_000 + 10 * MINUTE)
  expect(passes(1_000, 1_200)).toBe(8_000 + 10 * MINUTE)
  for (let n = 0; n < 100; n++) passes(5_000, 5_001)
  expect(steady() - start).toBe(508_000 + 10 * MINUTE)
})

it('knows nobody on the next morning whom it marked before it slept', () => {
  let [mono, wall] = [0, 0]
  const recent = createRecent(
    createSteadyClock(
      () => mono,
      () => wall,
    ),
  )
  const vector = Float32Array.from({ length: 128 }, (_, i) => Math.sin(i) / 8)
  const claim = { nim: '1', name: 'Ani', kelas: null }
  recent.note([vector], { kind: 'provisional', claim, time: '06:58', clockKnown: true }, '1')
  ;[mono, wall] = [MINUTE, MINUTE]
  expect(recent.find(vector, null)).not.toBeNull()
  ;[mono, wall] = [MINUTE + 1_000, 1440 * MINUTE]
  expect(recent.find(vector, null)).toBeNull()
})

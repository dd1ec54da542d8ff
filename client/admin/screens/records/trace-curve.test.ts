import { expect, it } from 'vitest'
import { pathOf } from './trace-curve.tsx'

it('draws a line across the plane, broken where the face was gone', () => {
  const values = [
    { t: 0, value: 0 },
    { t: 100, value: 10 },
    { t: 900, value: 5 },
    { t: 1000, value: 0 },
  ]
  expect(pathOf(values, { end: 1000, low: 0, high: 10 })).toBe('M0 100 L100 0 M900 50 L1000 100')
  expect(pathOf([], { end: 1000, low: 0, high: 10 })).toBe('')
})

import { describe, expect, it } from 'vitest'
import { cosine, dot, meanDirection, unit } from './vector.ts'

describe('vectors', () => {
  it('has cosine 1, 0 and -1 for same, right-angled and opposite directions, whatever their length', () => {
    expect(cosine([2, 0], [7, 0])).toBe(1)
    expect(cosine([2, 0], [0, 3])).toBe(0)
    expect(cosine([2, 0], [-1, 0])).toBe(-1)
  })

  it('refuses to compare vectors of different lengths', () => {
    expect(() => cosine([1, 0], [1, 0, 0])).toThrow(RangeError)
    expect(() => dot([1], [1, 2])).toThrow(RangeError)
    expect(() =>
      meanDirection([
        [1, 0],
        [1, 0, 0],
      ]),
    ).toThrow(RangeError)
  })

  it('refuses a vector without a direction', () => {
    expect(() => unit([0, 0])).toThrow(RangeError)
    expect(() => unit([Number.NaN, 1])).toThrow(RangeError)
    expect(() => cosine([0, 0], [1, 0])).toThrow(RangeError)
    expect(() => meanDirection([])).toThrow(RangeError)
    expect(() =>
      meanDirection([
        [1, 0],
        [-1, 0],
      ]),
    ).toThrow(RangeError)
  })

  it('takes a mean of directions: a long vector counts no more than a short one', () => {
    const mean = meanDirection([
      [100, 0],
      [0, 1],
    ])
    expect(mean[0]).toBeCloseTo(Math.SQRT1_2, 6)
    expect(mean[1]).toBeCloseTo(Math.SQRT1_2, 6)
  })
})

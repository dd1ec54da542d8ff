import { expect, it } from 'vitest'
import { fitSlope, fitTail, quantile, summarise, tailThreshold, takeMean, thresholdAt } from './calibrate-figures.ts'

const rising = Array.from({ length: 1000 }, (_, i) => i / 1000)

it('finds the threshold that a given share of impostors passes', () => {
  expect(thresholdAt(rising, 0.01)).toBe(0.989)
  expect(rising.filter((score) => score > thresholdAt(rising, 0.01))).toHaveLength(10)
  expect(thresholdAt(rising, 0)).toBe(0.999)
})

it('takes means and quantiles', () => {
  expect(
    takeMean([
      [1, 2],
      [3, 6],
    ]),
  ).toEqual([2, 4])
  expect(quantile([3, 1, 2], 0.5)).toBe(2)
  expect(quantile([3, 1, 2], 1)).toBe(3)
})

it('summarises a row: everybody above the threshold counts as accepted', () => {
  const row = summarise({ genuine: [0.9995, 0.5, 2, 3], impostor: rising })
  expect(row).toMatchObject({ highest: 0.999, at1e3: '0.998, 75.0 %', at1e4: '0.999, 75.0 %' })
})

it('finds the slope that made the scores', () => {
  const spread = (centre: number) => rising.map((value) => centre + Math.log((value + 0.0005) / (0.9995 - value)) / 12)
  // Two logistic distributions of scale 1/12 around 0.4 and 0.6: steep, and steeper the further apart they are.
  const near = fitSlope(spread(0.6), spread(0.4))
  const far = fitSlope(spread(0.8), spread(0.4))
  expect(near).toBeGreaterThan(5)
  expect(near).toBeLessThan(15)
  expect(far).toBeGreaterThan(near)
})

it('fits a tail that ends, and reads larger galleries off it', () => {
  const uniform = Array.from({ length: 100_000 }, (_, i) => i / 100_000)
  const tail = fitTail(uniform, 0.02)
  expect(tail.from).toBeCloseTo(0.98, 3)
  expect(tail.shape).toBeCloseTo(-1, 1)
  // One in a hundred searches among 50: a tail of 1 in 5,000.
  expect(tailThreshold(tail, 0.01, 50)).toBeCloseTo(1 - 1 / 5_000, 4)
  expect(tailThreshold({ from: 0.5, share: 0.01, scale: 0.1, shape: 0 }, 0.01, 10)).toBeCloseTo(
    0.5 + 0.1 * Math.log(10),
    6,
  )
})

import { expect, it } from 'vitest'
import { runSimulation } from './run.ts'

it.each([1, 2, 3])('holds for 120 days of %i kiosks', async (kiosks) => {
  const report = await runSimulation({
    days: 120 / kiosks,
    seed: `long ${kiosks}`,
    kiosks,
    realShare: 0.05,
    deduplicate: true,
    heedRevocation: true,
  })
  expect(report.problems).toEqual([])
  expect(report.kioskDays).toBe(120)
})

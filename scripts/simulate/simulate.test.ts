import { expect, it, onTestFinished, vi } from 'vitest'
import { createChance } from './random.ts'
import { runSimulation } from './run.ts'
import { readSimulateOptions, replayCommand, UsageProblem } from './simulate-options.ts'

const slice = { days: 2, seed: 's1', kiosks: 1, realShare: 0.02, deduplicate: true, heedRevocation: true }
/** A busy machine takes its time; nothing here depends on it. */
const PATIENCE = { timeout: 120_000 }

/** Keys take another time at their work than they did, and not always the same. */
function delayKeys(): void {
  const chance = createChance('delay')
  const { subtle } = globalThis.crypto
  const real = subtle.sign.bind(subtle)
  const spy = vi.spyOn(subtle, 'sign').mockImplementation(async (...args) => {
    const signature = await real(...args)
    for (let turns = chance.below(5); turns > 0; turns--) await new Promise((resolve) => setImmediate(resolve))
    return signature
  })
  onTestFinished(() => spy.mockRestore())
}

it(
  'receipts every event once, loses and doubles nothing, whatever goes wrong, and goes the same way again',
  PATIENCE,
  async () => {
    const lines: string[] = []
    const report = await runSimulation(slice, (line) => lines.push(line))
    expect(report.problems).toEqual([])
    expect(report.kioskDays).toBe(2)
    expect(report.least.events).toBeGreaterThanOrEqual(40)
    expect(report.least.faults).toBeGreaterThanOrEqual(3)
    expect(report.events).toBeGreaterThanOrEqual(2 * 40)
    for (const result of ['hadir', 'already', 'review', 'unknown']) expect(report.results[result]).toBeGreaterThan(0)
    const again: string[] = []
    delayKeys()
    expect(await runSimulation(slice, (line) => again.push(line))).toEqual(report)
    expect(again).toEqual(lines)
    expect(lines.length).toBeGreaterThan(150)
    expect(createChance('a').next()).not.toBe(createChance('b').next())
  },
)

it('finds it within 100 days when events are not de-duplicated, and says how to see it again', PATIENCE, async () => {
  const off = { ...slice, days: 100, seed: '1', deduplicate: false }
  const { problems, kioskDays } = await runSimulation(off)
  expect(problems.some((one) => /two receipts|in twice/.test(one))).toBe(true)
  expect(kioskDays).toBeLessThan(100)
  const command = replayCommand(off)
  const { slice: length, verbose, ...read } = readSimulateOptions(command.split(' -- ')[1]?.split(' ') ?? [])
  expect([read, length, verbose]).toEqual([off, 100, true])
})

it('shuts kiosks out on some days, and nothing they took in is lost or counts', PATIENCE, async () => {
  const { problems, faults, shut } = await runSimulation({ ...slice, days: 6, seed: 'r1' })
  expect(problems).toEqual([])
  expect(faults.revoked).toBeGreaterThan(0)
  expect(faults.stolen).toBeGreaterThan(0)
  expect(shut).toBeGreaterThan(5)
})

it('finds it when the events of a kiosk that was shut out count', PATIENCE, async () => {
  const { problems } = await runSimulation({ ...slice, days: 30, seed: 'r1', heedRevocation: false })
  expect(problems.some((one) => /came after its kiosk was shut out/.test(one))).toBe(true)
})

it('refuses what it does not understand', () => {
  for (const args of [['--days', '0'], ['--kiosks', '4'], ['--real', '2'], ['--nonsense']])
    expect(() => readSimulateOptions(args)).toThrow(UsageProblem)
})

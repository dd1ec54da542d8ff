import { availableParallelism, loadavg } from 'node:os'
import { parseArgs } from 'node:util'
import { type ConsoleFigures, measureConsole } from './console/measure.ts'

/** A class, as the measure of what the machine and the page cost by themselves. */
const SMALL = 36

const ms = (value: number) => `${value.toFixed(0)} ms`.padStart(10)

function printRow(what: string, large: number, small: number): void {
  console.log(`${what.padEnd(46)} ${ms(large)} ${ms(small)} ${(large / small).toFixed(1).padStart(8)}`)
}

function printScroll(what: string, { median, p95, longest, late, frames }: ConsoleFigures['scroll']): void {
  const figures = `median ${median.toFixed(1)} ms, 95 % below ${p95.toFixed(1)} ms, longest ${longest.toFixed(0)} ms`
  console.log(`${what.padEnd(24)} ${figures}, ${late} of ${frames} frames over 34 ms`)
}

/** Measures the console on a large school and on one class, in one run. */
async function main(): Promise<void> {
  const { values } = parseArgs({ options: { students: { type: 'string' }, days: { type: 'string' } } })
  const [students, days] = [Number(values.students ?? 10_000), Number(values.days ?? 100)]
  const tell = (line: string) => console.log(line)
  const small = await measureConsole({ students: SMALL, days }, tell)
  const large = await measureConsole({ students, days }, tell)
  console.log(`\n${availableParallelism()} cores, load ${(loadavg()[0] ?? 0).toFixed(1)}; ${days} days`)
  console.log(`${''.padEnd(46)} ${String(students).padStart(10)} ${String(SMALL).padStart(10)} ${'times'.padStart(8)}`)
  printRow('first screen interactive, warm (median)', large.interactive.median, small.interactive.median)
  printRow('  fastest', large.interactive.fastest, small.interactive.fastest)
  printRow('  slowest', large.interactive.slowest, small.interactive.slowest)
  printRow('key pressed to the list’s answer (median)', large.keys.median, small.keys.median)
  printRow('  fastest', large.keys.fastest, small.keys.fastest)
  printRow('  slowest', large.keys.slowest, small.keys.slowest)
  printRow('jump to the list’s end to its rows', large.jump, small.jump)
  printScroll('scrolling the list', large.scroll)
  printScroll('scrolling plain text', large.plain)
}

main().catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : error)
  process.exitCode = 1
})

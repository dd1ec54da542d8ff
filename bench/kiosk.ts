import { availableParallelism, loadavg } from 'node:os'
import { parseArgs } from 'node:util'
import { measureKiosk, type Walk } from './kiosk/measure.ts'
import { middle } from './middle.ts'

const ms = (value: number) => `${value.toFixed(0)} ms`.padStart(9)

/** Measures a kiosk at a class's door, from a face in view to the result, without the person's own time. */
async function main(): Promise<void> {
  const { values } = parseArgs({ options: { gallery: { type: 'string' }, walks: { type: 'string' } } })
  const school = { gallery: Number(values.gallery ?? 36), walks: Number(values.walks ?? 12) }
  const { walks, yardstick } = await measureKiosk(school, (line) => console.log(line))
  const print = (what: string, of: (walk: Walk) => number) => {
    const times = walks.map(of)
    const figures = [Math.min(...times), middle(times), Math.max(...times)]
    console.log(`${what.padEnd(44)} ${figures.map(ms).join(' ')} ${(middle(times) / yardstick).toFixed(1).padStart(7)}`)
  }
  console.log(`\n${availableParallelism()} cores, load ${(loadavg()[0] ?? 0).toFixed(1)}; a class of ${school.gallery}`)
  console.log(`${''.padEnd(44)}   fastest    median   slowest  times a hash of 64 MB (${yardstick.toFixed(0)} ms)`)
  print('face in view to first prompt', ({ settling }) => settling)
  print('(her own time: first prompt to last act done)', ({ acting }) => acting)
  print('last act done to result', ({ answering }) => answering)
  print('without her own time', ({ settling, answering }) => settling + answering)
}

main().catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : error)
  process.exitCode = 1
})

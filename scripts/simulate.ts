import { loadSimulation } from './simulate/load.ts'
import { beQuick } from './simulate/quick.ts'
import type { SimulationOptions, SimulationReport } from './simulate/run.ts'
import { readSimulateOptions, replayCommand, USAGE, UsageProblem } from './simulate/simulate-options.ts'

const sum = (into: Record<string, number>, more: Readonly<Record<string, number>>) => {
  for (const [name, count] of Object.entries(more)) into[name] = (into[name] ?? 0) + count
}

let running: SimulationOptions | null = null
// Nothing is left to wait for and the run is not over: something the simulated kiosks waited for never came.
process.on('beforeExit', () => {
  if (running !== null) console.error(`It stands still. Again: ${replayCommand(running)}`)
  process.exit(1)
})

async function main(): Promise<number> {
  const options = readSimulateOptions(process.argv.slice(2))
  const { runSimulation } = await loadSimulation()
  beQuick()
  const slices = Math.ceil(options.days / options.slice)
  const start = performance.now()
  const results: Record<string, number> = {}
  const faults: Record<string, number> = {}
  let [kioskDays, events] = [0, 0]
  for (let n = 0; n < slices; n++) {
    const left = Math.min(options.slice, options.days - kioskDays)
    const slice: SimulationOptions = {
      days: Math.ceil(left / options.kiosks),
      kiosks: options.kiosks,
      realShare: options.realShare,
      deduplicate: options.deduplicate,
      heedRevocation: options.heedRevocation,
      // The first slice has the seed as it was given, so that one slice can be run again by itself.
      seed: n === 0 ? options.seed : `${options.seed}.${n}`,
    }
    running = slice
    let report: SimulationReport
    try {
      report = await runSimulation(slice, options.verbose ? console.log : undefined)
    } catch (error) {
      console.error(`It broke. Again: ${replayCommand(slice)}`)
      throw error
    }
    kioskDays += report.kioskDays
    events += report.events
    sum(results, report.results)
    sum(faults, report.faults)
    const seconds = (performance.now() - start) / 1000
    console.log(
      `seed ${slice.seed}: ${report.kioskDays} kiosk-days, ${report.events} events; each day at least ` +
        `${report.least.events} events and ${report.least.faults} faults; trace ${report.trace.slice(0, 16)}; ` +
        `${(kioskDays / seconds).toFixed(1)} kiosk-days/s`,
    )
    if (report.problems.length > 0) {
      for (const problem of report.problems.slice(0, 20)) console.log(`  ${problem}`)
      console.log(`${report.problems.length} things do not hold. Again: ${replayCommand(slice)}`)
      return 1
    }
  }
  const seconds = (performance.now() - start) / 1000
  console.log(
    `${kioskDays} kiosk-days, ${events} events in ${Math.round(seconds)} s: all receipted once, none lost or doubled.`,
  )
  console.log(`results ${JSON.stringify(results)}\nfaults ${JSON.stringify(faults)}`)
  return 0
}

main()
  .catch((error: unknown) => {
    console.error(error instanceof UsageProblem ? `${error.message}\n${USAGE}` : error)
    return 1
  })
  .then((code) => process.exit(code))

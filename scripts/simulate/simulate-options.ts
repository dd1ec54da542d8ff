import { parseArgs } from 'node:util'
import type { SimulationOptions } from './run.ts'

export const USAGE = `npm run simulate -- [--days N] [--seed S] [--kiosks 1..3] [--real SHARE] [--slice N] [--no-deduplication] [--no-revocation] [--verbose]

Runs the kiosk's outbox and drain and the server's intake, the real ones, through N days of each kiosk (30) in which much
goes wrong. The same options give the same run. A long run is cut into slices of N kiosk-days (60), each a school of its own
with a seed of its own. SIMULATION_FOLDER: where the throw-away databases go; a folder in memory is quicker.`

/** The command line is not what USAGE says. */
export class UsageProblem extends Error {}

export interface SimulateOptions extends Omit<SimulationOptions, 'days'> {
  /** Kiosk-days altogether, and of one slice at most. */
  readonly days: number
  readonly slice: number
  readonly verbose: boolean
}

function whole(name: string, text: string, most: number): number {
  const value = Number(text)
  if (!Number.isInteger(value) || value < 1 || value > most)
    throw new UsageProblem(`--${name} takes a whole number from 1 to ${most}.`)
  return value
}

/** Reads the arguments. @throws UsageProblem */
export function readSimulateOptions(args: readonly string[]): SimulateOptions {
  let values: { [name: string]: string | boolean | undefined }
  try {
    values = parseArgs({
      args: [...args],
      options: {
        days: { type: 'string', default: '30' },
        seed: { type: 'string', default: '1' },
        kiosks: { type: 'string', default: '2' },
        real: { type: 'string', default: '0.01' },
        slice: { type: 'string', default: '60' },
        'no-deduplication': { type: 'boolean', default: false },
        'no-revocation': { type: 'boolean', default: false },
        verbose: { type: 'boolean', default: false },
      },
    }).values
  } catch (error) {
    throw new UsageProblem(error instanceof Error ? error.message : 'unreadable')
  }
  const realShare = Number(values.real)
  if (!(realShare >= 0 && realShare <= 1)) throw new UsageProblem('--real takes a share from 0 to 1.')
  return {
    days: whole('days', String(values.days), 1_000_000),
    seed: String(values.seed),
    kiosks: whole('kiosks', String(values.kiosks), 3),
    realShare,
    slice: whole('slice', String(values.slice), 10_000),
    deduplicate: values['no-deduplication'] !== true,
    heedRevocation: values['no-revocation'] !== true,
    verbose: values.verbose === true,
  }
}

/** The command that runs one slice again. `days` of each kiosk. */
export const replayCommand = (options: SimulationOptions): string =>
  [
    `npm run simulate -- --days ${options.days * options.kiosks} --seed ${options.seed} --kiosks ${options.kiosks}`,
    `--real ${options.realShare} --slice ${options.days * options.kiosks}`,
    ...(options.deduplicate ? [] : ['--no-deduplication']),
    ...(options.heedRevocation ? [] : ['--no-revocation']),
    '--verbose',
  ].join(' ')

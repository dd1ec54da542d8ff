import { createHash } from 'node:crypto'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { MONDAY_SEVEN, openTestServer } from '../../server/test/test-server.ts'
import { createChecks } from './checks.ts'
import { closePages, type Door, openDoor, type Scene, visit } from './door.ts'
import { FAULTS, SURE } from './faults.ts'
import { EVENTS } from './kiosk.ts'
import { createLedger } from './ledger.ts'
import { createNetwork } from './network.ts'
import { createChance } from './random.ts'
import { foundSchool } from './school.ts'
import { createServerHost } from './server-host.ts'
import { createProfile } from './storage.ts'
import { createWorld, type Life } from './world.ts'

export interface SimulationOptions {
  readonly days: number
  readonly seed: string
  /** 1 to 3. */
  readonly kiosks: number
  /** Of the captures, so many (0..1) are really signed and sealed; the server opens them as always. */
  readonly realShare: number
  /** False: the server is made to forget which events it knows, after every batch. */
  readonly deduplicate: boolean
}

export interface SimulationReport {
  readonly kioskDays: number
  readonly events: number
  readonly results: Readonly<Record<string, number>>
  readonly faults: Readonly<Record<string, number>>
  /** Fewest events and faults of any day of any kiosk. */
  readonly least: { readonly events: number; readonly faults: number }
  /** SHA-256 over everything that happened, in order: the same for the same options. */
  readonly trace: string
  /** What does not hold, in words; the run ends with the day on which the first was found. */
  readonly problems: readonly string[]
}

/** Midnight in Jakarta of Monday 2 November 2026. */
const START = MONDAY_SEVEN - 7 * 3_600_000
const DAY = 86_400_000
const HOUR = 3_600_000
const MIN_EVENTS = 40
const MIN_FAULTS = 3
const FOREVER: Life = { over: false }

let runs = 0

/** Runs the real outbox, drain and intake through so many days of 1 to 3 kiosks. */
export async function runSimulation(
  options: SimulationOptions,
  say: (line: string) => void = () => {},
): Promise<SimulationReport> {
  const chance = createChance(options.seed)
  const world = createWorld(START)
  const ledger = createLedger()
  const hash = createHash('sha256')
  const faults: Record<string, number> = {}
  const folder = mkdtempSync(join(process.env.SIMULATION_FOLDER ?? tmpdir(), 'absensi-simulation-'))
  const open = (at: string) => openTestServer({ LOG_LEVEL: 'error' }, at, 4, { limitFactor: 10_000 })
  const host = await createServerHost(folder, open, world.now, EVENTS)
  const school = await foundSchool(host.server(), options.kiosks, chance.fork('school'))
  const trace = (...words: (string | number)[]) => {
    const line = [world.now() - START, ...words].join(' ')
    hash.update(`${line}\n`)
    say(line)
  }
  const scene: Scene = { world, host, ledger, school, chance, realShare: options.realShare, trace }

  const bite = (door: Door) => (name: string) => {
    door.faults++
    faults[name] = (faults[name] ?? 0) + 1
    trace(door.index, 'fault', name)
  }
  runs++
  const doors = school.kiosks.map((device, index): Door => {
    const fault = (name: string) => {
      const door = doors[index]
      if (door) bite(door)(name)
    }
    const network = createNetwork(world, host, chance.fork(`network ${index}`), fault, (path, answer) => {
      if (path === EVENTS) ledger.read(answer)
    })
    const profile = createProfile(`simulated-${runs}-${index}`)
    return {
      index,
      tablet: { device, profile, network, wallOffset: 0, locks: true, lockedBy: null },
      pages: [],
      saved: 0,
      faults: 0,
    }
  })
  const checks = createChecks(scene, doors)
  const least = { events: Number.POSITIVE_INFINITY, faults: Number.POSITIVE_INFINITY }
  let day = 0

  function planDay(door: Door): void {
    const { tablet } = door
    door.saved = 0
    door.faults = 0
    tablet.locks = true
    const midnight = world.now()
    for (let n = 42 + chance.below(10); n > 0; n--) {
      const hour = chance.hits(0.8) ? chance.between(6, 7.75) : chance.between(7.75, 15)
      world.at(midnight + hour * HOUR, FOREVER, () => visit(scene, door))
    }
    for (let n = 5 + chance.below(5); n > 0; n--) {
      const fault = chance.pick(FAULTS)
      world.at(midnight + chance.between(4, 14) * HOUR, FOREVER, () => fault(scene, door, bite(door)))
    }
  }

  /** So many events and faults every day has: what is short is made up for in the evening, with the network back. */
  async function endDay(door: Door): Promise<void> {
    door.tablet.profile.mend()
    for (let tries = 0; door.saved < MIN_EVENTS && tries < 200; tries++) {
      if (door.pages.length === 0) await world.track(() => openDoor(scene, door))
      if (tries > 0 && tries % 10 === 0) door.tablet.network.downUntil = world.now()
      if (tries % 10 === 5) await world.track(async () => door.pages[0]?.beat())
      world.at(world.now(), FOREVER, () => visit(scene, door))
      await world.runUntil(world.now() + 30_000)
    }
    while (door.faults < MIN_FAULTS) await world.track(async () => SURE(scene, door, bite(door)))
    least.events = Math.min(least.events, door.saved)
    least.faults = Math.min(least.faults, door.faults)
  }

  /** Without de-duplication: what the server knows of an event is put where it does not find it. */
  async function forget(): Promise<void> {
    await host
      .server()
      .deps.db.write([
        { sql: "UPDATE kiosk_events SET event_id = event_id || ' ' || rowid WHERE event_id NOT LIKE '% %'" },
      ])
  }

  try {
    for (const door of doors) await world.track(() => openDoor(scene, door))
    await world.runUntil(START + 60_000)
    for (; day < options.days && ledger.problems.length === 0; day++) {
      await world.runUntil(START + day * DAY)
      for (const door of doors) planDay(door)
      await world.runUntil(START + day * DAY + 18 * HOUR)
      for (const door of doors) await endDay(door)
      await world.runUntil(START + day * DAY + 23 * HOUR)
      if (!options.deduplicate) await forget()
      await checks.run(false)
    }
    if (ledger.problems.length === 0) {
      for (const door of doors) {
        door.tablet.network.downUntil = 0
        door.tablet.network.fates.length = 0
        closePages(door)
        await world.track(() => openDoor(scene, door))
      }
      await world.runUntil(world.now() + 3 * HOUR)
      await checks.run(true)
    }
    const results: Record<string, number> = {}
    for (const { result } of ledger.receipts.values()) results[result] = (results[result] ?? 0) + 1
    for (const line of Object.entries(results).sort()) trace(...line)
    return {
      kioskDays: day * doors.length,
      events: ledger.receipts.size,
      results,
      faults,
      least,
      trace: hash.digest('hex'),
      problems: ledger.problems,
    }
  } finally {
    for (const door of doors) closePages(door)
    checks.close()
    await host.close()
    rmSync(folder, { recursive: true, force: true })
  }
}

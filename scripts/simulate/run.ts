import { createHash } from 'node:crypto'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Person } from '../../server/test/test-capture.ts'
import { MONDAY_SEVEN, openTestServer, type TestServer } from '../../server/test/test-server.ts'
import { createReader } from './captures.ts'
import { createChecks } from './checks.ts'
import { closePages, crash, type Door, openDoor, type Scene, visit } from './door.ts'
import { FAULTS, OUTAGE, SURE } from './faults.ts'
import { createLedger } from './ledger.ts'
import { createChance } from './random.ts'
import { foundSchool } from './school.ts'
import { createServerHost } from './server-host.ts'
import { createWorkshop, EVENTS } from './tablet.ts'
import { createLife, createWorld } from './world.ts'

export interface SimulationOptions {
  readonly days: number
  readonly seed: string
  /** 1 to 3. */
  readonly kiosks: number
  /** Of the captures, so many (0..1) are really signed and sealed; the server opens them as always. */
  readonly realShare: number
  /** False: the server is made to forget which events it knows, after every batch. */
  readonly deduplicate: boolean
  /** False: the server is made to forget, before every batch, whom it shut out. */
  readonly heedRevocation: boolean
}

export interface SimulationReport {
  readonly kioskDays: number
  readonly events: number
  readonly results: Readonly<Record<string, number>>
  readonly faults: Readonly<Record<string, number>>
  /** Events that came from a kiosk that had been shut out. */
  readonly shut: number
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
const FOREVER = createLife()

let runs = 0

/** Without de-duplication: what the server knows of events is put where it does not find it, and may be there twice. */
async function forget({ deps: { db } }: TestServer): Promise<void> {
  await db.write([{ sql: "UPDATE kiosk_events SET event_id = event_id || ' ' || rowid WHERE event_id NOT LIKE '% %'" }])
}

/** What a revocation must prevent: a kiosk that was shut out is let in with its events. */
async function pardon({ deps: { db } }: TestServer): Promise<void> {
  await db.write([{ sql: "UPDATE devices SET status = 'active' WHERE kind = 'kiosk'" }])
}

function fail(why: string): never {
  throw new Error(why)
}

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
  const persons: Person[] = []
  const kioskEvidence = createReader((pupil) => persons[pupil] ?? fail(`no pupil ${pupil}`))
  const open = (at: string) => openTestServer({ LOG_LEVEL: 'error' }, at, 4, { limitFactor: 10_000, kioskEvidence })
  const host = await createServerHost(folder, open, world.now, EVENTS, async (server) => {
    if (!options.deduplicate) await forget(server)
    if (!options.heedRevocation) await pardon(server)
  })
  const school = await foundSchool(host.server(), options.kiosks, chance.fork('school'))
  persons.push(...school.pupils.map(({ person }) => person))
  const trace = (...words: (string | number)[]) => {
    const line = [world.now() - START, ...words].join(' ')
    hash.update(`${line}\n`)
    say(line)
  }
  runs++
  const workshop = createWorkshop({ world, host, chance, ledger }, runs)
  const equip: Scene['equip'] = ({ index }, device) =>
    workshop.make(device, (name) => {
      const door = doors[index]
      if (door) bite(door)(name)
    })
  const gone: Door[] = []
  const scene: Scene = { world, host, ledger, school, chance, realShare: options.realShare, gone, equip, trace }

  const bite = (door: Door) => (name: string) => {
    door.faults++
    faults[name] = (faults[name] ?? 0) + 1
    trace(door.index, 'fault', name)
  }
  const doors = school.kiosks.map((device, index): Door => {
    return { index, tablet: equip({ index }, device), isGone: false, pages: [], saved: 0, faults: 0 }
  })
  const checks = createChecks(scene, workshop.tablets)
  const least = { events: Number.POSITIVE_INFINITY, faults: Number.POSITIVE_INFINITY }
  let day = 0

  function planDay(door: Door): void {
    const { tablet } = door
    door.saved = 0
    door.faults = 0
    tablet.locks = true
    const midnight = world.now()
    // What the outbox is for: on most mornings the network is gone before the first of them comes.
    if (chance.hits(0.7))
      world.at(midnight + chance.between(5, 6.5) * HOUR, FOREVER, () => OUTAGE(scene, door, bite(door)))
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
      if (door.pages.length === 0) await world.track(FOREVER, () => openDoor(scene, door))
      if (tries > 0 && tries % 10 === 0) door.tablet.network.downUntil = world.now()
      if (tries % 10 === 5) {
        const [page] = door.pages
        if (page) world.start(page.life, page.beat)
      }
      world.at(world.now(), FOREVER, () => visit(scene, door))
      await world.runUntil(world.now() + 30_000)
    }
    while (door.faults < MIN_FAULTS) await world.track(FOREVER, async () => SURE(scene, door, bite(door)))
    if (door.saved < MIN_EVENTS || door.faults < MIN_FAULTS)
      ledger.problems.push(`kiosk ${door.index}: a day of ${door.saved} events and ${door.faults} faults only`)
    least.events = Math.min(least.events, door.saved)
    least.faults = Math.min(least.faults, door.faults)
  }

  try {
    for (const door of doors) await world.track(FOREVER, () => openDoor(scene, door))
    await world.runUntil(START + 60_000)
    for (; day < options.days && ledger.problems.length === 0; day++) {
      await world.runUntil(START + day * DAY)
      for (const door of doors) planDay(door)
      await world.runUntil(START + day * DAY + 18 * HOUR)
      for (const door of doors) await endDay(door)
      await world.runUntil(START + day * DAY + 21 * HOUR)
      for (const door of doors) if (chance.hits(0.5)) crash(scene, door, chance.between(7, 9.5) * HOUR)
      await world.runUntil(START + day * DAY + 23 * HOUR)
      await checks.run(false)
    }
    if (ledger.problems.length === 0) {
      for (const door of [...doors, ...gone]) {
        door.tablet.profile.mend()
        door.tablet.network.downUntil = 0
        door.tablet.network.fates.length = 0
        closePages(door)
        await world.track(FOREVER, () => openDoor(scene, door))
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
      shut: [...ledger.receipts.values()].filter(({ reason }) => reason === 'kiosk_revoked').length,
      least,
      trace: hash.digest('hex'),
      problems: ledger.problems,
    }
  } finally {
    for (const door of [...doors, ...gone]) closePages(door)
    checks.close()
    await host.close()
    rmSync(folder, { recursive: true, force: true })
  }
}

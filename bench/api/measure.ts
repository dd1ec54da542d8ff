import { availableParallelism, loadavg } from 'node:os'
import { parseArgs } from 'node:util'
import { openKeyStore } from '../../server/gallery/keys/store.ts'
import { createVault } from '../../server/gallery/vault.ts'
import { seedSchool } from '../../server/seed/seed-school.ts'
import { openTestServer, type TestServer } from '../../server/test/test-server.ts'
import { FACE_MODELS } from '../../shared/face/model.ts'
import { type Asked, listAsked } from './asked.ts'

/** Calls of each route, after one that is not counted. */
const CALLS = 15

/** Let pass between two calls, so that no budget is spent: the smallest is twenty a minute. */
const STEP_MS = 5_000

/** Let pass before a call whose answer may be remembered for five minutes. */
const COLD_MS = 301_000

interface Figures {
  readonly name: string
  readonly median: number
  readonly p95: number
  /** Of this process, all threads: what the time is on a machine with nothing else to do. */
  readonly cpu: number
  readonly bytes: number
}

/** Seeds a school in a temporary folder and prints how long each route of reading takes. */
export async function measureApi(args: string[]): Promise<void> {
  const { values } = parseArgs({ args, options: { students: { type: 'string' }, days: { type: 'string' } } })
  const [students, days] = [Number(values.students ?? 10_000), Number(values.days ?? 100)]
  const load = loadavg()[0] ?? 0
  console.log(`${availableParallelism()} cores, load ${load.toFixed(1)}; ${students} students, ${days} days`)
  const server = await openTestServer({ ACCESS_TOKEN_EXPIRE_MINUTES: '1440', LOG_LEVEL: 'silent' })
  try {
    await seed(server, students, days)
    const asked = await listAsked(server)
    const figures: Figures[] = []
    for (const one of asked) figures.push(await measure(server, one))
    print(figures)
  } finally {
    await server.close()
  }
}

async function seed(server: TestServer, students: number, days: number): Promise<void> {
  const { db, audit, config, keyRing, now } = server.deps
  server.clock.now = Date.parse('2026-11-06T09:30:00+07:00')
  const keys = await openKeyStore(`${server.folder}/data/keys.db`)
  const desk = { db, audit, vault: createVault(keyRing, keys, now), model: FACE_MODELS[0] }
  const start = performance.now()
  const startCpu = process.cpuUsage()
  const options = { students, days, seed: 1, faces: false }
  const seeded = await seedSchool({ ...desk, timeZone: config.timeZone, now: now() }, options)
  keys.close()
  const seconds = (performance.now() - start) / 1000
  const { user, system } = process.cpuUsage(startCpu)
  const cpu = (user + system) / 1e6
  console.log(`${seeded.absensi} attendances made up in ${seconds.toFixed(0)} s (${cpu.toFixed(0)} s of CPU)`)
}

async function measure(server: TestServer, { name, path, token, cold }: Asked): Promise<Figures> {
  const times: number[] = []
  const cpus: number[] = []
  let bytes = 0
  for (let call = 0; call <= CALLS; call++) {
    server.clock.now += cold ? COLD_MS : STEP_MS
    const start = performance.now()
    const startCpu = process.cpuUsage()
    const reply = await server.call(path, token === undefined ? {} : { token })
    const body = await reply.arrayBuffer()
    const time = performance.now() - start
    if (!reply.ok) throw new Error(`${path}: ${new TextDecoder().decode(body)}`)
    const { user, system } = process.cpuUsage(startCpu)
    if (call > 0) times.push(time)
    if (call > 0) cpus.push((user + system) / 1000)
    bytes = body.byteLength
  }
  const at = (figures: readonly number[], share: number) =>
    figures.toSorted((a, b) => a - b)[Math.floor(share * (figures.length - 1))] ?? 0
  return { name, median: at(times, 0.5), p95: at(times, 0.95), cpu: at(cpus, 0.5), bytes }
}

function print(figures: readonly Figures[]): void {
  const width = Math.max(...figures.map(({ name }) => name.length))
  const base = figures[0]?.median ?? 1
  console.log(`\n${'route'.padEnd(width)}   median ms    p95 ms    CPU ms       kB   times the first`)
  for (const { name, median, p95, cpu, bytes } of figures)
    console.log(
      `${name.padEnd(width)} ${median.toFixed(1).padStart(11)} ${p95.toFixed(1).padStart(9)} ${cpu.toFixed(1).padStart(9)} ${(bytes / 1000).toFixed(1).padStart(8)} ${(median / base).toFixed(1).padStart(9)}`,
    )
}

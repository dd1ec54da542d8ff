import { join } from 'node:path'
import type { CDPSession, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { type BuiltServer, startBuiltServer } from '../harness/built-server.ts'
import { type Folder, makeFolder } from '../harness/folder.ts'
import { keepNoTraffic } from '../harness/keep-no-traffic.ts'
import { readMemory } from '../harness/kill-browser.ts'
import { type Office, openOffice } from '../harness/office.ts'
import type { Phone } from '../harness/open-phone.ts'
import { type Heap, readHeap } from '../harness/read-heap.ts'
import { followWorkers } from '../harness/worker-garbage.ts'
import { enrolCrowd, type Member } from './crowd.ts'
import { comeToDoor, LOADED_MS, openDoor, pairDoor } from './kiosk-door.ts'

/** A day of a school is 500; the usual run shows the same growth, if there is any, in less. */
const CHECK_INS = Number(process.env.SOAK_CHECK_INS ?? 60)
/**
 * After how many check-ins nothing may grow any more: a fifth of the way everything is loaded and has its size, but not all of it
 * is compiled.
 */
const SETTLED = Number(process.env.SOAK_SETTLED ?? CHECK_INS / 5)
/** Heartbeats of 24 hours, one a minute, spread over the check-ins that are asked; as many for each one before. */
const BEATS = 1440
/** The last of every ten come while the network is away. */
const TEN = 10
const AWAY_AFTER = 8
/** Nobody is marked again within five minutes: so many that the first may come again. */
const PEOPLE = Math.min(CHECK_INS, 60)

/**
 * V8 compiles a function anew as it is called often, and keeps what it compiled: after a hundred calls and more with Maglev,
 * after thousands with TurboFan (V8's flags tell: `node --v8-options`). What a kiosk does once for a person or once a minute gets
 * there late, and the heap grows until then. With `SOAK_COMPILED_SOON=1` it is compiled after a few calls, to see what grows
 * beside it; the browser as it is stays the one that is asked.
 */
const COMPILED_SOON = `--js-flags=${[
  '--invocation-count-for-maglev=5',
  '--invocation-count-for-turbofan=10',
  '--minimum-invocations-after-ic-update=2',
].join(',')}`
const FLAGS = process.env.SOAK_COMPILED_SOON === '1' ? [COMPILED_SOON] : []

/**
 * V8 leaves a worker's garbage lying for hundreds of check-ins, and the memory of the processes goes up and down by it. With
 * `SOAK_COLLECT_WORKERS=1` it is collected at every reading, as the page's own always is, to see what is held without it; the
 * browser as it is stays the one that is asked.
 */
const COLLECTS_WORKERS = process.env.SOAK_COLLECT_WORKERS === '1'

const EXPECTED = ['recorded', 'late', 'already', 'provisional']

let server: BuiltServer
let folder: Folder
let office: Office
let profile: string
let crowd: Member[]
let door: Phone

beforeAll(async () => {
  folder = await makeFolder('soak-')
  profile = join(folder.path, 'profile')
  server = await startBuiltServer()
  office = await openOffice(server)
  crowd = await enrolCrowd(office, PEOPLE)
  door = await openDoor(profile, server.origin, { flags: FLAGS })
  await pairDoor(door.page, office)
})
afterAll(async () => {
  await door?.close()
  await server?.stop()
  await folder?.remove()
})

/** What must not grow. Bytes, but for the tensors. */
interface Use {
  /** All of V8's own: objects and code. */
  readonly heap: number
  readonly tensors: number
  /** What the kiosk keeps, as JSON, but for late results: those are kept for three days. */
  readonly kept: number
  readonly memory: number
  /** The same after the workers' garbage was collected, where it is: told beside it. */
  readonly held: number
  /** The same by kind of process, megabytes. */
  readonly processes: Readonly<Record<string, number>>
  /** What the browser's files hold of it: goes up and down as the browser tidies them. */
  readonly files: number
}

/** Everything the kiosk's database holds but `results`, as JSON. */
const readKept = (page: Page): Promise<number> =>
  page.evaluate(async () => {
    const done = <T>(request: IDBRequest<T>) =>
      new Promise<T>((resolve, reject) => {
        request.onsuccess = () => resolve(request.result)
        request.onerror = () => reject(request.error)
      })
    const database = await done(indexedDB.open('smart-absensi-kiosk'))
    try {
      const names = [...database.objectStoreNames].filter((name) => name !== 'results')
      const transaction = database.transaction(names)
      const rows = await Promise.all(names.map((name) => done(transaction.objectStore(name).getAll())))
      return JSON.stringify(rows).length
    } finally {
      database.close()
    }
  })

/** What the test itself keeps in the page would grow like a leak. */
const forgetOwn = (page: Page) =>
  page.evaluate(() => {
    const own = globalThis as unknown as { put: unknown[]; recording: { stages: unknown[]; longTasks: unknown[] } }
    for (const list of [own.put, own.recording.stages, own.recording.longTasks]) list.length = 0
  })

/** How long the browser is given to let go of what it keeps for later only, ms. */
const LET_GO_MS = 3_000

async function readUse(page: Page, cdp: CDPSession, collectInWorkers: () => Promise<void>): Promise<Use> {
  await forgetOwn(page)
  await keepNoTraffic(page)
  for (let n = 0; n < 3; n++) await cdp.send('HeapProfiler.collectGarbage')
  // Told that memory is short it frees its caches: what is left is what is held.
  await cdp.send('Memory.simulatePressureNotification', { level: 'critical' })
  await page.waitForTimeout(LET_GO_MS)
  const { usedSize } = await cdp.send('Runtime.getHeapUsage')
  const [files, tensors] = await page.evaluate(async () => {
    const { usageDetails } = (await navigator.storage.estimate()) as { usageDetails?: { indexedDB?: number } }
    return [usageDetails?.indexedDB ?? 0, (globalThis as unknown as { tensors: number }).tensors] as const
  })
  const kinds = Object.entries(await readMemory(profile))
  const sum = (sizes: readonly (readonly [string, number])[]) => sizes.reduce((all, [, bytes]) => all + bytes, 0)
  if (COLLECTS_WORKERS) {
    await collectInWorkers()
    await page.waitForTimeout(LET_GO_MS)
  }
  const held = Object.entries(await readMemory(profile))
  return {
    heap: usedSize,
    tensors,
    kept: await readKept(page),
    memory: sum(kinds),
    held: sum(held),
    processes: Object.fromEntries(kinds.map(([kind, bytes]) => [kind, Math.round(bytes / 1e6)])),
    files,
  }
}

/**
 * How much a row of measurements grew from its first to its last, as a share of the first: the line through it is Theil's and
 * Sen's (the median of the slopes between all pairs; Sen 1968, JASA 63), which a saw's teeth do not bend as its two ends do.
 */
function measureGrowth(values: readonly number[]): number {
  const slopes = values.flatMap((from, i) => values.slice(i + 1).map((until, k) => (until - from) / (k + 1)))
  const slope = median(slopes)
  const start = median(values.map((value, i) => value - slope * i))
  return (slope * (values.length - 1)) / start
}

function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b)
  return ((sorted[(sorted.length - 1) >> 1] as number) + (sorted[sorted.length >> 1] as number)) / 2
}

/** The page thinks the network is back, and asks the server how things are. */
const beat = (page: Page) => page.evaluate(() => window.dispatchEvent(new Event('online')))

it(`does not grow in ${CHECK_INS} check-ins and a day's heartbeats`, { timeout: 4 * 3_600_000 }, async () => {
  const { page, context } = door
  const cdp = await context.newCDPSession(page)
  const collectInWorkers = COLLECTS_WORKERS ? await followWorkers(cdp) : async () => undefined
  const kinds = new Map<string, number>()
  const uses: Use[] = []
  // A snapshot leaves the renderer larger than it was: one before all that is measured, one after it.
  const made: Heap[] = []
  let beats = 0
  for (let n = 0; n < CHECK_INS; n++) {
    const { nim, person } = crowd[n % PEOPLE] as Member
    const away = n % TEN >= AWAY_AFTER
    if (n % TEN === AWAY_AFTER) {
      await server.cut()
      await beat(page)
      await page.locator('[data-online="false"]').waitFor({ state: 'attached', timeout: LOADED_MS })
    }
    const { kind, text } = await comeToDoor(page, person, away ? nim : null)
    kinds.set(kind, (kinds.get(kind) ?? 0) + 1)
    if (!EXPECTED.includes(kind)) console.log(`${n + 1}: ${kind}: ${text}`)
    if (n % TEN === TEN - 1) {
      await server.restart()
      await beat(page)
      await page.locator('[data-queue="0"]').waitFor({ state: 'attached', timeout: LOADED_MS })
      await page.locator('[data-online="true"]').waitFor({ state: 'attached', timeout: LOADED_MS })
      uses.push(await readUse(page, cdp, collectInWorkers))
      console.log(
        `${n + 1} check-ins, ${beats} beats: ${JSON.stringify({ ...uses.at(-1), ...Object.fromEntries(kinds) })}`,
      )
      if (made.length === 0 || n + 1 === CHECK_INS) made.push(await readHeap(cdp))
    }
    for (; beats < ((n + 1) / (CHECK_INS - SETTLED)) * BEATS; beats++) {
      await beat(page)
      await page.waitForTimeout(50)
    }
  }
  expect([...kinds.keys()].filter((kind) => !EXPECTED.includes(kind))).toEqual([])
  const [first, last] = [made[0] as Heap, made.at(-1) as Heap]
  console.log(`made of: ${JSON.stringify({ first, last })}`)
  expect(last.objects / first.objects).toBeLessThan(1.05)
  const settled = uses.slice(Math.ceil(SETTLED / TEN))
  const growth = (name: keyof Omit<Use, 'processes'>) => measureGrowth(settled.map((use) => use[name]))
  const names = ['tensors', 'kept', 'memory', 'heap'] as const
  for (const name of [...names, 'held'] as const)
    console.log(`${name}: ${(growth(name) * 100).toFixed(2)} % from the ${SETTLED}th to the last`)
  for (const name of names) expect(growth(name), name).toBeLessThan(0.05)
  // LevelDB writes 4 MB of changes before it throws away what they replaced.
  expect(Math.max(...uses.map(({ files }) => files))).toBeLessThan(12_000_000)
  expect(door.complaints.filter((one) => !one.includes('ERR_CONNECTION'))).toEqual([])
})

import type { Page } from 'playwright-core'
import type { Phone } from '../client/e2e/harness/open-phone.ts'
import { checkIn, enrol, finish } from '../client/e2e/harness/person.ts'
import { startSchoolDay } from '../client/e2e/harness/school-day.ts'
import { type Recording, readRecording, type Stage } from '../client/e2e/harness/stages.ts'
import { weighFirstLoad } from './first-load.ts'
import { middle } from './middle.ts'

/** Milliseconds, and bytes on the wire. */
export interface WalkFigures {
  /** From opening the page's address to both networks warm, nothing in any cache. */
  readonly cold: number
  /** The same with what the browser kept. Median of three. */
  readonly warm: number
  /** From the last prompt met to the receipt, the face's return to the front included. Median of three check-ins. */
  readonly toReceipt: number
  /** Of that: signing, sealing, the server, the reply. */
  readonly sealAndSend: number
  /** Main-thread tasks over 50 ms (the platform's long tasks) from the first picture to the last challenge, each, ms. */
  readonly longTasks: readonly (readonly number[])[]
  readonly firstLoadBytes: number
}

const READY = '[data-testid="preparing"][data-state="ready"]'

/** Opens the check-in's first screen and waits until both networks are warm. */
async function timeToReady(page: Page, origin: string): Promise<number> {
  await page.goto('about:blank')
  const start = performance.now()
  await page.goto(`${origin}/#/check-in`)
  await page.locator(READY).waitFor({ timeout: 120_000 })
  return performance.now() - start
}

async function clearCaches(phone: Phone, origin: string): Promise<void> {
  const devtools = await phone.context.newCDPSession(phone.page)
  await devtools.send('Network.clearBrowserCache')
  await devtools.send('Storage.clearDataForOrigin', { origin, storageTypes: 'cache_storage,service_workers' })
  await devtools.detach()
}

function timesOf(stages: readonly Stage[]): { toReceipt: number; sealAndSend: number } {
  const end = stages.findLast(({ stage }) => stage === 'end')?.at ?? Number.NaN
  const sealing = stages.findLast(({ stage }) => stage === 'sealing')?.at ?? Number.NaN
  const prompted = stages.findLastIndex(({ stage, prompt }) => stage === 'asking' && prompt !== '')
  const met = stages[prompted + 1]?.at ?? Number.NaN
  return { toReceipt: end - met, sealAndSend: end - sealing }
}

function longTasksOf({ stages, longTasks }: Recording): number[] {
  const from = stages.findLast(({ stage }) => stage === 'settling')?.at ?? Number.NaN
  const until = stages.findLast(({ stage }) => stage === 'sealing')?.at ?? Number.NaN
  return longTasks.filter(({ at }) => at >= from && at < until).map(({ ms }) => ms)
}

/**
 * The product itself on a fresh server, a puppet before the camera: how long until it is ready, and until the receipt.
 * @throws Error when the puppet is not enrolled or not recorded
 */
export async function measureWalk(): Promise<WalkFigures> {
  const day = await startSchoolDay()
  try {
    const student = await day.addStudent({ nim: 'B-1', name: 'Siswa Uji' })
    const phone = await student.take({ puppet: 'a' })
    const { page } = phone
    const { origin } = day.server
    const enrolled = await enrol(page)
    if (enrolled.kind !== 'enrolled') throw new Error(`the puppet was not enrolled: ${JSON.stringify(enrolled)}`)
    await finish(page)

    await clearCaches(phone, origin)
    const before = phone.requests.length
    const cold = await timeToReady(page, origin)
    const firstLoadBytes = await weighFirstLoad(phone.requests.slice(before), origin)
    const warm: number[] = []
    const times: ReturnType<typeof timesOf>[] = []
    const longTasks: number[][] = []
    for (let i = 0; i < 3; i += 1) {
      warm.push(await timeToReady(page, origin))
      const outcome = await checkIn(page)
      if (outcome.kind !== 'receipt') throw new Error(`not recorded: ${JSON.stringify(outcome)}`)
      const recording = await readRecording(page)
      times.push(timesOf(recording.stages))
      longTasks.push(longTasksOf(recording))
    }
    return {
      cold,
      warm: middle(warm),
      toReceipt: middle(times.map(({ toReceipt }) => toReceipt)),
      sealAndSend: middle(times.map(({ sealAndSend }) => sealAndSend)),
      longTasks,
      firstLoadBytes,
    }
  } finally {
    await day.end()
  }
}

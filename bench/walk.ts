import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Page } from 'playwright-core'
import { makeFolder } from '../client/e2e/harness/folder.ts'
import type { Phone } from '../client/e2e/harness/open-phone.ts'
import { checkIn, enrol, finish } from '../client/e2e/harness/person.ts'
import { type SchoolDay, startSchoolDay } from '../client/e2e/harness/school-day.ts'
import { type Recording, readRecording, type Stage } from '../client/e2e/harness/stages.ts'
import { makeClip } from '../client/e2e/puppet/puppet-clip.ts'
import { preparePuppet } from '../client/e2e/puppet/puppets.ts'
import { weighFirstLoad } from './first-load.ts'
import { middle } from './middle.ts'

/** Milliseconds, and bytes on the wire. */
export interface WalkFigures {
  /** From opening the page's address to both networks warm, nothing in any cache. */
  readonly cold: number
  /** The same with what the browser kept. Median of three. */
  readonly warm: number
  /** From the end of the last challenge, the face back in front, to the receipt: embedding, sealing, server, reply. Median. */
  readonly toReceipt: number
  /** Before that: from the last prompt met until the face is back, which is the person's own time. Median of three. */
  readonly comingBack: number
  /**
   * Main-thread tasks over 50 ms (the platform's long tasks) from the first picture to the last challenge, each, ms, for
   * each of three check-ins. The camera is the browser's own with a clip: the puppet would draw on the thread that is watched.
   */
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

function timesOf(stages: readonly Stage[]): { toReceipt: number; comingBack: number } {
  const end = stages.findLast(({ stage }) => stage === 'end')?.at ?? Number.NaN
  const sealing = stages.findLast(({ stage }) => stage === 'sealing')?.at ?? Number.NaN
  const prompted = stages.findLastIndex(({ stage, prompt }) => stage === 'asking' && prompt !== '')
  const met = stages[prompted + 1]?.at ?? Number.NaN
  return { toReceipt: end - sealing, comingBack: sealing - met }
}

function longTasksOf({ stages, longTasks }: Recording): number[] {
  const from = stages.findLast(({ stage }) => stage === 'settling')?.at ?? Number.NaN
  const until = stages.findLast(({ stage }) => stage === 'sealing')?.at ?? Number.NaN
  return longTasks.filter(({ at }) => at >= from && at < until).map(({ ms }) => ms)
}

/** Long tasks of three check-ins with a clip of another puppet, which blinks, as the browser's camera. */
async function measureLongTasks(day: SchoolDay): Promise<number[][]> {
  const folder = await makeFolder('bench-')
  try {
    const clip = join(folder.path, 'blinks.mjpeg')
    await writeFile(clip, makeClip(await preparePuppet('b'), 'blink', 8))
    const student = await day.addStudent({ nim: 'B-2', name: 'Siswa Uji', challenges: ['blink'], poses: 'any' })
    const { page, close } = await student.take({ clip })
    const enrolled = await enrol(page)
    if (enrolled.kind !== 'enrolled') throw new Error(`the clip was not enrolled: ${JSON.stringify(enrolled)}`)
    await finish(page)
    const longTasks: number[][] = []
    for (let i = 0; i < 3; i += 1) {
      await timeToReady(page, day.server.origin)
      const outcome = await checkIn(page)
      if (outcome.kind !== 'receipt') throw new Error(`not recorded: ${JSON.stringify(outcome)}`)
      longTasks.push(longTasksOf(await readRecording(page)))
    }
    await close()
    return longTasks
  } finally {
    await folder.remove()
  }
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
    for (let i = 0; i < 3; i += 1) {
      warm.push(await timeToReady(page, origin))
      const outcome = await checkIn(page)
      if (outcome.kind !== 'receipt') throw new Error(`not recorded: ${JSON.stringify(outcome)}`)
      times.push(timesOf((await readRecording(page)).stages))
    }
    await phone.close()
    return {
      cold,
      warm: middle(warm),
      toReceipt: middle(times.map(({ toReceipt }) => toReceipt)),
      comingBack: middle(times.map(({ comingBack }) => comingBack)),
      longTasks: await measureLongTasks(day),
      firstLoadBytes,
    }
  } finally {
    await day.end()
  }
}

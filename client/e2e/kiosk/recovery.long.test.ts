import { join } from 'node:path'
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { type BuiltServer, startBuiltServer } from '../harness/built-server.ts'
import { type Folder, makeFolder } from '../harness/folder.ts'
import { killGraphics } from '../harness/kill-browser.ts'
import { type Office, openOffice } from '../harness/office.ts'
import type { Phone } from '../harness/open-phone.ts'
import { enrolCrowd, type Member } from './crowd.ts'
import { comeToDoor, LOADED_MS, openDoor, pairDoor } from './kiosk-door.ts'

let server: BuiltServer
let folder: Folder
let office: Office
let crowd: Member[]
let door: Phone
let page: Page

beforeAll(async () => {
  folder = await makeFolder('recovery-')
  server = await startBuiltServer()
  office = await openOffice(server)
  crowd = await enrolCrowd(office, 8)
  door = await openDoor(profile(), server.origin)
  page = door.page
  await pairDoor(page, office)
  await page.waitForFunction(() => navigator.serviceWorker.controller !== null, null, { timeout: LOADED_MS })
})
afterAll(async () => {
  await door?.close()
  await server?.stop()
  await folder?.remove()
})

const profile = () => join(folder.path, 'profile')
const comeIn = async (index: number) => (await comeToDoor(page, (crowd[index] as Member).person)).kind

async function comeByName(index: number): Promise<string> {
  const { nim, person } = crowd[index] as Member
  return (await comeToDoor(page, person, nim)).kind
}

const marked = expect.stringMatching(/^(recorded|late)$/)

it('goes on after its workers were killed', async () => {
  expect(await comeIn(0)).toEqual(marked)
  await page.evaluate(() => {
    for (const worker of (globalThis as unknown as { workers: Worker[] }).workers.splice(0)) worker.terminate()
  })
  expect(await comeIn(1)).toEqual(marked)
})

it('goes on after the process that draws was killed, and every WebGL context lost', async () => {
  expect(await killGraphics(profile())).toBe(1)
  expect(await comeIn(7)).toEqual(marked)
})

const pullCamera = () =>
  page.evaluate(() => {
    for (const stream of (globalThis as unknown as { streams: MediaStream[] }).streams.splice(0))
      for (const track of stream.getTracks()) {
        track.stop()
        track.dispatchEvent(new Event('ended'))
      }
  })

it('goes on after its camera was pulled out', async () => {
  await pullCamera()
  expect(await comeIn(2)).toEqual(marked)
})

it('goes on after its camera was pulled out and did not answer when it was asked for again', async () => {
  await page.evaluate(() => {
    const { mediaDevices } = navigator
    const ask = mediaDevices.getUserMedia
    mediaDevices.getUserMedia = () => {
      mediaDevices.getUserMedia = ask
      return new Promise(() => undefined)
    }
  })
  await pullCamera()
  expect(await comeIn(5)).toEqual(marked)
})

/** Chromium's quota for tests does not reach IndexedDB: the page's own is made to refuse as it does when there is no room. */
const setFull = (full: boolean) =>
  page.evaluate((full) => {
    const { prototype } = IDBObjectStore
    const own = prototype as unknown as { plain?: Pick<IDBObjectStore, 'add' | 'put'> }
    own.plain ??= { add: prototype.add, put: prototype.put }
    const refuse = () => {
      throw new DOMException('no room', 'QuotaExceededError')
    }
    Object.assign(prototype, full ? { add: refuse, put: refuse } : own.plain)
  }, full)

it('takes nothing while the disk is full, says so, and goes on when there is room', async () => {
  await page.locator('[data-testid="stock"]:not([data-stock="0"])').waitFor({ state: 'attached', timeout: LOADED_MS })
  await server.cut()
  await page.evaluate(() => window.dispatchEvent(new Event('online')))
  await page.locator('[data-online="false"]').waitFor({ state: 'attached', timeout: LOADED_MS })
  await setFull(true)
  expect(await comeByName(3)).toBe('not_saved')
  await page.locator('[data-stop="storage_full"]').waitFor({ timeout: LOADED_MS })
  await setFull(false)
  expect(await comeByName(3)).toBe('provisional')
})

it('sends once what two windows of one kiosk hold', async () => {
  expect(await comeByName(4)).toBe('provisional')
  const second = await door.context.newPage()
  await second.goto(`${server.origin}/kiosk`)
  await second.locator('[data-queue="2"]').waitFor({ state: 'attached', timeout: LOADED_MS })
  await server.restart()
  for (const one of [page, second]) {
    await one.evaluate(() => window.dispatchEvent(new Event('online')))
    await one.locator('[data-queue="0"]').waitFor({ state: 'attached', timeout: LOADED_MS })
  }
  const { data } = (await office.ask('GET', 'absensi/admin/all?limit=100')) as { data: { nim: string }[] }
  expect(data.map(({ nim }) => nim).sort()).toEqual([...crowd.slice(0, 6), crowd[7]].map((one) => one?.nim))
})

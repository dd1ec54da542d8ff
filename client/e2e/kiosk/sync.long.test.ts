import { join } from 'node:path'
import type { CDPSession, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { type BuiltServer, startBuiltServer } from '../harness/built-server.ts'
import { type Folder, makeFolder } from '../harness/folder.ts'
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
let devtools: CDPSession
let registrationId = ''

beforeAll(async () => {
  folder = await makeFolder('sync-')
  server = await startBuiltServer()
  office = await openOffice(server)
  crowd = await enrolCrowd(office, 2)
  door = await openDoor(join(folder.path, 'profile'), server.origin)
  page = door.page
  // Another page to speak from, which stays when the kiosk's is closed.
  devtools = await door.context.newCDPSession(await door.context.newPage())
  devtools.on('ServiceWorker.workerRegistrationUpdated', ({ registrations }) => {
    for (const one of registrations) if (one.scopeURL === `${server.origin}/kiosk`) registrationId = one.registrationId
  })
  await devtools.send('ServiceWorker.enable')
  await page.bringToFront()
  await pairDoor(page, office)
  await page.waitForFunction(() => navigator.serviceWorker.controller !== null, null, { timeout: LOADED_MS })
  await page.locator('[data-testid="stock"]:not([data-stock="0"])').waitFor({ state: 'attached', timeout: LOADED_MS })
})
afterAll(async () => {
  await door?.close()
  await server?.stop()
  await folder?.remove()
})

const sync = () =>
  devtools.send('ServiceWorker.dispatchSyncEvent', {
    origin: server.origin,
    registrationId,
    tag: 'absensi-outbox',
    lastChance: false,
  })

async function keepOne(index: number): Promise<void> {
  const { nim, person } = crowd[index] as Member
  await server.cut()
  await page.evaluate(() => window.dispatchEvent(new Event('online')))
  await page.locator('[data-online="false"]').waitFor({ state: 'attached', timeout: LOADED_MS })
  expect((await comeToDoor(page, person, nim)).kind).toBe('provisional')
  await page.locator('[data-queue="1"]').waitFor({ state: 'attached', timeout: LOADED_MS })
}

async function recorded(): Promise<string[]> {
  const { data } = (await office.ask('GET', 'absensi/admin/all?limit=100')) as { data: { nim: string }[] }
  return data.map(({ nim }) => nim).sort()
}
const nims = (count: number) => crowd.slice(0, count).map(({ nim }) => nim)

it('sends what waits when the browser says that the network is back', async () => {
  await keepOne(0)
  // Nothing else tells the page: no heartbeat gets through.
  await page.route('**/kiosk/heartbeat', (route) => route.abort())
  await page.evaluate(() => {
    const told: unknown[] = []
    Object.assign(globalThis, { told })
    navigator.serviceWorker.addEventListener('message', ({ data }) => told.push(data))
  })
  await server.restart()
  await sync()
  await page.locator('[data-queue="0"]').waitFor({ state: 'attached', timeout: LOADED_MS })
  expect(await page.evaluate(() => (globalThis as unknown as { told: unknown[] }).told)).toContainEqual({
    type: 'drain',
  })
  // Once more, with nothing to send.
  await sync()
  expect(await recorded()).toEqual(nims(1))
  await page.unroute('**/kiosk/heartbeat')
})

it('sends what waits for a kiosk that is closed, too, once there is a network, and once', async () => {
  await page.locator('[data-online="true"]').waitFor({ state: 'attached', timeout: LOADED_MS })
  await keepOne(1)
  await page.goto('about:blank')
  // Too early: there is no network yet.
  await sync()
  await server.restart()
  // Another page of the school's is open, and is no kiosk.
  await page.goto(`${server.origin}/`)
  await sync()
  await expect.poll(recorded, { timeout: LOADED_MS }).toEqual(nims(2))
  await page.goto(`${server.origin}/kiosk`)
  await page.locator('[data-queue="0"]').waitFor({ state: 'attached', timeout: LOADED_MS })
  await page.locator('[data-online="true"]').waitFor({ state: 'attached', timeout: LOADED_MS })
  await sync()
  expect(await recorded()).toEqual(nims(2))
  const { total } = (await office.ask('GET', 'admin/audit?action=take_kiosk_event')) as { total: number }
  expect(total).toBe(2)
})

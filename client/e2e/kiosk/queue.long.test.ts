import { join } from 'node:path'
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { type BuiltServer, startBuiltServer } from '../harness/built-server.ts'
import { type Folder, makeFolder } from '../harness/folder.ts'
import { killBrowser } from '../harness/kill-browser.ts'
import { type Office, openOffice } from '../harness/office.ts'
import type { Phone } from '../harness/open-phone.ts'
import { readFolder } from '../harness/read-folder.ts'
import { countVectors } from '../harness/secrets.ts'
import { enrolCrowd, type Member } from './crowd.ts'
import { comeToDoor, LOADED_MS, openDoor, pairDoor } from './kiosk-door.ts'

/** Who comes before the browser is killed, and after. */
const BEFORE = 48
const AFTER = 12

let server: BuiltServer
let folder: Folder
let office: Office
let profile: string
let crowd: Member[]
let door: Phone | null = null

beforeAll(async () => {
  folder = await makeFolder('queue-')
  profile = join(folder.path, 'profile')
  server = await startBuiltServer()
  office = await openOffice(server)
  crowd = await enrolCrowd(office, BEFORE + AFTER)
})
afterAll(async () => {
  await door?.close().catch(() => undefined)
  await server?.stop()
  await folder?.remove()
})

const attribute = (page: Page, name: string, value: number | boolean) =>
  page.locator(`[data-${name}="${value}"]`).waitFor({ state: 'attached', timeout: LOADED_MS })

/** Each of them walks up, says who she is, and acts before the camera. */
async function comeByName(page: Page, members: readonly Member[]): Promise<void> {
  for (const { nim, name, person } of members) {
    const { kind, text } = await comeToDoor(page, person, nim)
    expect([name, kind]).toEqual([name, 'provisional'])
    expect(text).toContain(name)
  }
}

/** A thief has the profile's folder: no face is in it, and every capture is sealed for the server's key. */
async function expectNothingToSteal(vectors: readonly (readonly number[])[]): Promise<void> {
  const bytes = await readFolder(profile)
  // What is there is found: a name of the roster.
  expect(bytes.includes(crowd[0]?.name ?? '?')).toBe(true)
  expect(countVectors(bytes, vectors)).toBe(0)
  // The beginning of a sealed capture's header, in base64url: {"alg":"ECDH-ES".
  const sealed = Buffer.from('{"alg":"ECDH-ES"').toString('base64url').slice(0, 20)
  expect(bytes.includes(sealed)).toBe(true)
}

it('keeps sixty walks of a day without network through a killed browser and a killed server, and each counts once', async () => {
  door = await openDoor(profile, server.origin)
  let { page } = door
  await pairDoor(page, office)
  await page.waitForFunction(() => navigator.serviceWorker.controller !== null, null, { timeout: LOADED_MS })
  await attribute(page, 'stock', 3 * crowd.length)
  await server.cut()
  await attribute(page, 'online', false)

  await comeByName(page, crowd.slice(0, BEFORE))
  await attribute(page, 'queue', BEFORE)
  const vectors = await page.evaluate(() => (globalThis as unknown as { put: number[][] }).put)
  expect(vectors.length).toBeGreaterThan(2 * BEFORE)
  expect(await killBrowser(profile)).toBeGreaterThan(1)
  await door.close().catch(() => undefined)
  await expectNothingToSteal(vectors)

  door = await openDoor(profile, server.origin)
  page = door.page
  await attribute(page, 'online', false)
  await attribute(page, 'queue', BEFORE)
  await comeByName(page, crowd.slice(BEFORE))
  await attribute(page, 'queue', crowd.length)

  // The power goes at the server too, in the middle of the first batch.
  const sent = page.waitForRequest(
    (request) => request.url().endsWith('/kiosk/events') && request.method() === 'POST',
    {
      timeout: LOADED_MS,
    },
  )
  await server.restart()
  await sent
  await server.kill()
  await attribute(page, 'online', false)
  expect(await page.locator('[data-queue]').getAttribute('data-queue')).not.toBe('0')
  await server.restart()
  await attribute(page, 'queue', 0)

  const { data, total } = (await office.ask('GET', 'absensi/admin/all?limit=100')) as {
    total: number
    data: { nim: string; timestamp: string; method: string; grade: string }[]
  }
  expect(total).toBe(crowd.length)
  expect(data.map(({ method }) => method)).toEqual(crowd.map(() => 'kiosk'))
  const inOrder = data.toSorted((a, b) => Date.parse(a.timestamp) - Date.parse(b.timestamp))
  expect(inOrder.map(({ nim }) => nim)).toEqual(crowd.map(({ nim }) => nim))
  expect(await office.ask('GET', 'kiosk/events')).toMatchObject({ total: 0 })
})

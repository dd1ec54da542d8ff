import { join } from 'node:path'
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { type BuiltServer, startBuiltServer } from '../harness/built-server.ts'
import { type Folder, makeFolder } from '../harness/folder.ts'
import { type Office, openOffice } from '../harness/office.ts'
import type { Phone } from '../harness/open-phone.ts'
import { type CutProxy, openCutProxy } from './cut-proxy.ts'
import { LOADED_MS, openDoor } from './kiosk-door.ts'

let server: BuiltServer
let folder: Folder
let office: Office
let proxy: CutProxy
let door: Phone
let page: Page

beforeAll(async () => {
  folder = await makeFolder('update-')
  server = await startBuiltServer()
  office = await openOffice(server)
  proxy = await openCutProxy(server.origin)
  door = await openDoor(join(folder.path, 'profile'), proxy.origin)
  page = door.page
  await page.waitForFunction(() => navigator.serviceWorker.controller !== null, null, { timeout: LOADED_MS })
  await page.locator('[name="code"]').waitFor({ timeout: LOADED_MS })
})
afterAll(async () => {
  await door?.close()
  await proxy?.close()
  await server?.stop()
  await folder?.remove()
})

const build = () => page.locator('html').getAttribute('data-build')

/** Looks for a new version as the page does every half hour. @returns what became of it */
const lookForUpdate = () =>
  page.evaluate(async () => {
    const registration = await navigator.serviceWorker.getRegistration()
    await registration?.update().catch(() => undefined)
    const worker = registration?.installing ?? registration?.waiting ?? null
    while (worker?.state === 'installing') await new Promise((resolve) => setTimeout(resolve, 100))
    return worker?.state ?? 'none'
  })

async function startOffline(): Promise<void> {
  proxy.isDown = true
  await page.reload()
  await page.locator('[name="code"]').waitFor({ timeout: LOADED_MS })
}

it('goes on with its version when the next one breaks off halfway, also without network', async () => {
  proxy.isNew = true
  proxy.breaks = true
  expect(await lookForUpdate()).toBe('redundant')
  expect(proxy.asked()).toBeGreaterThan(0)
  await startOffline()
  expect(await build()).toBeNull()
})

it('takes the next one later, whole, and only when nobody is at it', async () => {
  proxy.isDown = false
  proxy.breaks = false
  await page.reload()
  await page.locator('[name="code"]').fill(await office.makeCode())
  await page.getByTestId('pair').click()
  await page.getByTestId('fingerprint').waitFor()
  expect(await lookForUpdate()).toBe('installed')
  // Somebody compares fingerprints just now: longer than it takes to look twice whether it is quiet.
  await new Promise((resolve) => setTimeout(resolve, 12_000))
  expect(await page.getByTestId('fingerprint').isVisible()).toBe(true)
  expect(await build()).toBeNull()
  await page.getByRole('button', { name: 'Ulang dengan kode lain' }).click()
  await page.locator('html[data-build="next"] [name="code"]').waitFor({ timeout: LOADED_MS })
  await startOffline()
  expect(await build()).toBe('next')
})

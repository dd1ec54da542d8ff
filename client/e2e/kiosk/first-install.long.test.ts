import { join } from 'node:path'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { type BuiltServer, startBuiltServer } from '../harness/built-server.ts'
import { type Folder, makeFolder } from '../harness/folder.ts'
import type { Phone } from '../harness/open-phone.ts'
import { type CutProxy, openCutProxy } from './cut-proxy.ts'
import { LOADED_MS, openDoor } from './kiosk-door.ts'

let server: BuiltServer
let folder: Folder
let proxy: CutProxy
let door: Phone

beforeAll(async () => {
  folder = await makeFolder('first-install-')
  server = await startBuiltServer()
  proxy = await openCutProxy(server.origin)
  ;[proxy.isNew, proxy.breaks] = [true, true]
  door = await openDoor(join(folder.path, 'profile'), proxy.origin)
})
afterAll(async () => {
  await door?.close()
  await proxy?.close()
  await server?.stop()
  await folder?.remove()
})

it('tries again within minutes when the very first installation breaks off, and starts without network then', async () => {
  const { page } = door
  await page.locator('[name="code"]').waitFor({ timeout: LOADED_MS })
  await expect.poll(proxy.asked, { timeout: LOADED_MS }).toBeGreaterThan(0)
  const scopes = () =>
    page.evaluate(async () => (await navigator.serviceWorker.getRegistrations()).map(({ scope }) => scope))
  await expect.poll(scopes, { timeout: LOADED_MS }).toEqual([])
  proxy.breaks = false
  // What was installed so late may be newer than this page: it is loaded anew.
  await page.evaluate(() => Object.assign(globalThis, { isFirstPage: true }))
  const isAnew = () => !('isFirstPage' in globalThis) && navigator.serviceWorker.controller !== null
  await page.waitForFunction(isAnew, null, { timeout: LOADED_MS })
  await page.locator('[name="code"]').waitFor({ timeout: LOADED_MS })
  proxy.isDown = true
  await page.reload()
  await page.locator('[name="code"]').waitFor({ timeout: LOADED_MS })
  expect(await page.locator('html').getAttribute('data-build')).toBe('next')
})

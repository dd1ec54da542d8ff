import type { Page } from 'playwright-core'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { type Office, openOffice } from '../harness/office.ts'
import { openPhone, type Phone } from '../harness/open-phone.ts'
import { enrol } from '../harness/person.ts'
import { type SchoolDay, startSchoolDay } from '../harness/school-day.ts'
import { watchVerdicts } from '../harness/verdicts.ts'
import type { StandIn } from '../puppet/puppet-camera.ts'

/** Networks from the disk, camera, and a walk, on a machine that is busy, ms. */
const LOADED_MS = 150_000

const PIN = '24680'

/** The door's whole morning on one profile: paired once, then whoever stands before it. */
let day: SchoolDay
let office: Office
let profile: string
let door: Phone | null = null

beforeAll(async () => {
  day = await startSchoolDay()
  office = await openOffice(day.server)
  const ayu = await day.addStudent({ nim: 'A-1', name: 'Ayu Lestari' })
  // The same browser is her phone first, and the kiosk then: the keys are two.
  profile = ayu.profile
  door = await ayu.take({ puppet: 'a' })
  expect(await enrol(door.page)).toEqual({ kind: 'enrolled' })
})
afterAll(async () => {
  await door?.close()
  await day?.end()
})

/** Somebody else before the same kiosk. */
async function stand(standIn: StandIn): Promise<Page> {
  await door?.close()
  door = await openPhone(standIn, { profile })
  return open(door)
}

async function open(door: Phone): Promise<Page> {
  await door.page.setViewportSize({ width: 1280, height: 800 })
  await door.page.goto(`${day.server.origin}/kiosk`)
  return door.page
}

async function readResult(page: Page): Promise<{ kind: string; text: string }> {
  const result = page.getByTestId('result')
  await result.waitFor({ timeout: LOADED_MS })
  const kind = (await result.getAttribute('data-result')) ?? ''
  return { kind, text: ((await result.textContent()) ?? '').replaceAll(/\s+/g, ' ') }
}

it('is paired by code and fingerprint, and then recognises whoever looks: recorded, with name and class', async () => {
  if (!door) throw new Error('nobody has a browser')
  const page = await open(door)
  const verdicts = watchVerdicts(page)
  await page.locator('[name="code"]').fill((await office.makeCode()).toLowerCase().replace('-', ' '))
  await page.getByTestId('pair').click()
  const fingerprint = page.getByTestId('fingerprint')
  await fingerprint.waitFor()
  const parts = await fingerprint.locator('span').allTextContents()
  await office.confirm(parts.join('-'))
  const { kind, text } = await readResult(page)
  expect(['recorded', 'late']).toContain(kind)
  expect(text).toContain('Ayu Lestari')
  expect(text).toContain('X-1')
  // Whoever did what was asked was embedded as she did it.
  expect((await verdicts.last())?.signals.acted?.says).toBe('live')
})

it('does not mark her again while she stands there', async () => {
  const page = door?.page
  await page?.getByTestId('result').waitFor({ state: 'detached' })
  const order = page?.locator('.order')
  await order
    ?.filter({ hasText: 'Ayu Lestari, kamu sudah tercatat' })
    .waitFor({ timeout: 20_000 })
    .catch(async (error: unknown) => {
      throw new Error(`the door says: ${await page?.locator('.kiosk').textContent()}`, { cause: error })
    })
})

it('says to a stranger that the face is not known', async () => {
  const page = await stand({ puppet: 'b' })
  expect((await readResult(page)).kind).toBe('unknown')
})

it('starts without the server after one visit, keeps what was claimed, and sends it when the server is back', async () => {
  const page = door?.page
  if (!page) throw new Error('the kiosk is not open')
  await page.waitForFunction(() => navigator.serviceWorker.controller !== null)
  await page.locator('[data-testid="stock"]:not([data-stock="0"])').waitFor({ state: 'attached' })
  // The PIN comes with the next heartbeat, and is checked without network.
  await office.ask('PUT', 'kiosk/pin', { pin: PIN })
  const beat = page.waitForResponse(
    async (response) =>
      response.url().endsWith('/kiosk/heartbeat') && response.ok() && (await response.json()).pin !== null,
  )
  await page.evaluate(() => window.dispatchEvent(new Event('online')))
  await beat
  // A tablet that never was a phone, and whose browser has thrown away what it need not keep.
  await page.evaluate(async () => {
    for (const one of await navigator.serviceWorker.getRegistrations())
      if (new URL(one.scope).pathname === '/') await one.unregister()
    for (const name of await caches.keys()) if (name !== 'absensi-kiosk-files') await caches.delete(name)
  })
  await (await page.context().newCDPSession(page)).send('Network.clearBrowserCache')
  await day.server.cut()
  await page.reload()
  await page.locator('[data-online="false"]').waitFor({ state: 'attached' })
  await page.locator('[data-nim="A-1"]').click({ timeout: LOADED_MS })
  const { kind, text } = await readResult(page)
  expect(kind).toBe('provisional')
  expect(text).toContain('Ayu Lestari')
  await page.locator('[data-queue="1"]').waitFor({ state: 'attached' })
  const workers = page.workers().map((worker) => new URL(worker.url()).pathname.replace(/.*\/([a-z]+)-.*/, '$1'))
  expect(workers.sort()).toEqual(['embedder', 'landmarker'])
  // She still stands there, and is asked again; who leaves that has the time to open what is behind it.
  await page.getByTestId('pick-screen').waitFor()
  await page.getByRole('button', { name: 'Batal' }).click()
  await page.getByTestId('settings').click({ timeout: 3_000 })
  await page.locator('[name="pin"]').fill('13579')
  await page.keyboard.press('Enter')
  await page.locator('#pin-wrong').filter({ hasText: 'PIN salah' }).waitFor()
  await page.locator('[name="pin"]').fill(PIN)
  await page.keyboard.press('Enter')
  await page.getByTestId('settings-done').click()
  await day.server.restart()
  await page.locator('[data-queue="0"]').waitFor({ state: 'attached', timeout: 60_000 })
  await page.locator('[data-online="true"]').waitFor({ state: 'attached' })
})

it('stops at once when it is shut out, and says so', async () => {
  const page = door?.page
  await office.revokeAll()
  await page?.evaluate(() => window.dispatchEvent(new Event('online')))
  await page?.getByTestId('revoked-screen').waitFor()
  await page?.reload()
  await page?.getByTestId('revoked-screen').waitFor()
})

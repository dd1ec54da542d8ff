import { join } from 'node:path'
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { makeFolder } from '../harness/folder.ts'
import { type Office, openOffice } from '../harness/office.ts'
import { openPhone, type Phone } from '../harness/open-phone.ts'
import { enrol } from '../harness/person.ts'
import { type SchoolDay, startSchoolDay } from '../harness/school-day.ts'
import type { StandIn } from '../puppet/puppet-camera.ts'

/** The door's whole morning on one profile: paired once, then whoever stands before it. */
let day: SchoolDay
let office: Office
let profile: string
let folder: Awaited<ReturnType<typeof makeFolder>>
let door: Phone | null = null

beforeAll(async () => {
  day = await startSchoolDay()
  office = await openOffice(day.server)
  folder = await makeFolder('kiosk-')
  profile = join(folder.path, 'profile')
  const ayu = await day.addStudent({ nim: 'A-1', name: 'Ayu Lestari' })
  const phone = await ayu.take({ puppet: 'a' })
  expect(await enrol(phone.page)).toEqual({ kind: 'enrolled' })
  await phone.close()
})
afterAll(async () => {
  await door?.close()
  await day?.end()
  await folder?.remove()
})

async function stand(standIn: StandIn): Promise<Page> {
  await door?.close()
  door = await openPhone(standIn, { profile })
  await door.page.setViewportSize({ width: 1280, height: 800 })
  await door.page.goto(`${day.server.origin}/kiosk`)
  return door.page
}

async function readResult(page: Page): Promise<{ kind: string; text: string }> {
  const result = page.getByTestId('result')
  await result.waitFor({ timeout: 60_000 })
  const kind = (await result.getAttribute('data-result')) ?? ''
  return { kind, text: ((await result.textContent()) ?? '').replaceAll(/\s+/g, ' ') }
}

it('is paired by code and fingerprint, and then recognises whoever looks: recorded, with name and class', async () => {
  const page = await stand({ puppet: 'a' })
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
})

it('does not mark her again while she stands there', async () => {
  const page = door?.page
  await page?.getByTestId('result').waitFor({ state: 'detached' })
  await page?.locator('.order', { hasText: 'Kamu sudah tercatat' }).waitFor({ timeout: 20_000 })
})

it('says to a stranger that the face is not known, and offers the NIM', async () => {
  const page = await stand({ puppet: 'b' })
  expect((await readResult(page)).kind).toBe('unknown')
  await page.getByTestId('result-nim').click()
  await page.locator('[name="nim"]').fill('A-1')
  await page.getByTestId('nim-next').click()
  expect((await readResult(page)).kind).toBe('unknown')
})

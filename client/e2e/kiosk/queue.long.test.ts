import { join } from 'node:path'
import type { Page, Request } from 'playwright-core'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { type Folder, makeFolder } from '../harness/folder.ts'
import { killBrowser } from '../harness/kill-browser.ts'
import { type Office, openOffice } from '../harness/office.ts'
import type { Phone } from '../harness/open-phone.ts'
import { enrol } from '../harness/person.ts'
import { readFolder } from '../harness/read-folder.ts'
import { type SchoolDay, startSchoolDay } from '../harness/school-day.ts'
import { countUnsealed, countVectors } from '../harness/secrets.ts'
import { SITTERS, type SitterName } from '../puppet/photos.ts'
import { enrolCrowd, type Member } from './crowd.ts'
import { comeToDoor, LOADED_MS, openDoor, pairDoor } from './kiosk-door.ts'

/** Different people, each before the camera with her own face. */
const PUPPETS = Object.keys(SITTERS) as SitterName[]
/** Walks of the last puppet with made-up faces: before the browser is killed, and after. */
const BEFORE = 40
const AFTER = 12

/** Whom the kiosk's roster offers. */
interface Named {
  readonly nim: string
  readonly name: string
}

let day: SchoolDay
let folder: Folder
let office: Office
let profile: string
let people: Named[]
let crowd: Member[]
let door: Phone | null = null

beforeAll(async () => {
  folder = await makeFolder('queue-')
  profile = join(folder.path, 'profile')
  day = await startSchoolDay()
  office = await openOffice(day.server)
  people = PUPPETS.map((puppet, n) => ({ nim: `P-${n + 1}`, name: `Siswi ${puppet.toUpperCase()}` }))
})
afterAll(async () => {
  await door?.close().catch(() => undefined)
  await day?.end()
  await folder?.remove()
})

const attribute = (page: Page, name: string, value: number | boolean) =>
  page.locator(`[data-${name}="${value}"]`).waitFor({ state: 'attached', timeout: LOADED_MS })

/** On her own phone, with her own face. */
async function enrolPuppet(puppet: SitterName, who: Named): Promise<void> {
  const student = await day.addStudent(who)
  const phone = await student.take({ puppet })
  expect([puppet, await enrol(phone.page)]).toEqual([puppet, { kind: 'enrolled' }])
  await phone.close()
}

async function comeByName(page: Page, { nim, name }: Named, visitor: Member['person'] | 'herself'): Promise<void> {
  const { kind, text } = await comeToDoor(page, visitor, nim)
  expect([name, kind]).toEqual([name, 'provisional'])
  expect(text).toContain(name)
}

/** The embeddings this page has made. */
const readVectors = (page: Page) => page.evaluate(() => (globalThis as unknown as { put: (readonly number[])[] }).put)

/** A thief has the profile's folder: no face is in it, and every capture is sealed for the server's key. */
async function expectNothingToSteal(vectors: readonly (readonly number[])[]): Promise<void> {
  const bytes = await readFolder(profile)
  // What is there is found: a name of the roster.
  expect(bytes.includes(people[0]?.name ?? '?')).toBe(true)
  expect(countVectors(bytes, vectors)).toBe(0)
  // The beginning of a sealed capture's header, in base64url: {"alg":"ECDH-ES".
  const sealed = Buffer.from('{"alg":"ECDH-ES"').toString('base64url').slice(0, 20)
  expect(bytes.includes(sealed)).toBe(true)
  expect(countUnsealed(bytes)).toBe(0)
}

it('enrols eight people with faces of their own, and the rest of the school', async () => {
  for (const [n, puppet] of PUPPETS.entries()) await enrolPuppet(puppet, people[n] as Named)
  // One address may not activate many accounts at once: the eight come first.
  crowd = await enrolCrowd(office, BEFORE + AFTER)
})

it('keeps sixty walks of a day without network through a killed browser and a killed server, and each counts once', async () => {
  const everybody = [...people, ...crowd]
  door = await openDoor(profile, day.server.origin)
  let { page } = door
  await pairDoor(page, office)
  await page.waitForFunction(() => navigator.serviceWorker.controller !== null, null, { timeout: LOADED_MS })
  await attribute(page, 'stock', 3 * everybody.length)
  await day.server.cut()
  await attribute(page, 'online', false)

  const vectors: (readonly number[])[] = []
  for (const [n, puppet] of PUPPETS.entries()) {
    await door.close()
    door = await openDoor(profile, day.server.origin, { puppet })
    page = door.page
    await comeByName(page, people[n] as Named, 'herself')
    if (n < PUPPETS.length - 1) vectors.push(...(await readVectors(page)))
  }
  for (const member of crowd.slice(0, BEFORE)) await comeByName(page, member, member.person)
  await attribute(page, 'queue', PUPPETS.length + BEFORE)
  vectors.push(...(await readVectors(page)))
  expect(vectors.length).toBeGreaterThan(2 * (PUPPETS.length + BEFORE))
  expect(await killBrowser(profile)).toBeGreaterThan(1)
  await door.close().catch(() => undefined)
  await expectNothingToSteal(vectors)

  door = await openDoor(profile, day.server.origin)
  page = door.page
  await attribute(page, 'online', false)
  await attribute(page, 'queue', PUPPETS.length + BEFORE)
  for (const member of crowd.slice(BEFORE)) await comeByName(page, member, member.person)
  await attribute(page, 'queue', everybody.length)

  // The power goes at the server too, in the middle of the first batch.
  const isBatch = (request: Request) => request.url().endsWith('/kiosk/events') && request.method() === 'POST'
  const sent = page.waitForRequest(isBatch, { timeout: LOADED_MS })
  await day.server.restart()
  await sent
  await day.server.kill()
  await attribute(page, 'online', false)
  expect(await page.locator('[data-queue]').getAttribute('data-queue')).not.toBe('0')
  await day.server.restart()
  await attribute(page, 'queue', 0)

  const { data, total } = (await office.ask('GET', 'absensi/admin/all?limit=100')) as {
    total: number
    data: { nim: string; timestamp: string; method: string; grade: string }[]
  }
  expect(total).toBe(everybody.length)
  expect(data.map(({ method }) => method)).toEqual(everybody.map(() => 'kiosk'))
  const inOrder = data.toSorted((a, b) => Date.parse(a.timestamp) - Date.parse(b.timestamp))
  expect(inOrder.map(({ nim }) => nim)).toEqual(everybody.map(({ nim }) => nim))
  expect(await office.ask('GET', 'kiosk/events')).toMatchObject({ total: 0 })
})

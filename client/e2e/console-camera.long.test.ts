import { readFile } from 'node:fs/promises'
import jpeg from 'jpeg-js'
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { CONSENT_VERSION } from '../../shared/contract/consents.ts'
import { type BuiltServer, startBuiltServer } from './harness/built-server.ts'
import { PASSWORD } from './harness/office.ts'
import { openPhone, type Phone } from './harness/open-phone.ts'
import { SITTERS } from './puppet/photos.ts'
import { findViolations } from './screens/find-violations.ts'

/** A folder for pictures of the screens, to be looked at; none by default. */
const PICTURES = process.env.CONSOLE_PICTURES
/** A walk's prompts, and the networks before the first, ms. */
const WALK_MS = 90_000

let server: BuiltServer
let desk: Phone
let page: Page
let token = ''
let ids: readonly string[] = []

async function ask<T>(method: string, path: string, body?: unknown): Promise<T> {
  const headers = { 'content-type': 'application/json', 'x-client': 'api', authorization: `Bearer ${token}` }
  const sent = body === undefined ? {} : { body: JSON.stringify(body) }
  const reply = await fetch(`${server.origin}/api/v1/${path}`, { method, headers, ...sent })
  expect(reply.status, path).toBeLessThan(300)
  return (await reply.json()) as T
}

/** Parts of a photograph around one face, each cut a little differently, as files. */
async function cutPhotos(count: number): Promise<{ name: string; mimeType: string; buffer: Buffer }[]> {
  const { file, x, y, iod } = SITTERS.a
  const bytes = await readFile(new URL(`../../node_modules/@vladmandic/face-api/demo/${file}`, import.meta.url))
  const whole = jpeg.decode(bytes, { maxMemoryUsageInMB: 1024 })
  return Array.from({ length: count }, (_, at) => {
    const side = Math.round(iod * 4) + 12 * at
    const [left, top] = [Math.max(0, Math.round(x - side / 2)), Math.max(0, Math.round(y - side / 2))]
    const data = Buffer.alloc(4 * side * side, 255)
    for (let row = 0; row < side; row += 1)
      Buffer.from(whole.data).copy(
        data,
        4 * side * row,
        4 * ((top + row) * whole.width + left),
        4 * ((top + row) * whole.width + left + side),
      )
    const { data: made } = jpeg.encode({ width: side, height: side, data }, 92)
    return { name: `foto-${at + 1}.jpg`, mimeType: 'image/jpeg', buffer: Buffer.from(made) }
  })
}

beforeAll(async () => {
  server = await startBuiltServer()
  const code = await server.addStudent({ nim: 'TU-1', name: 'Tata Usaha', role: 'admin' })
  const body = { nim: 'TU-1', code, password: PASSWORD }
  token = (await ask<{ access_token: string }>('POST', 'auth/activate', body)).access_token
  const students = [
    { nim: '26-1', name: 'Ayu Lestari', kelas: 'X-1' },
    { nim: '26-2', name: 'Ari Lestari', kelas: 'X-1' },
    { nim: '26-3', name: 'Citra Dewi', kelas: 'X-2' },
  ]
  const made: string[] = []
  for (const student of students) made.push((await ask<{ id: string }>('POST', 'admin/students', student)).id)
  ids = made
  const papers = students.map(({ nim }) => ({ nim, kind: 'self', given_on: '2026-01-05' }))
  await ask('POST', 'admin/consents/bulk', { version: CONSENT_VERSION, consents: papers })
  desk = await openPhone({ puppet: 'a' })
  page = desk.page
  await page.setViewportSize({ width: 1280, height: 900 })
  await page.goto(`${server.origin}/admin`)
  await page.getByTestId('nim').fill('TU-1')
  await page.getByTestId('password').fill(PASSWORD)
  await page.getByTestId('sign-in').click()
  await page.getByTestId('sign-out').waitFor({ state: 'attached' })
})
afterAll(async () => {
  await desk?.close()
  await server?.stop()
})

/** A screen as it stands: nothing for axe to say; a picture of it where one was asked for. */
async function inspect(name: string): Promise<void> {
  expect(await findViolations(page), name).toEqual([])
  if (PICTURES) await page.screenshot({ path: `${PICTURES}/${name}.png` })
}

const open = (hash: string) => page.goto(`${server.origin}/admin#/${hash}`)
const enrolHere = async (id: string | undefined, name: string) => {
  await open(`students/${id}/face`)
  await page.getByTestId('start-camera').click()
  if (PICTURES) {
    await page.locator('[data-stage=asking]').waitFor({ timeout: WALK_MS })
    await page.screenshot({ path: `${PICTURES}/${name}-asking.png` })
  }
  await page.getByTestId('save-shots').waitFor({ timeout: WALK_MS })
  await inspect(`${name}-shots`)
  await page.getByTestId('save-shots').click()
}

it('a student is enrolled before the office’s camera', async () => {
  await enrolHere(ids[0], 'enrol')
  await page.getByTestId('enrolled').waitFor({ timeout: WALK_MS })
  await inspect('enrolled')
  const { data } = await ask<{ data: { id: string; encodings: number }[] }>('GET', 'face/registered-users')
  expect(data).toMatchObject([{ id: ids[0], encodings: 3 }])
})

it('somebody with the same face opens a case, which is settled with the people there', async () => {
  await enrolHere(ids[1], 'enrol-other')
  await page.locator('[data-failure=waiting_for_review]').waitFor({ timeout: WALK_MS })
  await inspect('same-face')
  await open('requests/cases')
  await page.getByTestId('open-case').click()
  await page.getByTestId('look').first().click()
  await page.getByTestId('sight').getByText('dikenali sebagai Ayu Lestari').waitFor({ timeout: WALK_MS })
  await page.getByTestId('case-reason').fill('Keduanya hadir: saudara kembar')
  await inspect('case')
  await page.getByTestId('settle').click()
  await page.getByTestId('sure').click()
  await page.getByTestId('case-settled').waitFor()
})

it('photographs are judged here, sent as numbers, and wait', async () => {
  await open(`students/${ids[2]}/photos`)
  await page.getByTestId('choose-photos-input').setInputFiles(await cutPhotos(3))
  await page.getByTestId('good-photos').getByText('3 foto baik').waitFor({ timeout: WALK_MS })
  await inspect('photos-good')
  await page.getByTestId('send-photos').click()
  await page.getByTestId('uploaded').waitFor()
  await inspect('uploaded')
  const { data } = await ask<{ data: { user_id: string; photos: number }[] }>('GET', 'face/admin/uploads')
  expect(data).toMatchObject([{ user_id: ids[2], photos: 3 }])
  // A browser reports the refusal that opened the case, and nothing else.
  expect(desk.complaints.filter((line) => !line.includes('422'))).toEqual([])
})

import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { netLogFlags, readTraffic, type Traffic } from './harness/net-log.ts'
import type { Phone } from './harness/open-phone.ts'
import { checkIn, enrol, finish, lingerAndRetake } from './harness/person.ts'
import { type SchoolDay, type Student, startSchoolDay } from './harness/school-day.ts'
import { countVectors, findPictures } from './harness/secrets.ts'
import { watchVerdicts } from './harness/verdicts.ts'
import { bundlePage } from './puppet/bundle-page.ts'

let day: SchoolDay
let student: Student
let log: string

beforeAll(async () => {
  day = await startSchoolDay()
  student = await day.addStudent({ nim: 'A-1', name: 'Ayu Lestari' })
  log = `${student.profile}-traffic.json`
})
afterAll(() => day?.end())

describe('a student with her phone', () => {
  let phone: Phone
  /** Every embedding the page held. */
  let vectors: number[][] = []
  beforeAll(async () => {
    phone = await student.take({ puppet: 'a' }, netLogFlags(log))
    // From here on every embedding the page holds is kept, to be looked for in the traffic.
    await phone.context.addInitScript({
      content: await bundlePage(new URL('./harness/vector-recorder.ts', import.meta.url)),
    })
    await phone.page.reload()
  })

  it('enrols her face, with a long look at her pictures and one of them taken again', async () => {
    expect(await enrol(phone.page, lingerAndRetake)).toEqual({ kind: 'enrolled' })
    await finish(phone.page)
  })

  it('checks in: recorded, live, with depth', async () => {
    const verdicts = watchVerdicts(phone.page)
    expect(await checkIn(phone.page)).toMatchObject({ kind: 'receipt', grade: 'verified', duplicate: false })
    const verdict = await verdicts.last()
    expect(verdict).toMatchObject({ result: 'live', reason: 'ok' })
    expect(verdict?.signals.depth?.says).toBe('live')
    expect(verdict?.signals.acted?.says).toBe('live')
    await finish(phone.page)
  })

  it('checks in again: the first receipt, marked as a repeat', async () => {
    expect(await checkIn(phone.page)).toMatchObject({ kind: 'receipt', duplicate: true })
    await finish(phone.page)
  })

  it('has nothing to complain about in the console', () => {
    expect(phone.complaints).toEqual([])
  })

  it('opens without a network with what it last knew, and refuses a check-in plainly', async () => {
    const { context, page } = phone
    // A page that is loaded again has forgotten them.
    vectors = await page.evaluate(() => (globalThis as unknown as { vectors: number[][] }).vectors)
    await page.evaluate(async () => {
      await navigator.serviceWorker.ready
    })
    await page.getByRole('heading', { name: 'Ayu Lestari' }).waitFor()
    await context.setOffline(true)
    await page.reload()
    await page.getByTestId('offline').waitFor()
    expect(await page.locator('h1').textContent()).toBe('Ayu Lestari')
    expect(await page.getByTestId('check-in').count()).toBe(0)
    // Every screen's code is there too, and the walk is not even begun.
    for (const [hash, title] of [
      ['#/account', 'Akun'],
      ['#/izin', 'Izin dan sakit'],
    ] as const) {
      await page.evaluate((next) => {
        location.hash = next
      }, hash)
      await page.getByRole('heading', { level: 1, name: title }).waitFor()
    }
    await page.evaluate(() => {
      location.hash = '#/check-in'
    })
    await page.getByTestId('no-check-in').waitFor()
    await context.setOffline(false)
    await page.getByTestId('start-camera').waitFor()
  })

  describe('and all that her browser sent', () => {
    let traffic: Traffic
    beforeAll(async () => {
      await phone.close()
      traffic = await readTraffic(log)
    })

    it('is recorded to the byte', () => {
      const posted = traffic.requests.filter(({ method }) => method === 'POST').map(({ url }) => new URL(url).pathname)
      for (const path of ['/api/v1/auth/activate', '/api/v1/face/register', '/api/v1/absensi/submit'])
        expect(posted).toContain(path)
      expect(traffic.sent.includes('"capture":"ey')).toBe(true)
    })

    it('went to the origin and nowhere else', () => {
      const asked = traffic.requests.filter(({ initiator }) => initiator !== null)
      expect(asked.length).toBeGreaterThan(20)
      expect(
        asked.filter(({ url }) => !/^(blob|data):/.test(url) && new URL(url).origin !== day.server.origin),
      ).toEqual([])
    })

    it('holds no picture', () => {
      expect(findPictures(traffic.sent)).toEqual([])
    })

    it('holds no plain embedding', () => {
      expect(vectors.length).toBeGreaterThan(5)
      expect(countVectors(traffic.sent, vectors)).toBe(0)
    })

    it('holds her password once: where she chose it', () => {
      const { sent } = traffic
      const first = sent.indexOf(student.password)
      expect(first).toBeGreaterThan(0)
      expect(sent.indexOf(student.password, first + 1)).toBe(-1)
    })

    it('left none of it in the server’s log', () => {
      const written = Buffer.from(day.server.output())
      expect(written.includes(student.password)).toBe(false)
      expect(countVectors(written, vectors)).toBe(0)
      expect(written.includes('"capture"')).toBe(false)
    })
  })
})

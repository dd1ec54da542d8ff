import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { type Browser, chromium, type Page } from 'playwright-core'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { CHROMIUM_FLAGS, findChromium } from '../../../scripts/chromium.ts'
import { type BuiltServer, startBuiltServer } from '../harness/built-server.ts'
import { findViolations } from './find-violations.ts'

const PASSWORD = 'Kantor-sekolah-7'
/** A folder for pictures of every screen in six sizes and colours, to be looked at; none by default. */
const PICTURES = process.env.CONSOLE_PICTURES

let server: BuiltServer
let browser: Browser
let page: Page
let token: string
const complaints: string[] = []

const post = async (path: string, body: unknown, token = '') => {
  const headers = { 'content-type': 'application/json', 'x-client': 'api', authorization: `Bearer ${token}` }
  const reply = await fetch(`${server.origin}/api/v1/${path}`, { method: 'POST', headers, body: JSON.stringify(body) })
  expect(reply.status, path).toBeLessThan(300)
  return (await reply.json()) as { access_token: string; code: string }
}

beforeAll(async () => {
  server = await startBuiltServer()
  const code = await server.addStudent({ nim: 'TU-1', name: 'Tata Usaha', role: 'admin' })
  const { access_token } = await post('auth/activate', { nim: 'TU-1', code, password: PASSWORD })
  token = access_token
  const names = ['Ani Lestari', 'Budi Santoso', 'Citra Dewi', 'Dewi Anggraini', 'Eko Prasetyo', 'Fitri Handayani']
  const codes: string[] = []
  for (const [place, name] of names.entries())
    codes.push((await post('admin/students', { nim: `26-${place}`, name, kelas: 'X-1' }, access_token)).code)
  const ani = await post('auth/activate', { nim: '26-0', code: codes[0], password: PASSWORD })
  const day = new Intl.DateTimeFormat('en-CA', { timeZone: 'Asia/Jakarta' }).format(new Date())
  const izin = { kind: 'sakit', from_date: day, until_date: day, reason: 'Demam sejak tadi malam' }
  await post('izin', izin, ani.access_token)
  browser = await chromium.launch({ executablePath: findChromium(), args: [...CHROMIUM_FLAGS] })
  page = await browser.newPage({ viewport: { width: 1440, height: 900 }, locale: 'id-ID' })
  page.setDefaultTimeout(15_000)
  page.on('pageerror', (error) => complaints.push(String(error)))
  page.on('console', (message) => {
    if (['error', 'warning'].includes(message.type())) complaints.push(message.text())
  })
})
afterAll(async () => {
  await browser?.close()
  await server?.stop()
})

const at = (testId: string) => page.getByTestId(testId)

/** A screen as it stands: nothing for axe to say; pictures of it where they were asked for. */
async function inspect(name: string): Promise<void> {
  complaints.push(...(await findViolations(page)).map((violation) => `${name}: ${violation}`))
  if (PICTURES === undefined) return
  mkdirSync(PICTURES, { recursive: true })
  for (const [width, height] of [
    [390, 844],
    [820, 1180],
    [1440, 900],
  ] as const)
    for (const colorScheme of ['light', 'dark'] as const) {
      await page.setViewportSize({ width, height })
      await page.emulateMedia({ colorScheme })
      await page.screenshot({ path: join(PICTURES, `${name}-${width}-${colorScheme}.png`) })
    }
  await page.setViewportSize({ width: 1440, height: 900 })
  await page.emulateMedia({ colorScheme: 'light' })
}

it('an admin works through a morning in the console', async () => {
  await page.goto(`${server.origin}/admin`)
  await at('nim').fill('TU-1')
  await inspect('sign-in')
  await at('password').fill(PASSWORD)
  await at('sign-in').click()

  const session = at('session-harian')
  await session.waitFor()
  expect(await at('queue-izin').textContent()).toMatch(/1$/)
  await inspect('today')

  await at('nav-students').click()
  await page.getByText('Fitri Handayani').waitFor()
  await inspect('students')
  await at('add-student').click()
  await at('student-name').fill('Gita Permata')
  await at('student-nim').fill('26-7')
  await at('student-kelas').fill('X-1')
  await inspect('student-form')
  await at('student-save').click()
  expect(await at('code').textContent()).toMatch(/^\w{5}-\w{5}$/)
  await at('code-close').click()
  await at('search').fill('gita')
  await page.getByText('Fitri Handayani').waitFor({ state: 'detached' })
  expect(page.url()).toContain('search=gita')
  await page.getByRole('link', { name: 'Gita Permata' }).click()
  await at('edit-student').click()
  await at('student-name').fill('Gita Permatasari')
  await at('student-save').click()
  await page.getByRole('heading', { name: 'Gita Permatasari' }).waitFor()
  await inspect('student')
  await at('remove-student').click()
  await at('confirm-word').fill('26-7')
  await at('confirm-password').fill(PASSWORD)
  await inspect('confirm')
  await at('confirm-go').click()
  await page.getByText('Gita Permatasari dihapus.').waitFor()

  await page.goto(`${server.origin}/admin#/records/day?kelas=X-1`)
  const first = at('mark-26-1').getByRole('button').first()
  await first.focus()
  await page.keyboard.press('h')
  await page.keyboard.press('t')
  expect(await at('mark-26-2').locator('[aria-pressed=true]').textContent()).toBe('T')
  await at('set-rest').selectOption('hadir')
  await inspect('marking')
  await at('save-marks').click()
  await page.getByText('6 ditandai, 0 dikoreksi.').waitFor()
  await page.goto(`${server.origin}/admin#/records?status=terlambat`)
  await page.getByRole('button', { name: 'Citra Dewi' }).waitFor()
  await inspect('records')
  await page.getByRole('button', { name: 'Citra Dewi' }).click()
  await at('reason').fill('Salah tekan')
  await inspect('record')
  await page.keyboard.press('Escape')

  await at('nav-requests').click()
  await page.getByText('Demam sejak tadi malam').waitFor()
  await inspect('requests')
  await at('approve').click()
  await page.getByText('Ani Lestari: disetujui.').waitFor()
  await at('empty').waitFor()
  for (const queue of ['corrections', 'devices', 'accounts', 'uploads', 'cases', 'kiosks']) {
    await page.goto(`${server.origin}/admin#/requests/${queue}`)
    await at('empty').waitFor()
    if (queue === 'kiosks') await inspect('kiosks')
  }

  await at('nav-today').click()
  // Counts come through the stream, without a reload.
  await session.getByTestId('count-hadir').filter({ hasText: '5' }).waitFor()

  // A student without a camera shows six digits; who sees her confirms.
  const hana = await post('admin/students', { nim: '26-8', name: 'Hana Putri', kelas: 'X-1' }, token)
  const signedIn = await post('auth/activate', { nim: '26-8', code: hana.code, password: PASSWORD })
  const { code } = await post('absensi/code', {}, signedIn.access_token)
  await at('nav-code').click()
  await at('presence-code').fill(`${code.slice(0, 3)} ${code.slice(3)}`)
  await inspect('code')
  await at('look-up').click()
  await page.getByRole('heading', { name: 'Hana Putri' }).waitFor()
  await inspect('code-person')
  await at('confirm-person').click()
  await page.locator('[data-result=recorded]').waitFor()

  await at('nav-timetable').click()
  await at('edit-harian').click()
  await at('session-late_after').fill('07:30')
  await inspect('session-form')
  await at('session-save').click()
  await page.getByRole('cell', { name: '07:30' }).waitFor()
  await inspect('timetable')
  await page.goto(`${server.origin}/admin#/timetable/holidays`)
  await at('add-holiday').click()
  await at('holiday-name').fill('Libur semester')
  await at('holiday-from_date').fill('2030-12-20')
  await at('holiday-save').click()
  await page.getByRole('cell', { name: 'Libur semester', exact: true }).waitFor()
  await inspect('holidays')
  await page.getByRole('button', { name: 'Hapus: Libur semester' }).click()
  await at('remove-go').click()
  await at('empty').waitFor()

  await at('nav-today').click()
  await page.getByRole('button', { name: 'EN' }).click()
  await page.getByRole('heading', { name: 'Today' }).waitFor()
  expect(complaints).toEqual([])
})

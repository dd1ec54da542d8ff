import { readFile } from 'node:fs/promises'
import { expect, it } from 'vitest'
import { addDays, readWallClock } from '../../../shared/attendance/zone.ts'
import { periodOf } from '../../admin/screens/reports/period.ts'
import { checkInForReal } from './real-check-in.ts'
import { leaveEvents } from './real-kiosk.ts'
import { useConsole } from './use-console.ts'

/** A sheet of A4 within margins of 10 mm, CSS pixels of 96 an inch. */
const A4 = { width: 718, height: 1047 }
const TODAY = readWallClock(Date.now(), 'Asia/Jakarta').date
const STATUSES = ['hadir', 'hadir', 'terlambat', 'sakit', 'alfa', 'izin']
const NAMES = ['Ani Lestari', 'Budi Santoso', 'Citra Dewi', 'Dewi Anggraini', 'Eko Prasetyo', 'Fitri Handayani']

/** A student checks in with her face, and a kiosk sends what it captured, while the reports are looked at. */
let checkedIn: Promise<unknown>

const office = useConsole(async (console) => {
  const { addStudent, activate, server, post, token } = console
  for (const kelas of ['X-1', 'X-2'])
    for (const [place, name] of NAMES.entries()) await addStudent({ nim: `${kelas}-${place}`, name, kelas })
  const headers = { authorization: `Bearer ${token}`, 'x-client': 'api' }
  const reply = await fetch(`${server.origin}/api/v1/admin/students`, { headers })
  const { data } = (await reply.json()) as { data: { id: string }[] }
  for (const back of [0, 1, 2, 3, 6, 7, 8, 9])
    await post('absensi/admin/mark', {
      session_id: 'harian',
      date: addDays(TODAY, -back),
      marks: data.map(({ id }, at) => ({ user_id: id, status: STATUSES[(at + back) % (back === 0 ? 6 : 5)] })),
    })
  const gita = await activate('X-1-9', await addStudent({ nim: 'X-1-9', name: 'Gita Permata', kelas: 'X-1' }))
  const hadi = await activate('X-2-9', await addStudent({ nim: 'X-2-9', name: 'Hadi Wijaya', kelas: 'X-2' }))
  checkedIn = Promise.all([
    checkInForReal(post, gita),
    leaveEvents(console, 'X-2-3'),
    expect(checkInForReal(post, hadi, true)).rejects.toThrow('expected 422'),
  ])
})
const { at, inspect } = office

it('staff read, print and take away reports', async () => {
  const { page, server } = office
  await office.signIn()
  await at('nav-reports').click()
  await page.locator('[data-drawn=yes]').waitFor()
  await page.getByRole('heading', { name: 'Status per kelas' }).waitFor()
  await inspect('report-daily')
  await at('kelas').selectOption('X-2')
  await page.getByRole('cell', { name: 'X-1', exact: true }).first().waitFor({ state: 'detached' })

  await page.goto(`${server.origin}/admin#/reports/period`)
  await at('preset-term').click()
  // In January and July the term so far is the month so far.
  await expect.poll(() => page.url()).toContain(`from=${periodOf('term', TODAY).from}&until=${TODAY}`)
  await page.locator('[data-drawn=yes]').nth(1).waitFor()
  await inspect('report-period')
  await page.getByText('Angka grafik dalam tabel').click()
  await inspect('report-figures')
  await at('by').selectOption('student')
  await page.getByRole('link', { name: 'Eko Prasetyo' }).first().waitFor()
  await inspect('report-students')
  const [file] = await Promise.all([page.waitForEvent('download'), at('take-report-csv').click()])
  expect(file.suggestedFilename()).toMatch(/^laporan_siswa_.*\.csv$/)
  expect((await readFile(await file.path(), 'utf8')).split('\n').length).toBeGreaterThan(12)
  const [sheet] = await Promise.all([page.waitForEvent('download'), at('take-export-xlsx').click()])
  expect((await readFile(await sheet.path())).subarray(0, 2).toString()).toBe('PK')
  await page.emulateMedia({ media: 'print' })
  expect(await at('paper-head').textContent()).toContain('Sekolah')
  expect(await page.locator('.filters').first().isVisible()).toBe(false)
  await inspect('report-paper')
  // A4 within its margins is as narrow as a phone: its tables are tables all the same, and fit.
  await page.setViewportSize(A4)
  const tables = await page
    .locator('.report table')
    .evaluateAll((all) => all.map((table) => [getComputedStyle(table).display, table.scrollWidth <= innerWidth]))
  expect(new Set(tables.map(String))).toEqual(new Set(['table,true']))
  await page.setViewportSize({ width: 1440, height: 900 })
  await page.emulateMedia({ media: 'screen' })
  await page.goto(`${server.origin}/admin#/reports/school`)
  await page.locator('[data-drawn=yes]').nth(1).waitFor()
  await inspect('report-school')

  await checkedIn
  await at('nav-today').click()
  await at('queue-kiosk_events').filter({ hasText: '2' }).click()
  await page.getByRole('cell', { name: 'Dewi Anggraini (X-2)', exact: true }).waitFor()
  await inspect('events')
  await page.getByRole('button', { name: 'Tinjau: Dewi Anggraini (X-2)' }).click()
  await at('choose-X-2-3').waitFor()
  // Enter chooses the only one whom the search has found, and sends nothing: chosen until then is whoever was claimed.
  expect(await at('choose-X-2-3').isChecked()).toBe(true)
  await at('find-student').fill('X-1-4')
  await at('find-student').press('Enter')
  await at('choose-X-1-4').waitFor()
  await at('find-student').press('Enter')
  await page.locator('[data-testid=choose-X-1-4]:checked').waitFor()
  await inspect('event-present')
  await at('event-send').click()
  await page.getByText('Kehadiran Eko Prasetyo dicatat.').waitFor()
  await at('decide-event').nth(1).waitFor({ state: 'detached' })
  await at('decide-event').click()
  await at('event-decision').selectOption('dismiss')
  await at('event-reason').fill('Poster di dinding')
  await inspect('event-dismiss')
  await at('event-send').click()
  await at('empty').waitFor()

  await at('nav-today').click()
  await at('queue-face_failures').filter({ hasText: '1' }).click()
  await page.getByRole('link', { name: 'Hadi Wijaya', exact: true }).waitFor()
  await inspect('failures')
  await page.getByRole('link', { name: 'Tandai: Hadi Wijaya' }).click()
  await at('mark-X-2-9').waitFor()

  await page.goto(`${server.origin}/admin#/records?order=oldest&kelas=X-1`)
  const first = page.locator('tbody tr').first().locator('[data-label=Tanggal]')
  await first.filter({ hasText: String(Number(addDays(TODAY, -9).slice(8))) }).waitFor()
  await at('session').selectOption('harian')
  await at('order').selectOption('newest')
  await inspect('records-filters')
  await page.getByRole('button', { name: 'Gita Permata' }).click()
  await inspect('record-facts')
  await at('show-trace').click()
  await at('curve').nth(2).waitFor()
  expect(await at('trace').textContent()).toMatch(/1\. .*2\. /)
  await page.locator('summary').first().click()
  await inspect('record-trace')
  await page.getByRole('link', { name: 'Semua catatan dari perangkat ini' }).click()
  await page.getByRole('button', { name: 'Ani Lestari' }).first().waitFor({ state: 'detached' })
  await page.getByRole('button', { name: 'Gita Permata' }).waitFor()
  expect(office.complaints).toEqual([])
})

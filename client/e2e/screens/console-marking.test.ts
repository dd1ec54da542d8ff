import { expect, it } from 'vitest'
import { absensiAdminApi } from '../../../shared/contract/api/absensi-admin.ts'
import { useConsole } from './use-console.ts'

const TODAY = new Intl.DateTimeFormat('en-CA', { timeZone: 'Asia/Jakarta' }).format(new Date())
const NAMES = ['Ani Lestari', 'Budi Santoso', 'Citra Dewi', 'Dewi Anggraini']

const office = useConsole(async ({ addStudent, activate, post }) => {
  const codes: string[] = []
  for (const [place, name] of NAMES.entries()) codes.push(await addStudent({ nim: `26-${place}`, name, kelas: 'X-1' }))
  await addStudent({ nim: '27-0', name: 'Eko Prasetyo', kelas: 'X-2' })
  const ani = await activate('26-0', codes[0] ?? '')
  const asked = { kind: 'sakit', from_date: TODAY, until_date: TODAY, reason: 'Demam' }
  const { izin } = await post<{ izin: { id: string } }>('izin', asked, ani)
  await post(`izin/admin/${izin.id}`, { decision: 'approve' })
})
const { at, inspect } = office

async function recorded(): Promise<Record<string, string>> {
  const reply = await fetch(`${office.server.origin}/api/v1/absensi/admin/all?from=${TODAY}&until=${TODAY}`, {
    headers: { authorization: `Bearer ${office.token}` },
  })
  const { data } = absensiAdminApi.all.reply.parse(await reply.json())
  return Object.fromEntries(data.map(({ name, status }) => [name, status]))
}
const idOf = async (nim: string) => {
  const reply = await fetch(`${office.server.origin}/api/v1/admin/students/dropdown?kelas=X-1`, {
    headers: { authorization: `Bearer ${office.token}` },
  })
  const { students } = (await reply.json()) as { students: { id: string; nim: string }[] }
  return students.find((one) => one.nim === nim)?.id
}
const marked = (nim: string) => at(`mark-${nim}`).locator('[aria-pressed=true]')
const press = (nim: string, letter: string) => at(`mark-${nim}`).getByText(letter, { exact: true }).click()

it('who was recorded while a class is marked stays as she is, and so does who was excused', async () => {
  const { page, server } = office
  await office.signIn()
  await page.goto(`${server.origin}/admin#/records/day?kelas=X-1`)
  await at('mark-26-0').getByText('Sakit disetujui').waitFor()
  await at('rest').selectOption('alfa')
  await at('set-rest').click()
  await press('26-1', 'T')
  expect(await marked('26-0').count()).toBe(0)
  // Citra comes to the kiosk meanwhile.
  const citra = { user_id: await idOf('26-2'), status: 'hadir' }
  await office.post('absensi/admin/mark', { session_id: 'harian', date: TODAY, marks: [citra] })
  await at('save-marks').click()
  await at('overtaken').waitFor()
  expect(await at('overtaken').textContent()).toBe('Citra Dewi')
  expect(await recorded()).toEqual({ 'Citra Dewi': 'hadir' })
  expect(await marked('26-2').textContent()).toBe('H')
  await inspect('marking-overtaken')
  // An alfa for whoever was excused is what was approved.
  await press('26-0', 'A')
  await at('save-marks').click()
  await page.getByText('3 ditandai, 0 dikoreksi.').waitFor()
  const saved = { 'Ani Lestari': 'sakit', 'Budi Santoso': 'terlambat', 'Citra Dewi': 'hadir', 'Dewi Anggraini': 'alfa' }
  expect(await recorded()).toEqual(saved)
  await press('26-3', 'I')
  await at('mark-reason').fill('Surat orang tua')
  await inspect('marking-correct')
  await at('save-marks').click()
  await page.getByText('0 ditandai, 1 dikoreksi.').waitFor()
  expect(await recorded()).toEqual({ ...saved, 'Dewi Anggraini': 'izin' })
  // The server's refusal of the first try, as the browser notes it.
  expect(office.complaints.splice(0).filter((text) => !/status of 409/.test(text))).toEqual([])
})

it('unsaved marks are not left without a word', async () => {
  const { page } = office
  const address = page.url()
  await press('26-1', 'H')
  await at('nav-today').click()
  await page.getByText('Tinggalkan tanpa menyimpan?').waitFor()
  await inspect('marking-leave')
  await page.keyboard.press('Escape')
  await at('sure').waitFor({ state: 'detached' })
  expect(page.url()).toBe(address)
  expect(await marked('26-1').textContent()).toBe('H')
  await at('kelas').selectOption('X-2')
  await page.getByRole('button', { name: 'Batal', exact: true }).click()
  await at('sure').waitFor({ state: 'detached' })
  expect(await at('kelas').inputValue()).toBe('X-1')
  await at('clear-marks').click()
  expect(await marked('26-1').textContent()).toBe('T')
  await press('26-1', 'H')
  await at('kelas').selectOption('X-2')
  await at('sure').click()
  await at('mark-27-0').waitFor()
  await at('nav-today').click()
  await at('session-harian').waitFor()
  expect(office.complaints).toEqual([])
})

it('minutes and a note are corrected alone, and one student’s records are shown until the filter is dropped', async () => {
  const { page } = office
  const budi = page.getByRole('button', { name: 'Budi Santoso', exact: true })
  await at('nav-students').click()
  await page.getByRole('link', { name: 'Budi Santoso' }).click()
  await page.getByRole('link', { name: 'Semua catatan' }).click()
  const chip = page.getByRole('button', { name: 'Hapus saringan: Hanya Budi Santoso' })
  await chip.waitFor()
  expect(page.url()).toMatch(/user_id=[\w-]+&from=\d{4}-0[17]-01$/)
  await inspect('records-student')
  await budi.click()
  expect(await at('record-minutes').inputValue()).toBe('0')
  await at('reason').fill('Ditanya lagi')
  // It says what is recorded.
  expect(await at('record-correct').getAttribute('aria-disabled')).toBe('true')
  await at('record-minutes').fill('1441')
  await page.getByText('Isi bilangan bulat dari 0 sampai 1.440.').waitFor()
  expect(await at('record-correct').getAttribute('aria-disabled')).toBe('true')
  await inspect('record-minutes')
  await at('record-minutes').fill('12')
  await at('record-note').fill('Ban bocor')
  await at('record-correct').click()
  await page.getByText('Catatan dikoreksi.').waitFor()
  await at('record-minutes').waitFor({ state: 'detached' })
  await budi.click()
  expect(await at('record-minutes').inputValue()).toBe('12')
  await page
    .getByRole('definition')
    .filter({ hasText: /^Ban bocor$/ })
    .waitFor()
  await page.getByRole('listitem').filter({ hasText: 'Terlambat 12 menit “Ban bocor”' }).waitFor()
  await inspect('record-corrected')
  // Nobody is late by any minutes but who is late.
  await at('record-status').selectOption('izin')
  await at('record-minutes').waitFor({ state: 'detached' })
  await page.keyboard.press('Escape')
  await chip.click()
  await page.getByRole('button', { name: 'Citra Dewi', exact: true }).waitFor()
  expect(page.url()).not.toContain('user_id')
  expect(office.complaints).toEqual([])
})

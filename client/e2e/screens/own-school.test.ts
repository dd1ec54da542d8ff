import { afterAll, beforeAll, expect, it } from 'vitest'
import { correctionListReply } from '../../../shared/contract/absensi-admin.ts'
import { listOf } from '../../../shared/contract/endpoint.ts'
import { staffIzinListReply } from '../../../shared/contract/izin.ts'
import { accountSchema } from '../../../shared/contract/people.ts'
import { type BuiltServer, startBuiltServer } from '../harness/built-server.ts'
import { type Office, openOffice } from '../harness/office.ts'
import { openPhone, type Phone } from '../harness/open-phone.ts'
import { activate, signIn } from '../harness/person.ts'
import { askCorrection } from './ask-correction.ts'

const HANA = { nim: '26-8', name: 'Hana Putri', password: 'Kata-sandi-26' }
const NEW_PASSWORD = 'Kata-sandi-baru-27'
const TODAY = new Intl.DateTimeFormat('en-CA', { timeZone: 'Asia/Jakarta' }).format(new Date())

/** A class with its office, and one of it with her phone. */
let server: BuiltServer
let office: Office
let phone: Phone

beforeAll(async () => {
  server = await startBuiltServer()
  office = await openOffice(server)
  for (const [place, name] of ['Ani Lestari', 'Budi Santoso', 'Citra Dewi'].entries())
    await office.ask('POST', 'admin/students', { nim: `26-${place}`, name, kelas: 'X-1' })
  phone = await openPhone({ figure: true })
})
afterAll(async () => {
  await phone?.close()
  await server?.stop()
})

const go = (name: string) => phone.page.getByRole('link', { name, exact: true }).click()

/** What the school did meanwhile is there when a part is opened anew. */
async function lookAgain(part: string): Promise<void> {
  await go('Beranda')
  await go(part)
}

it('somebody asks for an account where the school allows it, and is let in once the office has looked', async () => {
  const { page } = phone
  const DIAN = { nim: '26-7', password: 'Kata-sandi-26' }
  await page.goto(server.origin)
  await page.getByTestId('sign-in').waitFor()
  expect(await page.getByRole('link', { name: 'Minta akun' }).count()).toBe(0)
  await office.askConfirmed('PUT', 'admin/settings', { settings: { registration: 'pending' }, updated_at: null })
  await page.reload()
  await page.getByRole('link', { name: 'Minta akun' }).click()
  await page.getByTestId('register').waitFor()
  await page.locator('[name=nim]').fill(DIAN.nim)
  await page.locator('[name=name]').fill('Dian Pertiwi')
  await page.locator('[name=kelas]').fill('x-1')
  await page.locator('[name=password]').fill(DIAN.password)
  await page.getByTestId('register').click()
  await page.getByText('Permintaanmu terkirim').waitFor()
  await page.getByTestId('to-sign-in').click()
  await page.getByTestId('sign-in').waitFor()
  const { data } = listOf(accountSchema).parse(await office.ask('GET', 'admin/users?approval=pending'))
  expect(data).toMatchObject([{ nim: DIAN.nim, name: 'Dian Pertiwi', kelas: 'X-1' }])
  await office.ask('POST', `admin/users/${data[0]?.id}/approve`, { approve: true })
  await signIn(page, server.origin, DIAN)
  await go('Akun')
  await page.getByTestId('sign-out-here').click()
  await page.getByTestId('sign-in').waitFor()
})

it('a student has a record corrected, days off approved, and keeps her account, with the school at the other end', async () => {
  const { page } = phone
  const code = await server.addStudent({ nim: HANA.nim, name: HANA.name })
  await activate(page, server.origin, { ...HANA, code })
  const { students } = (await office.ask('GET', 'admin/students/dropdown?kelas=X-1')) as {
    students: { id: string; nim: string }[]
  }
  const id = students.find(({ nim }) => nim === HANA.nim)?.id ?? ''
  const marks = [{ user_id: id, status: 'alfa' }]
  await office.ask('POST', 'absensi/admin/mark', { session_id: 'harian', date: TODAY, marks })

  await go('Kehadiran')
  await page.getByText('Alfa').first().waitFor()
  await askCorrection(page)
  const [asked] = correctionListReply.parse(await office.ask('GET', 'absensi/admin/correction-requests')).data
  expect(asked).toMatchObject({ status: 'sakit', reason: 'Saya sakit, ada surat dokter', state: 'open' })
  await office.ask('POST', `absensi/admin/correction-requests/${asked?.id}`, { decision: 'accept' })
  await lookAgain('Kehadiran')
  await page.locator('.list .pill', { hasText: 'Sakit' }).first().waitFor()
  await page.getByText('Diterima').waitFor()

  await go('Izin')
  await page.getByTestId('ask-izin').click()
  await page.locator('textarea').fill('Acara keluarga')
  await page.getByTestId('send-izin').click()
  await page.getByText('menunggu keputusan guru').waitFor()
  const [izin] = staffIzinListReply.parse(await office.ask('GET', 'izin/admin')).data
  expect(izin).toMatchObject({ kind: 'izin', from_date: TODAY, until_date: TODAY, reason: 'Acara keluarga' })
  await office.ask('POST', `izin/admin/${izin?.id}`, { decision: 'approve' })
  await lookAgain('Izin')
  await page.getByText('Disetujui').waitFor()

  await go('Akun')
  await page.getByRole('link', { name: /Persetujuan/ }).click()
  await page.getByTestId('show-data').click()
  const download = page.waitForEvent('download')
  await page.getByTestId('download-data').click()
  expect((await download).suggestedFilename()).toMatch(/^smart-absensi-26-8-[\d-]{10}\.json$/)
  await go('Akun')
  await page.getByRole('link', { name: /Ganti kata sandi/ }).click()
  await page.locator('[name=current]').fill(HANA.password)
  await page.locator('[name=next]').fill(NEW_PASSWORD)
  await page.getByTestId('save-password').click()
  await page.getByTestId('password-saved').waitFor()
  await go('Akun')
  await page.getByTestId('sign-out-everywhere').click()
  await page.getByTestId('everywhere-yes').click()
  await page.getByTestId('sign-in').waitFor()
  await signIn(page, server.origin, { nim: HANA.nim, password: NEW_PASSWORD })
  expect(phone.complaints).toEqual([])
})

import type { Page } from 'playwright-core'
import { expect, it } from 'vitest'
import { PASSWORD } from '../harness/office.ts'
import { useConsole } from './use-console.ts'

const office = useConsole(async ({ addStudent }) => {
  for (const [place, name] of ['Ani Lestari', 'Budi Santoso', 'Citra Dewi'].entries())
    await addStudent({ nim: `26-${place}`, name, kelas: 'X-1' })
})
const { at, inspect } = office

async function confirm(word?: string): Promise<void> {
  if (word !== undefined) await at('confirm-word').fill(word)
  await at('confirm-password').fill(PASSWORD)
  await at('confirm-go').click()
}

async function setUpSchool(): Promise<void> {
  const { page } = office
  await at('nav-settings').click()
  await at('thresholds').waitFor()
  await page.getByText('Asia/Jakarta').waitFor()
  await inspect('settings')
  await at('setting-school_name').fill('SMA Negeri 1')
  await at('setting-retention.traces').fill('15')
  await page.getByText('Isi bilangan bulat dari 1 sampai 14.').waitFor()
  await at('setting-school_networks').fill('10.1.0.0/16\n10.1.0.0/99')
  await page.getByText('Baris 2: 10.1.0.0/99').waitFor()
  await at('setting-public_privacy-masked').check()
  await at('setting-registration-pending').check()
  await inspect('settings-wrong')
  // What is wrong is named at the foot, and the way to it is a press.
  expect(await at('wrong').getByRole('button').allTextContents()).toHaveLength(2)
  await at('wrong-retention.traces').click()
  expect(await at('setting-retention.traces').evaluate((field) => field === document.activeElement)).toBe(true)
  await at('settings-review').click()
  expect(await at('setting-school_networks').evaluate((field) => field === document.activeElement)).toBe(true)
  await at('setting-retention.traces').fill('7')
  await at('setting-school_networks').fill('10.1.0.0/16')
  await at('settings-review').click()
  await page.getByText('7 hari').waitFor()
  await inspect('settings-review')
  await at('settings-save').click()
  await at('confirm-password').waitFor()
  await inspect('settings-password')
  await confirm()
  await page.getByText('Tersimpan.').waitFor()
  expect(await at('setting-school_name').inputValue()).toBe('SMA Negeri 1')
}

async function lookAfterAccounts(): Promise<void> {
  const { page } = office
  await at('nav-users').click()
  await page.getByRole('link', { name: 'Citra Dewi' }).waitFor()
  await inspect('users')
  await at('add-user').click()
  await at('user-name').fill('Rina Wijaya')
  await at('user-nim').fill('G-1')
  await at('user-guru_kelas').fill('X-1, X-2')
  await inspect('user-form')
  await at('user-save').click()
  expect(await at('code').textContent()).toMatch(/^\w{5}-\w{5}$/)
  await at('code-close').click()
  await at('filter-role').selectOption('guru')
  await page.getByRole('link', { name: 'Citra Dewi' }).waitFor({ state: 'detached' })
  expect(page.url()).toContain('role=guru')
  await page.getByRole('link', { name: 'Rina Wijaya' }).click()
  await at('edit-user').click()
  await at('user-guru_kelas').fill('X-1')
  await at('user-save').click()
  await page.getByRole('definition').filter({ hasText: /^X-1$/ }).waitFor()
  await at('make-admin').click()
  await confirm()
  await at('revoke-admin').waitFor()
  await inspect('user')
  await at('revoke-admin').click()
  await confirm()
  await at('make-admin').waitFor()
  await at('suspend-user').click()
  await page.getByText('Rina Wijaya ditangguhkan.').waitFor()
  // The act before has to be over: one at a time.
  await at('suspend-user').filter({ hasText: 'Aktifkan lagi' }).waitFor()
  await at('remove-user').click()
  await confirm('G-1')
  await page.getByText('Akun Rina Wijaya dihapus.').waitFor()
  // Somebody asked for an account herself, as the settings allow by now.
  await office.post('auth/register', { nim: '26-9', name: 'Dina Puspita', password: PASSWORD }, '')
  await page.goto(`${office.server.origin}/admin#/users?approval=pending`)
  await page.getByRole('link', { name: 'Dina Puspita' }).click()
  await at('approve-user').click()
  await page.getByText('Dina Puspita disetujui.').waitFor()
  await at('user-code').click()
  expect(await at('code').textContent()).toMatch(/^\w{5}-\w{5}$/)
  await at('code-close').click()
  // The last admin who can sign in stays one, and the page says so.
  await page.goto(`${office.server.origin}/admin#/users?role=admin`)
  await page.getByRole('link', { name: 'Administrator' }).click()
  await at('suspend-user').click()
  await page.getByText('Administrator ditangguhkan.').waitFor()
  await page.goto(`${office.server.origin}/admin#/users?role=admin`)
  await page.getByRole('link', { name: 'Tata Usaha' }).click()
  await at('revoke-admin').click()
  await confirm()
  await page.getByText('Jadikan orang lain admin dulu').waitFor()
  await inspect('user-refused')
  // The refusal is the server's, as the browser notes.
  expect(office.complaints.splice(0).filter((text) => !/status of 409/.test(text))).toEqual([])
}

async function lookIntoRecord(): Promise<void> {
  const { page } = office
  await at('nav-audit').click()
  await page.getByRole('button', { name: 'Mengubah pengaturan' }).waitFor()
  await at('verify-audit').click()
  await at('audit-head').waitFor()
  expect(await at('chain-result').getAttribute('data-whole')).toBe('true')
  await inspect('audit')
  await at('filter-action').selectOption('change_settings')
  await page.getByRole('button', { name: 'Menjadikan admin' }).waitFor({ state: 'detached' })
  expect(page.url()).toContain('action=change_settings')
  await page.getByRole('button', { name: 'Mengubah pengaturan' }).click()
  await at('details').getByText('Nama sekolah').waitFor()
  await inspect('audit-line')
  await page.getByRole('button', { name: 'Semua yang dilakukannya' }).click()
  await page.getByRole('button', { name: 'Hapus saringan: Hanya oleh Tata Usaha' }).waitFor()
  await page.getByRole('button', { name: 'Menjadikan admin' }).waitFor()
  await page.getByRole('button', { name: 'Hapus saringan: Hanya oleh Tata Usaha' }).click()
  // Whose acts they are is found by name.
  await at('filter-actor').fill('tata us')
  await at('filter-actor').fill('Tata Usaha (TU-1)')
  await page.getByRole('button', { name: 'Hapus saringan: Hanya oleh Tata Usaha' }).waitFor()
  expect(page.url()).toContain('user_id=')
}

async function lookAfterJobs(): Promise<void> {
  const { page, server } = office
  await at('nav-jobs').click()
  await at('run-send-mail').click()
  await at('result-send-mail').waitFor()
  expect(await at('result-send-mail').getAttribute('data-result')).toBe('skipped')
  await inspect('jobs')
  await page.goto(`${server.origin}/admin#/jobs/backups`)
  await at('empty').waitFor()
  await at('make-backup').click()
  await page.getByText(/^absensi-.*\.db$/).waitFor()
  await inspect('backups')
}

/** The PIN that is set here guards the settings there; another room and other classes reach it by themselves. */
async function guardAndMove(tablet: Page): Promise<void> {
  const { page } = office
  const beat = async () => {
    const heard = tablet.waitForResponse((response) => response.url().endsWith('/kiosk/heartbeat') && response.ok())
    await tablet.evaluate(() => window.dispatchEvent(new Event('online')))
    await heard
  }
  await page.getByText('Belum ada PIN petugas').waitFor()
  await at('ask-kiosk-pin').click()
  await at('kiosk-pin').fill('25a')
  await at('kiosk-pin-save').click()
  await page.getByText('Isi 4 sampai 8 angka, tanpa yang lain.').waitFor()
  await inspect('kiosk-pin')
  await at('kiosk-pin').fill('2580')
  await at('kiosk-pin-save').click()
  await page.getByText('PIN petugas disimpan.').waitFor()
  await page.getByText('Belum ada PIN petugas').waitFor({ state: 'detached' })
  await at('move-kiosk').click()
  await at('kiosk-room').fill('Aula')
  await at('kiosk-kelas').fill('')
  await inspect('kiosk-move')
  await at('move-save').click()
  await page.getByText('Aula · semua kelas').waitFor()
  await beat()
  // The door has heard of both.
  await tablet.getByText('Aula').first().waitFor()
  await tablet.getByTestId('settings').click()
  await tablet.locator('[name="pin"]').fill('2580')
  await tablet.keyboard.press('Enter')
  await tablet.getByText('Pintu utama · Aula · semua kelas').waitFor()
  await at('ask-kiosk-pin').click()
  await at('kiosk-pin-remove').click()
  await inspect('kiosk-pin-remove')
  await at('sure').click()
  await page.getByText('Belum ada PIN petugas').waitFor()
}

async function pairAndPlace(): Promise<void> {
  const { page, server } = office
  await page.goto(`${server.origin}/admin#/requests/kiosks`)
  await page.getByRole('button', { name: 'Pasangkan kios' }).click()
  await at('kiosk-label').fill('Pintu utama')
  await at('kiosk-room').fill('Lobi')
  await at('kiosk-kelas').fill('x-1')
  await at('make-pairing').click()
  const code = (await at('pairing-code').textContent()) ?? ''
  await inspect('pairing')
  await at('pairing-close').click()
  // The tablet opens the address its camera read: the code is there already.
  const tablet = await page.context().browser()?.newPage()
  if (!tablet) throw new Error('the browser is gone')
  await tablet.goto(`${server.origin}/kiosk#code=${code}`)
  await tablet.getByTestId('pair').click()
  const print = (await tablet.getByTestId('fingerprint').textContent()) ?? ''
  await at('nav-today').click()
  await page.goto(`${server.origin}/admin#/requests/kiosks`)
  await page
    .getByText(print.replaceAll(/[^A-Z0-9]/gi, '').slice(0, 4))
    .first()
    .waitFor()
  await page.getByRole('button', { name: 'Sama, pasangkan' }).click()
  await page.getByText('Kios dipasangkan.').waitFor()
  await tablet.getByTestId('fingerprint').waitFor({ state: 'detached' })
  const told = async () => {
    await at('nav-today').click()
    await page.goto(`${server.origin}/admin#/requests/kiosks`)
    await page.getByText('Lobi').waitFor()
    return at('told').count()
  }
  // Each look asks four times, of a hundred a minute.
  await expect.poll(told, { timeout: 30_000, interval: 3_000 }).toBe(1)
  await page.getByText('Lobi · X-1').waitFor()
  await inspect('kiosk')
  await guardAndMove(tablet)
  await tablet.close()
  await at('nav-timetable').click()
  await at('edit-harian').click()
  await at('session-valid_from').fill('2030-07-01')
  await at('session-valid_until').fill('2030-06-30')
  await at('place-refuse').check()
  await at('place-latitude').fill('-6,2')
  await at('session-save').click()
  await page.getByText('Isi angka dari -180 sampai 180.').waitFor()
  await page.getByText('Hari terakhir lebih awal dari hari pertama.').waitFor()
  await expect.poll(() => at('session-valid_until').evaluate((field) => field === document.activeElement)).toBe(true)
  await at('place-longitude').scrollIntoViewIfNeeded()
  await inspect('session-place')
  await at('place-longitude').fill('106.8')
  await at('session-valid_from').fill('2020-07-13')
  await page.getByText('Hari terakhir lebih awal dari hari pertama.').waitFor({ state: 'detached' })
  // The list answers late: nobody may be let at its old row, and save that again.
  await page.route('**/timetable/sessions', async (route) => {
    await new Promise((resolve) => setTimeout(resolve, 1_000))
    await route.continue()
  })
  await at('session-save').click()
  await at('edit-harian').click()
  expect(await at('place-latitude').inputValue()).toBe('-6.2')
  expect(await at('session-valid_from').inputValue()).toBe('2020-07-13')
  await page.keyboard.press('Escape')
  await page.getByRole('cell', { name: /13 Jul 2020.+30 Jun 2030/ }).waitFor()
  await page.unroute('**/timetable/sessions')
}

it('an admin sets the school up, and looks after its accounts, its record and its jobs', async () => {
  await office.signIn()
  await setUpSchool()
  await lookAfterAccounts()
  await lookIntoRecord()
  await lookAfterJobs()
  await pairAndPlace()
  await office.page.getByRole('button', { name: 'EN' }).click()
  await at('nav-settings').click()
  await office.page.getByText('Thresholds of recognition').waitFor()
  expect(office.complaints).toEqual([])
})

import { readFile } from 'node:fs/promises'
import { encode } from 'uqr'
import { expect, it } from 'vitest'
import { PASSWORD } from '../harness/office.ts'
import { useConsole } from './use-console.ts'

const office = useConsole(async ({ addStudent }) => {
  await addStudent({ nim: '26-1', name: 'Ani Lestari', kelas: 'X-1' })
  await addStudent({ nim: '26-2', name: 'Budi Santoso', kelas: 'X-1' })
})
const { at, inspect } = office

const listFile = (rows: readonly string[]) => ({
  name: 'siswa.csv',
  mimeType: 'text/csv',
  buffer: Buffer.from(['NIS;Nama Lengkap;Rombel;Surel', ...rows].join('\r\n')),
})

it('an admin brings in a list, moves classes on and prints codes', async () => {
  const { page, server } = office
  await office.signIn()
  await at('nav-students').click()
  await at('to-import').click()
  await at('choose-file').waitFor()
  await inspect('import-upload')
  const wrong = [
    '26-1;Ani Lestari Putri;X-1;',
    '26-9;Hana Putri;X-2;bukan-email',
    '26-9;Hana Putri;X-2;',
    ';Tanpa NIM;X-2;',
  ]
  await at('choose-file-input').setInputFiles(listFile(wrong))
  await at('map-kelas').waitFor()
  expect(await at('map-kelas').inputValue()).toBe('2')
  await inspect('import-map')
  await at('map-email').selectOption('3')
  await at('to-preview').click()
  await at('download-errors').waitFor()
  expect(await at('commit').count()).toBe(0)
  await inspect('import-errors')
  const saved = page.waitForEvent('download')
  await at('download-errors').click()
  const errors = await readFile(await (await saved).path(), 'utf8')
  expect(errors).toContain('3,Email,bukan-email,Isinya tidak sesuai')
  expect(errors).toContain('5,NIM,,Kosong')

  await at('another-file').click()
  // The corrected list is dropped onto the page.
  const right = listFile(['26-1;Ani Lestari Putri;X-1;', '26-9;Hana Putri;X-2;hana@sekolah.test']).buffer.toString()
  const dataTransfer = await page.evaluateHandle((text) => {
    const dropped = new DataTransfer()
    dropped.items.add(new File([text], 'siswa.csv', { type: 'text/csv' }))
    return dropped
  }, right)
  await page.locator('.drop').dispatchEvent('drop', { dataTransfer })
  await at('to-preview').click()
  expect(await at('import-new').textContent()).toBe('1')
  expect(await at('import-updated').textContent()).toBe('1')
  await inspect('import-preview')
  await at('commit').click()
  await inspect('import-sure')
  await at('sure').click()
  await at('import-done').waitFor()
  expect(await at('slip').count()).toBe(1)
  await inspect('import-done')
  await page.getByRole('button', { name: 'Impor daftar lain' }).click()
  await at('sure').waitFor()
  await page.keyboard.press('Escape')
  await at('sure').waitFor({ state: 'detached' })
  expect(await at('slip').count()).toBe(1)
  await Promise.all([page.waitForEvent('download'), at('download-codes').click()])

  await page.goto(`${server.origin}/admin#/students/promote`)
  await at('move-from').selectOption('X-1')
  expect(await at('move-to').inputValue()).toBe('XI-1')
  await at('promote-look').click()
  await at('promote-preview').getByText('2 siswa pindah.').waitFor()
  await inspect('promote')
  await at('promote').click()
  await at('sure').click()
  await page.getByText('2 siswa dipindahkan.').waitFor()
  await page.getByRole('cell', { name: 'XI-1' }).first().waitFor()

  await page.goto(`${server.origin}/admin#/students/codes?kelas=XI-1`)
  await at('make-codes').click()
  await at('confirm-password').fill(PASSWORD)
  await at('confirm-go').click()
  await at('slip').nth(1).waitFor()
  await inspect('codes')
  await page.emulateMedia({ media: 'print' })
  expect(await page.locator('.page-head').isVisible()).toBe(false)
  await page.emulateMedia({ media: 'screen' })
  const [code] = await page.locator('.slip .code').allTextContents()
  await at('nav-today').click()
  await page.getByText('Tinggalkan tanpa menyimpan?').waitFor()
  await page.keyboard.press('Escape')
  await at('sure').waitFor({ state: 'detached' })
  await page.evaluate(() => dispatchEvent(new Event('beforeprint')))
  await at('nav-today').click()
  await page.getByRole('heading', { level: 1, name: 'Hari ini' }).waitFor()
  await office.activate('26-1', code ?? '')
  expect(office.complaints).toEqual([])
})

it('a student’s face is not enrolled before her consent is entered, and photographs are judged one by one', async () => {
  const { page, server } = office
  await page.goto(`${server.origin}/admin#/students?search=26-2`)
  await page.getByRole('link', { name: 'Budi Santoso' }).click()
  await at('to-face').waitFor()
  await inspect('student-card')
  await at('to-face').click()
  await at('consent-entry').waitFor()
  await inspect('consent')
  await page.getByRole('checkbox').check()
  await at('consent-save').click()
  await at('start-camera').waitFor()
  await inspect('face-ready')
  await page.getByRole('link', { name: 'Dari foto' }).click()
  await at('choose-photos').waitFor()
  await at('choose-photos-input').setInputFiles([
    { name: 'catatan.jpg', mimeType: 'image/jpeg', buffer: Buffer.from('nothing') },
  ])
  await at('photo').getByText('Berkas ini bukan gambar').waitFor({ timeout: 60_000 })
  await inspect('photos')
  expect(await at('send-photos').getAttribute('aria-disabled')).toBe('true')
  expect(office.complaints).toEqual([])
})

it('what is held on a student is taken along, and her consent withdrawn, at the office', async () => {
  const { page, server } = office
  await page.goto(`${server.origin}/admin#/students?search=26-2`)
  await page.getByRole('link', { name: 'Budi Santoso' }).click()
  const download = page.waitForEvent('download')
  await at('student-data').click()
  const file = await download
  expect(file.suggestedFilename()).toMatch(/^smart-absensi-26-2-[\d-]{10}\.json$/)
  const held = JSON.parse(await readFile(await file.path(), 'utf8'))
  // She cannot turn her head, and needs longer: the office leaves that out of what she is asked.
  await at('edit-student').click()
  await at('accommodation').click()
  for (const name of ['turn-left', 'turn-right', 'nod']) await at(`may-${name}`).uncheck()
  await at('slow').check()
  await inspect('accommodation')
  await at('student-save').click()
  await page.getByText('Hanya Kedip dua kali, Senyum. Waktu dua kali lipat').waitFor()
  expect(held).toMatchObject({ profile: { nim: '26-2' }, consents: [{ kind: 'self', source: 'paper' }] })
  await at('withdraw-self').click()
  await at('confirm-password').waitFor()
  await inspect('withdraw')
  await at('confirm-password').fill(PASSWORD)
  await at('confirm-go').click()
  await at('withdrawal').filter({ hasText: 'Tanda terima' }).waitFor()
  await at('consent-state').getByText('Ditarik').waitFor()
  await at('withdraw-self').waitFor({ state: 'detached' })
  await inspect('withdrawn')

  // Sheets that came back are entered together; hers is of before she withdrew.
  await page.getByRole('link', { name: 'Catat lembarnya' }).click()
  await at('sheet-self-26-2').check()
  await at('consent-filter').selectOption('')
  await at('sheet-self-26-1').check()
  await at('all-guardians').click()
  await at('sheet-seen').check()
  await inspect('consents')
  await page.getByRole('button', { name: 'Catat 4 lembar' }).waitFor()
  await at('enter-sheets').click()
  await page.getByText('3 lembar dicatat.').waitFor()
  await page.getByText('ditarik setelah tanggal itu: 26-2').waitFor()
  await at('sheet-guardian-26-1').waitFor({ state: 'detached' })
  expect(await at('enter-sheets').getAttribute('aria-disabled')).toBe('true')
  await page.evaluate(() => {
    window.print = () => undefined
  })
  await at('print-sheet').click()
  await page.emulateMedia({ media: 'print' })
  await at('consent-sheet').getByText('Tanda tangan wali').waitFor()
  expect(await at('enter-sheets').isVisible()).toBe(false)
  await page.emulateMedia({ media: 'screen' })
  expect(office.complaints).toEqual([])
})

it('a student’s QR is read by the camera', async () => {
  const { page, server } = office
  const citra = await office.addStudent({ nim: '26-3', name: 'Citra Dewi', kelas: 'X-1' })
  const { code } = await office.post<{ code: string }>('absensi/code', {}, await office.activate('26-3', citra))
  await page.goto(`${server.origin}/admin#/code`)
  const { data, size } = encode(code, { ecc: 'M', border: 4 })
  // The screen of a phone, before a camera: drawn into the stream that stands in for it.
  await page.evaluate(
    ({ dark, side }) => {
      navigator.mediaDevices.getUserMedia = async () => {
        const canvas = Object.assign(document.createElement('canvas'), { width: 640, height: 480 })
        const context = canvas.getContext('2d')
        const draw = () => {
          if (!context) return
          context.fillStyle = '#8a8f8d'
          context.fillRect(0, 0, 640, 480)
          if (!document.body.dataset.held) return
          context.setTransform(7, 1, -1, 7, 230, 110)
          context.fillStyle = '#fff'
          context.fillRect(0, 0, side, side)
          context.fillStyle = '#111'
          for (const [x, y] of dark) context.fillRect(x ?? 0, y ?? 0, 1, 1)
          context.resetTransform()
        }
        setInterval(draw, 50)
        return canvas.captureStream(20)
      }
    },
    { dark: data.flatMap((row, y) => row.flatMap((on, x) => (on ? [[x, y]] : []))), side: size },
  )
  await at('scan').click()
  await page.locator('[data-testid=scanner][data-on=yes]').waitFor()
  await inspect('scanner')
  await page.evaluate(() => {
    document.body.dataset.held = 'yes'
  })
  await page.getByRole('heading', { name: 'Citra Dewi' }).waitFor()
  await at('confirm-person').click()
  await page.locator('[data-result=recorded]').waitFor()
  expect(office.complaints).toEqual([])
})

it('a teacher sees what she may of a student, and no button that would be refused', async () => {
  const { page, server } = office
  const guru = { nim: 'G-1', name: 'Bu Rina', role: 'guru', guru_kelas: ['XI-1'] }
  await office.activate('G-1', (await office.post<{ code: string }>('admin/users', guru)).code)
  await at('sign-out').click()
  await at('nim').fill('G-1')
  await at('password').fill(PASSWORD)
  await at('sign-in').click()
  await at('nav-students').click()
  await page.getByRole('link', { name: 'Budi Santoso' }).click()
  await page.getByText('Belum ada ponsel terdaftar').waitFor()
  await page.getByText('Tanpa wajah').waitFor()
  await inspect('student-guru')
  for (const name of ['edit-student', 'remove-student', 'student-data', 'to-face', 'to-photos', 'to-import'])
    expect(await at(name).count()).toBe(0)
  await at('new-code').click()
  await at('code').waitFor()
  await page.goto(`${server.origin}/admin#/records`)
  await at('order').waitFor()
  // Kiosks are the office's to know: only a device that came with the address is told, and can be dropped.
  expect(await at('device').count()).toBe(0)
  await page.goto(`${server.origin}/admin#/records?device_id=abc`)
  await at('device').waitFor()
  await page.goto(`${server.origin}/admin#/students/import`)
  await page.getByRole('link', { name: 'Budi Santoso' }).waitFor()
  expect(await at('choose-file').count()).toBe(0)
  expect(office.complaints).toEqual([])
})

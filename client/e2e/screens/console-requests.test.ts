import { expect, it } from 'vitest'
import { makeCapture, makePerson, sealCapture } from '../../../server/test/test-capture.ts'
import { makeDevice, proveDevice, type TestDevice } from '../../../server/test/test-server.ts'
import { ticketReply } from '../../../shared/contract/capture.ts'
import { CONSENT_VERSION } from '../../../shared/contract/consents.ts'
import { drawFace } from '../../../shared/liveness/testing/drawn-face.ts'
import { traceFrame } from '../../../shared/liveness/trace.ts'
import { useConsole } from './use-console.ts'

const TODAY = new Intl.DateTimeFormat('en-CA', { timeZone: 'Asia/Jakarta' }).format(new Date())

/** A phone of a student, as its browser makes itself known. */
async function bringPhone(label: string, token: string): Promise<TestDevice> {
  const device = await makeDevice()
  const { nonce } = await office.post<{ nonce: string }>('devices/nonce', {}, token)
  await office.post('devices', { jwk: device.jwk, proof: await proveDevice(device, nonce), label }, token)
  return device
}

/** Photographs of a student's face, judged on her phone and sent as numbers. */
async function sendPhotos(device: TestDevice, token: string): Promise<void> {
  await office.post('consents', { version: CONSENT_VERSION }, token)
  const drawn = await office.post('face/tickets', { purpose: 'upload', device_id: device.id }, token)
  const ticket = ticketReply.parse(drawn)
  const pixels = { light: 120, sharpness: 300, skin: [170, 130, 110] as const }
  const frames = [0, 1, 2].map((t) =>
    traceFrame({ t, faces: 1, landmarks: drawFace({}, t), width: 640, pixels }, Number.NEGATIVE_INFINITY),
  )
  const embeddings = frames.map((_, frame) => ({ frame, shot: true, quality: 90 }))
  const capture = await sealCapture(makeCapture(ticket, { frames, embeddings }, makePerson()), ticket, device)
  await office.post('face/register-upload', { ticket: ticket.ticket, capture }, token)
}

/** Of the students, in the order of their numbers. */
const tokens: string[] = []
const office = useConsole(async ({ addStudent, activate, post }) => {
  for (const [place, name] of ['Ani Lestari', 'Budi Santoso'].entries())
    tokens.push(await activate(`26-${place}`, await addStudent({ nim: `26-${place}`, name, kelas: 'X-1' })))
  const [ani = '', budi = ''] = tokens
  for (const [token, reason] of [
    [ani, 'Saya sakit, ada surat dokter'],
    [budi, 'Saya di ruang guru'],
  ] as const)
    await post('absensi/correction-requests', { session_id: 'harian', date: TODAY, status: 'sakit', reason }, token)
  await bringPhone('Android 14', ani)
  await bringPhone('iPhone', ani)
  await sendPhotos(await bringPhone('Android 13', budi), budi)
  // She has no phone: what is asked for in her name comes on paper.
  await addStudent({ nim: '26-2', name: 'Citra Dewi', kelas: 'X-1' })
})
const { at, inspect } = office

it('what students ask for is granted or refused, queue by queue, with what still waits beside each', async () => {
  const { page } = office
  await office.signIn()
  await at('nav-requests').click()
  const tab = (name: string) => page.locator('.tabs a', { hasText: name })
  await tab('Koreksi').getByText('2').waitFor()
  await tab('Ponsel').getByText('1').waitFor()

  await tab('Koreksi').click()
  const row = (name: string) => page.getByRole('row', { name: new RegExp(name) })
  await row('Ani Lestari').getByText('Saya sakit, ada surat dokter').waitFor()
  await inspect('corrections')
  // The second press of a double click is not for whoever moves up.
  await row('Ani Lestari').getByTestId('approve').dblclick()
  await page.getByText('Ani Lestari: disetujui.').waitFor()
  // Whoever is refused reads why.
  await row('Budi Santoso').getByTestId('refuse').click()
  await at('refuse-note').fill('Tidak ada yang melihatmu di sana')
  await inspect('correction-refuse')
  await at('refuse-send').click()
  await page.getByText('Budi Santoso: ditolak.').waitFor()
  await at('empty').waitFor()
  // Told by the server as it happens.
  await tab('Koreksi').locator('.count').waitFor({ state: 'detached' })
  await at('correction-state').selectOption('refused')
  await row('Budi Santoso').getByText('Tidak ada yang melihatmu di sana').waitFor()
  await inspect('corrections-refused')

  await tab('Ponsel').click()
  await row('iPhone').waitFor()
  await inspect('devices')
  await at('approve').click()
  await at('empty').waitFor()

  await tab('Foto').click()
  await row('Budi Santoso').waitFor()
  // Nobody has seen yet that they are hers: they can be refused only.
  expect(await at('approve').getAttribute('aria-disabled')).toBe('true')
  await inspect('uploads')
  await at('refuse').click()
  await at('empty').waitFor()

  await at('nav-records').click()
  await page.getByRole('button', { name: 'Ani Lestari' }).waitFor()
  expect(await page.getByRole('row', { name: /Ani Lestari/ }).textContent()).toContain('Sakit')
  expect(await page.getByRole('row', { name: /Budi Santoso/ }).count()).toBe(0)
  expect(office.complaints).toEqual([])
})

it('a phone is revoked on its student’s card, and one that asks after it is refused', async () => {
  const { page, server } = office
  const row = (name: string) => page.getByRole('row', { name: new RegExp(name) })
  await page.goto(`${server.origin}/admin#/students?search=26-0`)
  await page.getByRole('link', { name: 'Ani Lestari' }).click()
  // The one that was approved came in its place.
  await row('Android 14').getByText('Dicabut').waitFor()
  await row('iPhone').getByTestId('revoke-device').click()
  await inspect('revoke-device')
  await at('sure').click()
  await page.getByText('iPhone dicabut.').waitFor()
  await row('iPhone').getByText('Dicabut').waitFor()
  await at('revoke-device').waitFor({ state: 'detached' })

  await bringPhone('Redmi', tokens[0] ?? '')
  await page.goto(`${server.origin}/admin#/requests/devices`)
  await row('Redmi').getByText('26-0').waitFor()
  await at('refuse').click()
  await inspect('refuse-device')
  await at('sure').click()
  await page.getByText('Ani Lestari: ditolak.').waitFor()
  await at('empty').waitFor()
  expect(office.complaints).toEqual([])
})

it('izin that came on paper is entered by the office, and is approved', async () => {
  const { page, server } = office
  await page.goto(`${server.origin}/admin#/requests/izin`)
  await at('enter-izin').click()
  await at('find-student').fill('Citra')
  await at('choose-26-2').check()
  await at('izin-kind').selectOption('sakit')
  await at('izin-reason').fill('Surat dari orang tua')
  await inspect('izin-entry')
  await at('izin-send').click()
  await page.getByText('Citra Dewi: izin dicatat.').waitFor()
  await at('izin-reason').waitFor({ state: 'detached' })
  await at('izin-state').selectOption('approved')
  const row = page.getByRole('row', { name: /Citra Dewi/ })
  await row.getByText('Surat dari orang tua').waitFor()
  await row.getByText('Tata Usaha').waitFor()
  await inspect('izin-approved')
  expect(office.complaints).toEqual([])
})

import type { Page } from 'playwright-core'
import { describe, expect, it } from 'vitest'
import { wordsId } from '../../phone/words-id.ts'
import { type Answers, absensi, ok, submitted, today } from './answers.ts'
import { askCorrection } from './ask-correction.ts'
import { busyDay, MONTH, own } from './own-answers.ts'
import { beginWalk, show } from './scene-kit.ts'
import { useStage } from './use-stage.ts'

const visit = useStage()

/** Where she stands. */
const GATE = { latitude: -6.2, longitude: 106.8, accuracy: 12 }

/** Every request that changes something: "METHOD path body". */
function watchActs(page: Page): string[] {
  const acts: string[] = []
  page.on('request', (request) => {
    const path = new URL(request.url()).pathname.replace('/api/v1/', '')
    if (request.method() !== 'GET' && path !== 'auth/refresh')
      acts.push(`${request.method()} ${path} ${request.postData() ?? ''}`.trim())
  })
  return acts
}

const go = (page: Page, name: string) => page.getByRole('link', { name, exact: true }).click()

describe('a student in her own app', () => {
  it('goes about her four parts, and everything she asks for is sent as she said', async () => {
    const page = await visit(own)
    const acts = watchActs(page)
    await go(page, 'Kehadiran')
    await askCorrection(page)
    // The month before has nothing, and there is no month to come.
    expect(await page.getByRole('button', { name: 'Bulan berikutnya' }).getAttribute('aria-disabled')).toBe('true')
    await page.getByRole('button', { name: 'Bulan sebelumnya' }).click()
    await page.getByText('Tidak ada catatan di bulan ini.').waitFor()

    await go(page, 'Izin')
    await page.getByTestId('ask-izin').click()
    await page.getByLabel('Sakit').check()
    await page.locator('textarea').fill('Demam')
    await page.getByTestId('send-izin').click()
    await page.getByText('menunggu keputusan guru').waitFor()
    await page
      .getByRole('button', { name: /^Batalkan/ })
      .first()
      .click()
    await page.getByTestId('withdraw-yes').click()

    await go(page, 'Akun')
    await page.getByRole('link', { name: /Ganti kata sandi/ }).click()
    await page.locator('[name=current]').fill('lama sekali 1')
    await page.locator('[name=next]').fill('baru sekali 2')
    await page.getByTestId('save-password').click()
    await page.getByTestId('password-saved').waitFor()
    await page.goBack()
    await page.getByRole('link', { name: /Persetujuan/ }).click()
    await page.getByTestId('show-data').click()
    const download = page.waitForEvent('download')
    await page.getByTestId('download-data').click()
    expect((await download).suggestedFilename()).toBe('smart-absensi-2026-0117-2026-11-23.json')
    await page.getByTestId('withdraw-consent').click()
    await page.getByTestId('withdraw-consent-yes').click()
    await page.getByTestId('withdrawn').waitFor()
    await go(page, 'Akun')
    await page.getByTestId('sign-out-everywhere').click()
    await page.getByTestId('everywhere-yes').click()
    await page.getByTestId('sign-in').waitFor()
    expect(await page.evaluate(() => Object.keys(localStorage).filter((key) => key.includes('kept')))).toEqual([])

    expect(acts.filter((act) => !act.includes('izin {'))).toEqual([
      `POST absensi/correction-requests {"session_id":"s1","date":"${MONTH}-12","status":"sakit","reason":"Saya sakit, ada surat dokter"}`,
      'DELETE izin/i1',
      'PUT auth/change-password {"current_password":"lama sekali 1","new_password":"baru sekali 2"}',
      'DELETE consents',
      'POST auth/logout-everywhere {}',
    ])
    expect(acts.find((act) => act.includes('izin {'))).toMatch(
      /^POST izin \{"kind":"sakit","from_date":"[\d-]{10}","until_date":"[\d-]{10}","reason":"Demam"\}$/,
    )
  })

  it('sends where she is only once she has pressed for it', async () => {
    const page = await visit(busyDay, '#/check-in', { geolocation: GATE })
    await page.getByTestId('place').waitFor()
    await beginWalk(page)
    expect(await page.evaluate(() => stage.where())).toBeNull()
    await page.getByTestId('cancel').click()
    await page.context().grantPermissions(['geolocation'])
    await page.getByTestId('place-allow').click()
    await page.locator('[data-testid=place][data-state=got]').waitFor()
    await page.getByTestId('start-camera').click()
    await expect.poll(() => page.evaluate(() => stage.where())).toMatchObject(GATE)
  })

  it('sends the place that is found while she already looks at the camera', async () => {
    const page = await visit(busyDay, '#/check-in')
    await page.getByTestId('place').waitFor()
    await page.evaluate(() => {
      navigator.geolocation.getCurrentPosition = (found) =>
        addEventListener('found', (event) => found((event as CustomEvent<GeolocationPosition>).detail))
    })
    await page.getByTestId('place-allow').click()
    await beginWalk(page)
    // What is sent waits for it.
    const sent = page.evaluate(() => stage.where())
    await page.evaluate((coords) => dispatchEvent(new CustomEvent('found', { detail: { coords } })), GATE)
    expect(await sent).toEqual(GATE)
  })

  it('asks for the place again once she was not where the session is', async () => {
    const page = await visit(busyDay, '#/check-in', { geolocation: GATE, permissions: ['geolocation'] })
    await page.locator('[data-testid=place][data-state=got]').waitFor()
    await beginWalk(page)
    const room = { latitude: -6.21, longitude: 106.81, accuracy: 8 }
    await page.context().setGeolocation(room)
    await show(page, { stage: 'failed', failure: 'outside' })
    await page.getByTestId('retry').click()
    await page.locator('[data-testid=place][data-state=got]').waitFor()
    await page.getByTestId('start-camera').click()
    await page.waitForFunction(() => stage.calls.filter((call) => call === 'start').length === 2)
    expect(await page.evaluate(() => stage.where())).toMatchObject(room)
  })

  it('may agree to send the place after she was refused without it', async () => {
    const page = await visit(busyDay, '#/check-in')
    await beginWalk(page)
    await show(page, { stage: 'failed', failure: 'outside' })
    await page.getByTestId('retry').click()
    await page.locator('[data-testid=place][data-state=idle]').waitFor()
  })

  it('is told of a code when a teacher has used it, and for what', async () => {
    const answers: { -readonly [call in keyof Answers]: Answers[call] } = { ...own }
    const came = absensi({ method: 'code', left_at: null })
    answers['GET absensi/today'] = today('14:50', 'late', came)
    const page = await visit(answers, '#/code')
    await page.clock.install()
    await page.reload()
    await page.getByTestId('draw-code').click()
    await page.getByTestId('code').waitFor()
    const asked = page.waitForResponse('**/absensi/today')
    await page.clock.fastForward(4000)
    await asked
    answers['GET absensi/today'] = today('14:51', 'late', { ...came, left_at: '2026-11-23T14:51:00+07:00' })
    expect(await page.getByTestId('code-seen').count()).toBe(0)
    await page.clock.fastForward(4000)
    await page.locator('[data-testid=code-seen][data-kind=leaving]').waitFor()
  })

  it('reads on the receipt of her leaving when she left', async () => {
    const page = await visit(own, '#/check-in')
    await beginWalk(page)
    const reply = submitted({ left_at: '2026-11-23T15:04:00+07:00' }, { left: true })
    await page.evaluate((body) => stage.end(body), reply)
    await page.getByRole('heading', { name: 'Kepulangan tercatat' }).waitFor()
    const slip = await page.locator('.slip').textContent()
    expect(slip).toContain('15.04')
    expect(slip).not.toContain('06.58')
  })

  it('says that a month is empty only of a month that came', async () => {
    const answers: { -readonly [call in keyof Answers]: Answers[call] } = { ...own }
    const page = await visit(answers, '#/attendance')
    await page.locator('.list .pill').first().waitFor()
    answers['GET absensi/history'] = 'no_network'
    await page.getByRole('button', { name: wordsId.attendance.earlier }).click()
    await page.getByTestId('failure').waitFor()
    const empty = page.getByText(wordsId.attendance.noRecords)
    expect(await empty.count()).toBe(0)
    answers['GET absensi/history'] = ok({ total: 0, limit: 500, offset: 0, data: [] })
    await page.getByTestId('retry').click()
    await empty.waitFor()
  })

  it('reads that a teacher will look only where one will', async () => {
    const rows = (['verified', 'provisional', 'review'] as const).map((grade, at) => ({
      ...absensi({ id: `g${at}`, date: `${MONTH}-0${at + 1}`, grade }),
      session_name: 'Masuk sekolah',
    }))
    const history = ok({ total: 3, limit: 500, offset: 0, data: rows })
    const page = await visit({ ...own, 'GET absensi/history': history }, '#/attendance')
    await page.locator('.list .pill').nth(2).waitFor()
    expect(await page.locator('.list').getByText(wordsId.attendance.checked).count()).toBe(1)
  })
})

import { describe, expect, it } from 'vitest'
import type { ConsentReply } from '../../core/api.ts'
import { wordsId } from '../../phone/words-id.ts'
import { type Answers, absensi, consented, gate, morning, ok, problem, submitted, today, tokens } from './answers.ts'
import { busyDay, own } from './own-answers.ts'
import { beginWalk, show } from './scene-kit.ts'
import { focused, useStage } from './use-stage.ts'

const visit = useStage()

/** Answers a test may change under way. */
const changing = (from: Answers): { -readonly [call in keyof Answers]: Answers[call] } => ({ ...from })
const [BUS, ROOM] = [
  { latitude: -6.3, longitude: 106.9, accuracy: 12 },
  { latitude: -6.2, longitude: 106.8, accuracy: 12 },
]

describe('before the camera', () => {
  it('she is told that her guardian’s consent is missing, and no camera is opened until it is there', async () => {
    const answers = changing(morning)
    const { body } = consented as { body: ConsentReply }
    answers['GET consents'] = ok<ConsentReply>({ ...body, guardian: { wanted: true, consent: null } })
    const page = await visit(answers, '#/check-in')
    await page.getByTestId('guardian-missing').waitFor()
    expect(await page.getByTestId('start-camera').count()).toBe(0)
    answers['GET consents'] = ok<ConsentReply>({ ...body, guardian: { wanted: true, consent: body.consent } })
    await page.getByTestId('retry').click()
    await page.getByTestId('start-camera').waitFor()
    await page.goto(`${page.url().split('#')[0]}#/enrol`)
    await page.getByTestId('start-camera').waitFor()
  })

  it('where she is is asked for also when the day could not be had at first', async () => {
    const answers = changing(busyDay)
    const { 'GET absensi/today': day } = busyDay
    answers['GET absensi/today'] = 'no_network'
    const page = await visit(answers, '#/check-in')
    await page.locator('[data-testid=failure][data-failure=no_network]').waitFor()
    if (day) answers['GET absensi/today'] = day
    await page.evaluate(() => dispatchEvent(new Event('online')))
    await page.getByTestId('place').waitFor()
    await page.getByTestId('start-camera').waitFor()
  })

  it('an old place is not sent as where she is now', async () => {
    const page = await visit(busyDay, '#/check-in', { geolocation: BUS, permissions: ['geolocation'] })
    await page.locator('[data-testid=place][data-state=got]').waitFor()
    await page.context().setGeolocation(ROOM)
    // Twenty minutes later, the phone taken out of the pocket again.
    await page.evaluate(() => {
      const { now } = Date
      Date.now = () => now() + 20 * 60_000
      document.dispatchEvent(new Event('visibilitychange'))
    })
    await page.locator('[data-testid=place][data-state=got]').waitFor()
    await beginWalk(page)
    await expect.poll(() => page.evaluate(() => stage.where())).toMatchObject(ROOM)
  })
})

it('what the server may act on already is not cancelled', async () => {
  const page = await visit(own, '#/enrol')
  await beginWalk(page)
  const cancel = page.getByTestId('cancel')
  await show(page, { stage: 'sealing' })
  expect(await cancel.getAttribute('aria-disabled')).toBeNull()
  await show(page, { stage: 'sending' })
  expect(await cancel.getAttribute('aria-disabled')).toBe('true')
})

it('an enrolment without an answer is asked after', async () => {
  const answers = changing(own)
  answers['POST auth/refresh'] = tokens({ has_face: false })
  const { body } = tokens() as { body: { user: object } }
  answers['GET auth/me'] = ok({ user: body.user, accommodation: { poses: 'guided', slow: false } })
  const page = await visit(answers, '#/enrol')
  await beginWalk(page)
  const told = page.waitForResponse('**/auth/me')
  await show(page, { stage: 'failed', failure: 'no_network' })
  await told
  await page.goto(`${page.url().split('#')[0]}#/`)
  await page.getByTestId('check-in').waitFor()
})

describe('leaving', () => {
  it('asks for no face that nobody has enrolled', async () => {
    const answers = changing(busyDay)
    answers['POST auth/refresh'] = tokens({ has_face: false })
    const { body } = busyDay['GET absensi/today'] as { body: { sessions: object[] } }
    const sessions = body.sessions.map((one) => ({ ...one, absensi: absensi({ method: 'manual' }) }))
    answers['GET absensi/today'] = ok({ ...body, absensi: absensi({ method: 'manual' }), sessions, check_in: 'leave' })
    const page = await visit(answers)
    await page.getByTestId('enrol').waitFor()
    expect(await page.getByTestId('check-out').count()).toBe(0)
  })

  it('is recorded, whatever is still to be looked at of her coming', async () => {
    const page = await visit(own, '#/check-in')
    await beginWalk(page)
    const reply = submitted({ left_at: '2026-11-23T15:04:00+07:00', grade: 'review' }, { left: true })
    await page.evaluate((body) => stage.end(body), reply)
    await page.getByRole('heading', { name: 'Kepulangan tercatat' }).waitFor()
  })
})

it('a check-in over a teacher’s word that she was not there does not seem to count', async () => {
  const page = await visit(own, '#/check-in')
  await beginWalk(page)
  const reply = submitted({ status: 'alfa', method: 'manual' }, { is_duplicate: true })
  await page.evaluate((body) => stage.end(body), reply)
  await page.getByRole('heading', { name: 'Tercatat tidak hadir' }).waitFor()
  expect(await page.locator('.slip').textContent()).not.toContain('06.58')
})

describe('an answer that was lost', () => {
  it('does not refuse whoever activated her account', async () => {
    const answers = changing(gate)
    answers['POST auth/activate'] = 'no_network'
    const page = await visit(answers, '#/activate')
    await page.locator('[name=nim]').fill('2026-0117')
    await page.locator('[name=code]').fill('ABCD-EFGH')
    await page.locator('[name=password]').fill('Sandi panjang 7')
    await page.getByTestId('activate').click()
    await page.locator('[data-failure=no_network]').waitFor()
    answers['POST auth/activate'] = problem('wrong_code')
    await page.getByTestId('activate').click()
    await page.getByTestId('check-in').waitFor()
  })

  it('to a change of the password leaves two of them possible', async () => {
    const page = await visit({ ...own, 'PUT auth/change-password': 'no_network' }, '#/password')
    await page.locator('[name=current]').fill('lama sekali 1')
    await page.locator('[name=next]').fill('baru sekali 2')
    await page.getByTestId('save-password').click()
    await page.getByText(wordsId.password.unanswered).waitFor()
  })
})

it('what comes after she has signed out is kept for nobody', async () => {
  const page = await visit(morning)
  await page.getByTestId('check-in').waitFor()
  let release: () => void = () => undefined
  const late = new Promise<void>((resolve) => {
    release = resolve
  })
  await page.route('**/absensi/today', async (route) => {
    await late
    await route.fallback()
  })
  const asked = page.waitForRequest('**/absensi/today')
  await page.evaluate(() => dispatchEvent(new Event('online')))
  await asked
  await page.getByRole('link', { name: 'Akun', exact: true }).click()
  await page.getByTestId('sign-out-here').click()
  await page.getByTestId('sign-in').waitFor()
  const came = page.waitForResponse('**/absensi/today')
  release()
  await came
  await page.waitForTimeout(100)
  expect(await page.evaluate(() => Object.keys(localStorage).filter((key) => key.includes('kept')))).toEqual([])
})

it('a code is over when its time is, also on a phone that slept', async () => {
  const page = await visit(own, '#/code')
  await page.getByTestId('draw-code').click()
  await page.locator('[data-testid=code][data-live=yes]').waitFor()
  await page.evaluate(() => {
    const { now } = Date
    Date.now = () => now() + 61_000
    document.dispatchEvent(new Event('visibilitychange'))
  })
  await page.locator('[data-testid=code][data-live=no]').waitFor()
})

it('the focus goes along with a form that opens and closes', async () => {
  const page = await visit({ ...own, 'GET absensi/today': today('06:48', 'open') }, '#/izin')
  await page.getByTestId('ask-izin').focus()
  await page.keyboard.press('Enter')
  await page.getByTestId('send-izin').waitFor()
  await expect.poll(() => focused(page)).toBe('kind')
  await page.locator('textarea').fill('Demam')
  await page.getByTestId('send-izin').click()
  await page.getByTestId('ask-izin').waitFor()
  await expect.poll(() => focused(page)).toBe('ask-izin')
  expect(await page.getByRole('status').getByText(wordsId.izin.sent).count()).toBe(1)
})

import { describe, expect, it } from 'vitest'
import { type Answers, absensi, morning, ok, today } from './answers.ts'
import { useStage } from './use-stage.ts'

const visit = useStage()

/** A morning whose answers a test may change under way. */
const changing = (): { -readonly [call in keyof Answers]: Answers[call] } => ({ ...morning })

/** The page at a moment of the school's day, with its timers in the test's hand. */
async function visitAt(time: string, answers: Answers) {
  const page = await visit(answers)
  await page.clock.install({ time: new Date(time) })
  await page.reload()
  return page
}

const record = (change: Parameters<typeof absensi>[0], check_in: 'arrive' | 'repeat' | 'closed') => {
  const { body } = today('15:20', 'closed', absensi(change))
  return ok({ ...(body as object), check_in })
}

describe('home without an answer', () => {
  it('shows what it knew, and gets its button back at a press and by itself', async () => {
    const answers = changing()
    const page = await visitAt('2026-11-23T06:48:20+07:00', answers)
    const button = page.getByTestId('check-in')
    await button.waitFor()
    const lose = async () => {
      answers['GET absensi/today'] = 'no_network'
      await page.evaluate(() => dispatchEvent(new Event('online')))
      await page.getByTestId('offline').waitFor()
      expect(await button.count()).toBe(0)
      answers['GET absensi/today'] = today('06:50', 'open')
    }
    await lose()
    await page.getByTestId('retry').click()
    await button.waitFor()
    await lose()
    await page.clock.fastForward(30_000)
    await button.waitFor()
    expect(await page.getByTestId('offline').count()).toBe(0)
  })

  it('does not show another day’s record as today’s', async () => {
    const answers = changing()
    answers['GET absensi/today'] = today('09:00', 'late', absensi())
    const page = await visitAt('2026-11-23T09:00:20+07:00', answers)
    await page.locator('.session-done').waitFor()
    answers['GET absensi/today'] = 'no_network'
    await page.clock.setSystemTime(new Date('2026-11-24T06:30:00+07:00'))
    await page.evaluate(() => dispatchEvent(new Event('online')))
    await page.getByTestId('offline').waitFor()
    expect(await page.locator('.session').count()).toBe(0)
    expect(await page.getByTestId('offline').textContent()).not.toContain('23 November')
  })
})

describe('what the school recorded', () => {
  it('of an absence: no tick and no time, and whom to see', async () => {
    const page = await visit({ ...morning, 'GET absensi/today': record({ status: 'alfa', method: 'close' }, 'closed') })
    const card = page.locator('.session')
    await card.getByText('temui guru piket').waitFor()
    expect(await card.textContent()).not.toContain('06.58')
    expect(await card.locator('.emblem.good').count()).toBe(0)
    expect(await page.getByTestId('check-in').count()).toBe(0)
  })

  it('of an absence in a session that takes her after all: the button', async () => {
    const page = await visit({ ...morning, 'GET absensi/today': record({ status: 'alfa', method: 'close' }, 'arrive') })
    await page.getByTestId('check-in').waitFor()
    expect(await page.locator('.session').textContent()).not.toContain('temui guru piket')
  })

  it('of an izin: no time', async () => {
    const page = await visit({ ...morning, 'GET absensi/today': record({ status: 'izin', method: 'izin' }, 'closed') })
    await page.locator('.session-done').waitFor()
    expect(await page.locator('.session').textContent()).not.toContain('06.58')
  })
})

it('a check-in that nothing would come of says so before the camera', async () => {
  const { body } = today('15:20', 'closed')
  const why = 'Absensi sudah ditutup sejak pukul 15.00.'
  const closed = ok({ ...(body as object), check_in: 'closed', why_closed: why })
  const page = await visit({ ...morning, 'GET absensi/today': closed }, '#/check-in')
  await page.getByText(why).waitFor()
  expect(await page.getByTestId('start-camera').count()).toBe(1)
})

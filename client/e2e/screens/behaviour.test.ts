import { describe, expect, it } from 'vitest'
import type { Failure } from '../../check-in/walk-state.ts'
import { failuresId } from '../../core/failures-id.ts'
import { FAILURES } from '../../phone/failures.ts'
import { type Answers, morning, ok, problem } from './answers.ts'
import { asking, show, startCamera } from './scene-kit.ts'
import { focused, useStage } from './use-stage.ts'

const visit = useStage()

describe('every failure', () => {
  it('has its own words, a next step and a way home', async () => {
    const page = await visit(morning, '#/check-in')
    await startCamera(page)
    for (const failure of Object.keys(FAILURES) as Failure[]) {
      await show(page, { stage: 'failed', failure })
      await page.locator(`[data-failure=${failure}]`).waitFor()
      expect(await page.locator('h1').textContent()).toBe(failuresId[failure].title)
      expect(await page.getByTestId('failure').textContent()).toContain(failuresId[failure].body)
      const buttons = await page.locator('main button').allInnerTexts()
      expect(buttons).toContain('Ke beranda')
      expect(await focused(page)).toBe('H1')
    }
  })

  it('that asks for patience counts down before it lets one try again', async () => {
    const page = await visit(morning, '#/check-in')
    await startCamera(page)
    await show(page, { stage: 'failed', failure: 'slow_down', retryAfter: 5 })
    const again = page.getByTestId('retry')
    await again.waitFor()
    expect(await again.getAttribute('aria-disabled')).toBe('true')
    await page.waitForFunction(() => document.querySelector('[data-testid=retry]:not([aria-disabled])'))
    await again.click()
    await page.waitForFunction(() => stage.calls.filter((call) => call === 'start').length === 2)
  })
})

describe('the link of a confirmation mail', () => {
  it('confirms at a press and not before; one that is over can be asked for again', async () => {
    const answers: { -readonly [call in keyof Answers]: Answers[call] } = {
      ...morning,
      'POST auth/email/confirm': ok({ success: true, message: 'ya' }),
    }
    const page = await visit(answers, '#email=a.b-C_d')
    const sent: unknown[] = []
    page.on('request', (request) => {
      if (request.url().includes('auth/email')) sent.push([request.url().split('/').at(-1), request.postDataJSON()])
    })
    await page.getByTestId('confirm-email').click()
    await page.getByText('Alamat emailmu sudah dikonfirmasi.').waitFor()
    expect(sent).toEqual([['confirm', { token: 'a.b-C_d' }]])
    await expect.poll(() => focused(page)).toBe('email-home')

    // Another link, opened in the same window.
    answers['POST auth/email/confirm'] = problem('wrong_code')
    answers['POST auth/email/again'] = ok({ success: true, message: 'ya' })
    await page.evaluate(() => {
      location.hash = '#email=old.one'
    })
    await page.getByTestId('confirm-email').click()
    await page.getByTestId('email-again').waitFor()
    await expect.poll(() => focused(page)).toBe('email-again')
    await page.getByTestId('email-again').click()
    await page.getByText('Email dengan tautan baru segera dikirim.').waitFor()
    await page.getByTestId('email-home').click()
    await page.getByTestId('check-in').waitFor()
  })
})

describe('the page', () => {
  it('changes its language at once, and keeps it', async () => {
    const page = await visit(morning)
    await page.getByTestId('check-in').waitFor()
    expect(await page.evaluate(() => document.documentElement.lang)).toBe('id')
    await page.getByRole('button', { name: 'English' }).click()
    await page.getByText('Check in now').waitFor()
    expect(await page.evaluate(() => document.documentElement.lang)).toBe('en')
    const asked = page.waitForRequest('**/auth/refresh')
    await page.reload()
    expect((await asked).headers()['accept-language']).toBe('en')
    await page.getByText('Check in now').waitFor()
  })

  it('explains itself after a crash and offers a reload', async () => {
    const page = await visit(morning, '#/check-in')
    await startCamera(page)
    // A prompt nobody has drawn: a newer walk with an older page.
    await show(page, asking('somersault' as 'nod'))
    await page.getByText('Halaman ini berhenti').waitFor()
    await page.getByTestId('retry').click()
    await page.getByTestId('start-camera').waitFor()
  })

  it('deletes the face on request, says so, and asks to enrol again', async () => {
    const page = await visit(morning, '#/face')
    await page.getByTestId('delete-face').click()
    const gone = page.waitForRequest((request) => request.method() === 'DELETE')
    await page.getByTestId('delete-face-yes').click()
    expect((await gone).url()).toContain('/api/v1/face/unregister')
    await page.getByText('Data wajahmu sudah dihapus.').waitFor()
    // Whatever the answer before said, and the one after still says.
    expect(await page.locator('.face-card h2').textContent()).toBe('Wajahmu belum terdaftar')
    await page.evaluate(() => {
      location.hash = '#/'
    })
    await page.getByTestId('enrol').waitFor()
    expect(await page.getByTestId('check-in').count()).toBe(0)
  })

  it('signs out', async () => {
    const page = await visit(morning, '#/account')
    await page.getByTestId('sign-out-here').click()
    await page.getByTestId('sign-in').waitFor()
    expect(await page.evaluate(() => localStorage.getItem('absensi.signed-in'))).toBeNull()
  })
})

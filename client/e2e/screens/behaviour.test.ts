import type { Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { CONSENT_VERSION } from '../../../shared/contract/consents.ts'
import type { Failure, WalkState } from '../../check-in/walk-state.ts'
import { failuresId } from '../../core/failures-id.ts'
import { FAILURES } from '../../phone/failures.ts'
import { type Answers, gate, morning, notConsented, submitted } from './answers.ts'
import { openStage, type StageBrowser, type StagePage } from './open-stage.ts'
import { asking, show, startCamera } from './scene-kit.ts'

let browser: StageBrowser
let open: StagePage | null = null
beforeAll(async () => {
  browser = await openStage()
})
afterEach(async () => {
  await open?.close()
  open = null
})
afterAll(async () => {
  await browser?.close()
})

async function visit(answers: Answers, hash = '#/', options: Parameters<StageBrowser['open']>[2] = {}): Promise<Page> {
  open = await browser.open(answers, hash, options)
  return open.page
}

const focused = (page: Page) =>
  page.evaluate(() => {
    const element = document.activeElement
    return element?.getAttribute('data-testid') ?? element?.getAttribute('name') ?? element?.tagName ?? ''
  })

/** Presses Tab until the control has the focus: as somebody without a mouse would. */
async function tabTo(page: Page, name: string): Promise<void> {
  for (let presses = 0; presses < 25; presses += 1) {
    if ((await focused(page)) === name) return
    await page.keyboard.press('Tab')
  }
  throw new Error(`${name} is not reached by Tab`)
}

describe('with the keyboard alone', () => {
  it('one signs in, checks in and is back at the start', async () => {
    const page = await visit({ ...gate, 'GET consents': morning['GET consents']! })
    await tabTo(page, 'nim')
    await page.keyboard.type('2026-0117')
    await tabTo(page, 'password')
    await page.keyboard.type('rahasia 1')
    await page.keyboard.press('Enter')
    await page.getByTestId('check-in').waitFor()
    expect(await focused(page)).toBe('H1')
    await tabTo(page, 'check-in')
    await page.keyboard.press('Enter')
    await page.getByTestId('start-camera').waitFor()
    expect(await focused(page)).toBe('H1')
    await tabTo(page, 'start-camera')
    await page.keyboard.press('Enter')
    await page.waitForFunction(() => stage.calls.includes('start'))
    await page.evaluate((reply) => stage.end(reply), submitted())
    await page.getByTestId('receipt').waitFor()
    expect(await focused(page)).toBe('H1')
    await tabTo(page, 'done')
    await page.keyboard.press('Enter')
    await page.getByTestId('check-in').waitFor()
  })

  it('one agrees only by ticking the box', async () => {
    const page = await visit(
      { ...morning, 'GET consents': notConsented, 'POST consents': morning['GET consents']! },
      '#/enrol',
    )
    const given: (string | null)[] = []
    page.on('request', (request) => request.method() === 'POST' && given.push(request.postData()))
    await page.getByTestId('consent-agree').waitFor()
    await tabTo(page, 'consent-agree')
    await page.keyboard.press('Enter')
    expect(given.filter((body) => body?.includes('version'))).toEqual([])
    await page.keyboard.press('Shift+Tab')
    await page.keyboard.press('Space')
    await tabTo(page, 'consent-agree')
    await page.keyboard.press('Enter')
    await page.getByTestId('start-camera').waitFor()
    expect(given.filter((body) => body?.includes('version'))).toEqual([`{"version":"${CONSENT_VERSION}"}`])
  })

  it('Escape keeps the face, and the focus goes back to where it was', async () => {
    const page = await visit(morning, '#/face')
    await page.getByTestId('delete-face').waitFor()
    await tabTo(page, 'delete-face')
    await page.keyboard.press('Enter')
    await page.locator('dialog[open]').waitFor()
    await page.keyboard.press('Escape')
    await page.locator('dialog[open]').waitFor({ state: 'detached' })
    expect(await focused(page)).toBe('delete-face')
  })
})

describe('the camera screen', () => {
  it('keeps its oval and every row where they are, whatever the stage', async () => {
    const page = await visit(morning, '#/check-in')
    await startCamera(page)
    const stages: WalkState[] = [
      { stage: 'loading', progress: { loaded: 1, total: 9_000_000 } },
      { stage: 'permission' },
      { stage: 'settling', hint: 'no_face', ring: 0 },
      { stage: 'settling', hint: null, ring: 0.1 },
      asking('blink'),
      asking('turn-left', { attempt: 3, hint: 'one_face_only' }),
      asking(null),
      { stage: 'sealing' },
      { stage: 'sending' },
    ]
    const places = new Set<string>()
    for (const state of stages) {
      await show(page, state)
      await page.locator(`[data-stage=${state.stage}]`).waitFor()
      places.add(JSON.stringify(await page.locator('.oval').boundingBox()))
    }
    expect(places.size).toBe(1)
  })

  it('says prompt and hint to a screen reader, and the stage to a test', async () => {
    const page = await visit(morning, '#/check-in')
    await startCamera(page)
    await show(page, asking('turn-left', { hint: 'closer' }))
    const view = page.getByTestId('camera-view')
    await page.locator('[data-prompt=turn-left]').waitFor()
    expect(await view.locator('[aria-live=assertive]').textContent()).toBe('Tengok ke kiri')
    expect(await view.locator('[aria-live=polite]').textContent()).toBe('Lebih dekat')
    expect(await view.locator('[role=progressbar]').getAttribute('aria-valuenow')).toBe('42')
    expect(await page.locator('video').count()).toBe(1)
    await show(page, asking(null))
    await page.locator('[data-prompt=""]').waitFor()
  })

  it('is left by "cancel" and by the way back: the walk is cancelled', async () => {
    const page = await visit(morning)
    await page.getByTestId('check-in').click()
    await startCamera(page)
    await page.getByTestId('cancel').click()
    await page.getByTestId('start-camera').waitFor()
    expect(await page.evaluate(() => stage.calls)).toEqual(['start', 'cancel'])
    await page.getByTestId('start-camera').click()
    await page.waitForFunction(() => stage.calls.length === 3)
    await page.goBack()
    await page.getByTestId('check-in').waitFor()
    expect(await page.evaluate(() => stage.calls)).toEqual(['start', 'cancel', 'start', 'cancel'])
  })

  it('offers a choice of cameras only where there is one, and remembers it', async () => {
    const page = await visit(morning, '#/check-in')
    await page.evaluate(() => {
      const device = (deviceId: string, label: string) => ({ deviceId, label, kind: 'videoinput', groupId: '' })
      navigator.mediaDevices.enumerateDevices = async () =>
        [device('front', 'Depan'), device('infrared', 'Inframerah')] as MediaDeviceInfo[]
    })
    await startCamera(page)
    await show(page, { stage: 'settling', hint: null, ring: 0 })
    expect(await page.locator('select').inputValue()).toBe('front')
    await page.locator('select').selectOption('infrared')
    await page.waitForFunction(() => stage.calls.length === 3)
    expect(await page.evaluate(() => [stage.calls, stage.cameraId, localStorage.getItem('absensi.camera')])).toEqual([
      ['start', 'cancel', 'start'],
      'infrared',
      'front',
    ])
  })

  it('stands still where motion is unwanted', async () => {
    const page = await visit(morning, '#/check-in', { reducedMotion: 'reduce' })
    await startCamera(page)
    await show(page, asking('turn-left'))
    await page.locator('[data-prompt=turn-left]').waitFor()
    expect(await page.evaluate(() => document.getAnimations().length)).toBe(0)
  })
})

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
    await show(page, { stage: 'failed', failure: 'slow_down', retryAfter: 2 })
    const again = page.getByTestId('retry')
    await again.waitFor()
    expect(await again.getAttribute('aria-disabled')).toBe('true')
    await page.waitForFunction(() => document.querySelector('[data-testid=retry]:not([aria-disabled])'))
    await again.click()
    await page.waitForFunction(() => stage.calls.filter((call) => call === 'start').length === 2)
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
    await page.evaluate(() => {
      location.hash = '#/'
    })
    await page.getByTestId('enrol').waitFor()
    expect(await page.getByTestId('check-in').count()).toBe(0)
  })

  it('signs out', async () => {
    const page = await visit(morning)
    await page.getByTestId('sign-out').click()
    await page.getByTestId('sign-in').waitFor()
    expect(await page.evaluate(() => localStorage.getItem('absensi.signed-in'))).toBeNull()
  })
})

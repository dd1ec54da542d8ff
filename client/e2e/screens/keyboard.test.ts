import type { Page } from 'playwright-core'
import { describe, expect, it } from 'vitest'
import { CONSENT_VERSION } from '../../../shared/contract/consents.ts'
import { gate, morning, notConsented, submitted } from './answers.ts'
import { focused, useStage } from './use-stage.ts'

const visit = useStage()

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
    await page.getByTestId('sign-in').waitFor()
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

import type { Page } from 'playwright-core'
import type { Status, View } from '../../kiosk/kiosk.ts'
import type { KioskStage } from './kiosk-stage.tsx'

type Staged = { stage: KioskStage }

/** Puts a drawn person before the camera. */
export const openDoor = (page: Page): Promise<void> =>
  page.evaluate(() => (globalThis as unknown as Staged).stage.openCamera())

/** Shows a screen; `status` adds to what was there. */
export async function showScene(page: Page, view: View, status: Partial<Status> = {}): Promise<void> {
  const text = JSON.stringify([view, status])
  await page.evaluate((given: string) => {
    const [next, part] = JSON.parse(given)
    ;(globalThis as unknown as Staged).stage.show(next, part)
  }, text)
}

export const speak = (page: Page, code: 'id' | 'en'): Promise<void> =>
  page.evaluate((one: 'id' | 'en') => (globalThis as unknown as Staged).stage.language(one), code)

/** What the screens asked of the kiosk so far. */
export const callsOf = (page: Page): Promise<string[]> =>
  page.evaluate(() => [...(globalThis as unknown as Staged).stage.calls])

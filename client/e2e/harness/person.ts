import type { Locator, Page } from 'playwright-core'

/** What a person reads at the end of a walk. */
export type Outcome =
  | { readonly kind: 'enrolled' }
  | { readonly kind: 'receipt'; readonly status: string; readonly grade: string; readonly duplicate: boolean }
  | { readonly kind: 'failure'; readonly code: string }

/** A walk with three tries of each of three challenges and then the network, ms. */
const WALK_LIMIT_MS = 120_000
/** A camera on view that shows nothing new for six seconds is lost (client/camera/open-camera.ts): longer than that, ms. */
const LINGER_MS = 8000

const button = (page: Page, id: string): Locator => page.getByTestId(id)

/** What home shows once it has its data: one of its buttons, or today's record. */
const home = (page: Page): Locator =>
  button(page, 'enrol').or(button(page, 'check-in')).or(page.locator('.session-done')).first()

/** First sign-in with the code from the school; ends at home. */
export async function activate(
  page: Page,
  origin: string,
  { nim, code, password }: { nim: string; code: string; password: string },
): Promise<void> {
  await page.goto(`${origin}/#/activate`)
  await page.locator('[name="nim"]').fill(nim)
  await page.locator('[name="code"]').fill(code)
  await page.locator('[name="password"]').fill(password)
  await button(page, 'activate').click()
  await button(page, 'enrol').waitFor()
}

/** Sign in with NIM and password; ends at home. */
export async function signIn(
  page: Page,
  origin: string,
  { nim, password }: { nim: string; password: string },
): Promise<void> {
  await page.goto(`${origin}/#/sign-in`)
  await page.locator('[name="nim"]').fill(nim)
  await page.locator('[name="password"]').fill(password)
  await button(page, 'sign-in').click()
  await home(page).waitFor()
}

/** Opens the page again later; signs in where the browser has forgotten. Ends at home. */
export async function returnHome(page: Page, origin: string, who: { nim: string; password: string }): Promise<void> {
  await page.goto(origin)
  await home(page).or(button(page, 'sign-in')).first().waitFor()
  if (!(await home(page).isVisible())) await signIn(page, origin, who)
}

async function readOutcome(page: Page): Promise<Outcome> {
  const ends = button(page, 'receipt').or(button(page, 'enrolled')).or(button(page, 'failure'))
  await ends.first().waitFor({ timeout: WALK_LIMIT_MS })
  const data = await ends.first().evaluate((element) => ({ ...(element as HTMLElement).dataset }))
  if (data.testid === 'enrolled') return { kind: 'enrolled' }
  if (data.testid === 'failure') return { kind: 'failure', code: data.failure ?? '' }
  return { kind: 'receipt', status: data.status ?? '', grade: data.grade ?? '', duplicate: data.duplicate === 'true' }
}

/** From the walk's first screen: agrees where consent is asked, starts the camera. */
async function startCamera(page: Page): Promise<void> {
  const start = button(page, 'start-camera')
  const agree = button(page, 'consent-agree')
  await start.or(agree).first().waitFor()
  if (await agree.isVisible()) {
    await page.locator('[name="agree"]').check()
    await agree.click()
  }
  await start.click()
}

/** What is done with the pictures before they are kept; she is at the choice by then. */
export type AtChoice = (page: Page) => Promise<void>

/** Looks at her pictures longer than a camera may stand still, then takes the first one again; ends at the choice. */
export const lingerAndRetake: AtChoice = async (page) => {
  await page.waitForTimeout(LINGER_MS)
  await page.locator('.shots button').first().click()
  await page.locator('[data-stage=shooting]').waitFor()
  await button(page, 'save-shots').or(button(page, 'failure')).first().waitFor({ timeout: WALK_LIMIT_MS })
}

/** Enrols from home: consent, camera, challenges, shots, all kept. */
export async function enrol(page: Page, atChoice: AtChoice = async () => {}): Promise<Outcome> {
  await button(page, 'enrol').click()
  await startCamera(page)
  const save = button(page, 'save-shots')
  await save.or(button(page, 'failure')).first().waitFor({ timeout: WALK_LIMIT_MS })
  if (await save.isVisible()) {
    await atChoice(page)
    await save.click()
  }
  return readOutcome(page)
}

/** Checks in; from home's button, or by the walk's address where home offers none (already recorded). */
export async function checkIn(page: Page): Promise<Outcome> {
  await page.evaluate(() => {
    location.hash = '#/check-in'
  })
  await startCamera(page)
  return readOutcome(page)
}

/** Back to home after a walk. */
export async function finish(page: Page): Promise<void> {
  await button(page, 'done').click()
}

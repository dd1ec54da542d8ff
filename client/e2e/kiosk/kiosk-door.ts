import type { Locator, Page } from 'playwright-core'
import type { Person } from '../../../server/test/test-capture.ts'
import type { Office } from '../harness/office.ts'
import { openPhone, type Phone } from '../harness/open-phone.ts'
import { bundlePage } from '../puppet/bundle-page.ts'
import type { SitterName } from '../puppet/photos.ts'

/** Networks from the disk, camera, and a walk, on a machine that is busy, ms. */
export const LOADED_MS = 150_000

/**
 * A browser at /kiosk whose puppet has whatever face is put on it; nobody stands there at first.
 * @param flags more flags for Chromium
 */
export async function openDoor(
  profile: string,
  origin: string,
  { puppet = 'a', flags = [] }: { puppet?: SitterName; flags?: readonly string[] } = {},
): Promise<Phone> {
  const door = await openPhone({ puppet }, { profile, flags })
  const script = await bundlePage(new URL('./face-swap.ts', import.meta.url))
  await door.context.addInitScript({ content: script })
  await door.page.setViewportSize({ width: 1280, height: 800 })
  await door.page.goto(`${origin}/kiosk`)
  return door
}

/** From the code's screen to a kiosk that is let in. */
export async function pairDoor(page: Page, office: Office): Promise<void> {
  await page.locator('[name="code"]').fill(await office.makeCode())
  await page.getByTestId('pair').click()
  const fingerprint = page.getByTestId('fingerprint')
  await fingerprint.waitFor()
  await office.confirm((await fingerprint.locator('span').allTextContents()).join('-'))
}

/** A made-up face, or the puppet's own. */
type Visitor = Person | 'herself'

const stand = (page: Page, visitor: Visitor | null): Promise<void> =>
  page.evaluate(
    (standing) => {
      Object.assign(globalThis, { standing })
    },
    visitor === null || visitor === 'herself' ? visitor : [...visitor],
  )

const isShown = (result: Locator) =>
  result.waitFor({ timeout: 10_000 }).then(
    () => true,
    () => false,
  )

/**
 * Somebody walks up, acts before the camera, reads the result and goes away.
 * @param nim what she picks from the roster, where the kiosk has no network
 */
export async function comeToDoor(
  page: Page,
  visitor: Visitor,
  nim: string | null = null,
): Promise<{ kind: string; text: string }> {
  const result = page.getByTestId('result')
  await stand(page, visitor)
  if (nim !== null) await page.locator(`[data-nim="${nim}"]`).click({ timeout: LOADED_MS })
  // The page may load anew when its app shell is in place: she goes on standing there.
  for (const end = performance.now() + LOADED_MS; !(await isShown(result)); await stand(page, visitor))
    if (performance.now() > end) throw new Error('no result came')
  await stand(page, null)
  const kind = (await result.getAttribute('data-result')) ?? ''
  const text = ((await result.textContent()) ?? '').replaceAll(/\s+/g, ' ')
  await result.waitFor({ state: 'detached' })
  return { kind, text }
}

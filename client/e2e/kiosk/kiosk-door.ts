import type { Page } from 'playwright-core'
import type { Person } from '../../../server/test/test-capture.ts'
import type { Office } from '../harness/office.ts'
import { openPhone, type Phone } from '../harness/open-phone.ts'
import { bundlePage } from '../puppet/bundle-page.ts'

/** Networks from the disk, camera, and a walk, on a machine that is busy, ms. */
export const LOADED_MS = 150_000

/** A browser at /kiosk whose puppet has whatever face is put on it: from the start that of `first`. */
export async function openDoor(profile: string, origin: string, first: Person): Promise<Phone> {
  const door = await openPhone({ puppet: 'a' }, { profile })
  const script = await bundlePage(new URL('./face-swap.ts', import.meta.url))
  await door.context.addInitScript({ content: `${script}\nglobalThis.standing = ${JSON.stringify(first)}` })
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

/** Who stands before the door from now on. */
export const stand = (page: Page, person: Person): Promise<void> =>
  page.evaluate(
    (vector) => {
      ;(globalThis as unknown as { standing: number[] }).standing = vector
    },
    [...person],
  )

/** The next result on the screen, read and gone again. */
export async function readResult(page: Page): Promise<{ kind: string; text: string }> {
  const result = page.getByTestId('result')
  await result.waitFor({ timeout: LOADED_MS })
  const kind = (await result.getAttribute('data-result')) ?? ''
  const text = ((await result.textContent()) ?? '').replaceAll(/\s+/g, ' ')
  await result.waitFor({ state: 'detached' })
  return { kind, text }
}

import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { findViolations } from './find-violations.ts'
import { openStage, type StageBrowser } from './open-stage.ts'
import { SCENES } from './scenes.ts'

let browser: StageBrowser
beforeAll(async () => {
  browser = await openStage()
})
afterAll(async () => {
  await browser?.close()
})

/** How far the page sticks out to the side, px: of its scroll width, and of whatever it hides. */
const overhang = (page: Page) =>
  page.evaluate(() => {
    const width = document.documentElement.clientWidth
    const visible = [...document.querySelectorAll('main *, header *')].filter(
      (element) => !element.closest('.hidden-text'),
    )
    const right = Math.max(...visible.map((element) => element.getBoundingClientRect().right))
    return Math.max(document.documentElement.scrollWidth, Math.floor(right)) - width
  })

/** Controls that a thumb would miss: below 44 px in height. */
const smallTargets = (page: Page) =>
  page.evaluate(() =>
    [...document.querySelectorAll('button, select, .tick, a:not(p a)')]
      .filter((element) => element.checkVisibility() && element.getBoundingClientRect().height < 43.5)
      .map((element) => element.outerHTML.slice(0, 90)),
  )

// Each scene has a profile of its own, and most of its time is the browser's: several at once.
describe.concurrent('every screen', () => {
  it.each(SCENES.filter(({ pictureOnly }) => !pictureOnly))(
    '$name: accessible, quiet, fits a small phone',
    async (scene) => {
      const { page, complaints, strays, close } = await browser.open(scene.answers, scene.hash ?? '#/')
      try {
        await scene.act?.(page)
        await page.locator(scene.shows).first().waitFor()
        expect(await findViolations(page)).toEqual([])
        expect(await page.locator('h1').count()).toBe(1)
        expect(await page.title()).toContain(await page.locator('h1').textContent())
        expect(await smallTargets(page)).toEqual([])
        expect(await overhang(page)).toBe(0)
        await page.setViewportSize({ width: 320, height: 568 })
        expect(await overhang(page)).toBe(0)
        expect(complaints).toEqual([])
        expect(strays).toEqual([])
      } finally {
        await close()
      }
    },
  )
})

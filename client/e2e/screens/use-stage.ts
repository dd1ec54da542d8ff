import type { Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll } from 'vitest'
import type { Answers } from './answers.ts'
import { openStage, type StageBrowser, type StagePage } from './open-stage.ts'

type Visit = (answers: Answers, hash?: string, options?: Parameters<StageBrowser['open']>[2]) => Promise<Page>

/** One browser for the tests of a file, one page for each of them, closed when the test is over. */
export function useStage(): Visit {
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
  return async (answers, hash = '#/', options = {}) => {
    open = await browser.open(answers, hash, options)
    return open.page
  }
}

/** What has the focus: its test id, its name, or what it is. */
export const focused = (page: Page): Promise<string> =>
  page.evaluate(() => {
    const element = document.activeElement
    return element?.getAttribute('data-testid') ?? element?.getAttribute('name') ?? element?.tagName ?? ''
  })

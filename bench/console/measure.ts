import { setTimeout as wait } from 'node:timers/promises'
import { chromium, type Page } from 'playwright-core'
import { type BuiltServer, startBuiltServer } from '../../client/e2e/harness/built-server.ts'
import { CHROMIUM_FLAGS, findChromium } from '../../scripts/chromium.ts'
import { middle } from '../middle.ts'
import { type Frames, measureFrames } from './frames.ts'
import { readAnswer, readInteractive, watchAnswer, watchPage } from './watch-page.ts'

export interface Spread {
  readonly fastest: number
  readonly median: number
  readonly slowest: number
}

/** Milliseconds. */
export interface ConsoleFigures {
  /** From opening the address, signed in and with a warm cache, until Today is painted and no long task is under way. */
  readonly interactive: Spread
  /** From a key in the search field to the painted answer. */
  readonly keys: Spread
  /** From a jump to the list's end until its rows are there. */
  readonly jump: number
  readonly scroll: Frames
  /** A list of plain lines, scrolled alike: what this machine can. */
  readonly plain: Frames
}

const PASSWORD = 'Kantor-sekolah-7'
const LOADS = 7
/** Searches of a seeded school: parts of names and of a NIM, a key each. */
const TYPED = ['budi', 'sar', '2600']

async function addAdmin(server: BuiltServer): Promise<void> {
  const code = await server.addStudent({ nim: 'TU-1', name: 'Tata Usaha', role: 'admin' })
  const reply = await fetch(`${server.origin}/api/v1/auth/activate`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ nim: 'TU-1', code, password: PASSWORD }),
  })
  if (!reply.ok) throw new Error(await reply.text())
}

async function signIn(page: Page, origin: string): Promise<void> {
  await page.goto(`${origin}/admin`)
  await page.getByTestId('nim').fill('TU-1')
  await page.getByTestId('password').fill(PASSWORD)
  await page.getByTestId('sign-in').click()
  await page.locator('[data-testid^="session-"]').first().waitFor()
}

async function measureLoads(page: Page, origin: string): Promise<number[]> {
  const times: number[] = []
  for (let load = 0; load <= LOADS; load++) {
    await page.goto('about:blank')
    await page.goto(`${origin}/admin`)
    const time = await readInteractive(page)
    // The first one fills the caches.
    if (load > 0) times.push(time)
  }
  return times
}

const LIST = '[data-testid=listing]'

async function measureKeys(page: Page): Promise<number[]> {
  const times: number[] = []
  const field = page.getByTestId('search')
  for (const text of TYPED) {
    await field.fill('')
    await page.locator(`${LIST}[aria-busy=false]`).waitFor()
    await wait(300)
    await field.focus()
    for (const key of text) {
      await page.evaluate(watchAnswer, LIST)
      await page.keyboard.press(key)
      times.push(await readAnswer(page))
      await wait(150)
    }
  }
  await field.fill('')
  await page.locator(`${LIST}[aria-busy=false]`).waitFor()
  return times
}

const spread = (times: readonly number[]): Spread => ({
  fastest: Math.min(...times),
  median: middle(times),
  slowest: Math.max(...times),
})

/** Seeds a school, opens the console in a real browser, and measures what the office waits for. */
export async function measureConsole(
  school: { readonly students: number; readonly days: number },
  tell: (line: string) => void,
): Promise<ConsoleFigures> {
  tell(`making up a school of ${school.students} ...`)
  const server = await startBuiltServer({ profile: 'school', tell, school })
  const browser = await chromium.launch({ executablePath: findChromium(), args: [...CHROMIUM_FLAGS] })
  try {
    await addAdmin(server)
    const page = await browser.newPage({ viewport: { width: 1440, height: 900 }, locale: 'id-ID' })
    page.on('pageerror', (error) => tell(`page error: ${error.message}`))
    // tsx wraps named functions in a helper that a page does not have.
    await page.addInitScript('globalThis.__name = (made) => made')
    await page.addInitScript(watchPage)
    await signIn(page, server.origin)
    const loads = await measureLoads(page, server.origin)
    await page.getByTestId('nav-students').click()
    await page.locator('tr.student a').first().waitFor()
    const keys = await measureKeys(page)
    const { scroll, plain, jump } = await measureFrames(page)
    return { interactive: spread(loads), keys: spread(keys), jump, scroll, plain }
  } finally {
    await browser.close()
    await server.stop()
  }
}

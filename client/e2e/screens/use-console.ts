import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { type Browser, chromium, type Locator, type Page } from 'playwright-core'
import { afterAll, beforeAll, expect } from 'vitest'
import { CHROMIUM_FLAGS, findChromium } from '../../../scripts/chromium.ts'
import { type BuiltServer, startBuiltServer } from '../harness/built-server.ts'
import { PASSWORD } from '../harness/office.ts'
import { findViolations } from './find-violations.ts'

/** A folder for pictures of every screen in six sizes and colours, to be looked at; none by default. */
const PICTURES = process.env.CONSOLE_PICTURES
const SIZES = [
  [390, 844],
  [820, 1180],
  [1440, 900],
] as const

/** A built server with an admin (NIM TU-1), and a browser with one page. */
export interface Console {
  server: BuiltServer
  page: Page
  /** The admin's access token. */
  token: string
  /** What the page or axe had to complain of: empty at the end of a test. */
  readonly complaints: string[]
  /** Sends JSON to `/api/v1/<path>` as the admin, or as whose token is given. @throws for any status but 2xx */
  post<T = Record<string, never>>(path: string, body: unknown, token?: string): Promise<T>
  /** Adds a student, and activates her account where wanted. @returns her code, or her token once she is active */
  addStudent(student: { nim: string; name: string; kelas: string }): Promise<string>
  /** @returns an access token of whoever activates with the code, and {@link PASSWORD} from then on */
  activate(nim: string, code: string): Promise<string>
  at(testId: string): Locator
  /** Opens the console and signs the admin in. */
  signIn(): Promise<void>
  /** A screen as it stands: nothing for axe to say; pictures of it where they were asked for. */
  inspect(name: string): Promise<void>
}

/**
 * A server, a browser and a page for the tests of a file, gone when they are over.
 * @param school a made-up one to begin with
 */
export function useConsole(
  prepare: (console: Console) => Promise<void> = async () => undefined,
  school?: { readonly students: number; readonly days: number },
): Console {
  let browser: Browser
  const complaints: string[] = []
  const office: Console = {
    server: undefined as unknown as BuiltServer,
    page: undefined as unknown as Page,
    token: '',
    complaints,
    async post<T>(path: string, body: unknown, token = office.token): Promise<T> {
      const headers = { 'content-type': 'application/json', 'x-client': 'api', authorization: `Bearer ${token}` }
      const url = `${office.server.origin}/api/v1/${path}`
      const reply = await fetch(url, { method: 'POST', headers, body: JSON.stringify(body) })
      expect(reply.status, path).toBeLessThan(300)
      return (await reply.json()) as T
    },
    addStudent: async (student) => (await office.post<{ code: string }>('admin/students', student)).code,
    activate: async (nim, code) =>
      (await office.post<{ access_token: string }>('auth/activate', { nim, code, password: PASSWORD }, ''))
        .access_token,
    at: (testId) => office.page.getByTestId(testId),
    async signIn() {
      await office.page.goto(`${office.server.origin}/admin`)
      await office.at('nim').fill('TU-1')
      await office.at('password').fill(PASSWORD)
      await office.at('sign-in').click()
      await office.at('sign-out').waitFor({ state: 'attached' })
    },
    async inspect(name) {
      complaints.push(...(await findViolations(office.page)).map((violation) => `${name}: ${violation}`))
      // On paper the page is as wide as the sheet.
      if (!name.startsWith('report-paper')) {
        await office.page.setViewportSize({ width: 390, height: 844 })
        // A chart is drawn anew when it has noticed.
        const fits = () => document.documentElement.scrollWidth <= innerWidth
        await office.page
          .waitForFunction(fits, null, { timeout: 5_000 })
          .catch(() => complaints.push(`${name}: wider than a phone`))
        await office.page.setViewportSize({ width: 1440, height: 900 })
      }
      if (PICTURES === undefined) return
      mkdirSync(PICTURES, { recursive: true })
      for (const [width, height] of SIZES)
        for (const colorScheme of ['light', 'dark'] as const) {
          await office.page.setViewportSize({ width, height })
          await office.page.emulateMedia({ colorScheme })
          await office.page.screenshot({ path: join(PICTURES, `${name}-${width}-${colorScheme}.png`) })
        }
      await office.page.setViewportSize({ width: 1440, height: 900 })
      await office.page.emulateMedia({ colorScheme: 'light' })
    },
  }
  beforeAll(async () => {
    office.server = await startBuiltServer(school ? { school } : {})
    office.token = await office.activate(
      'TU-1',
      await office.server.addStudent({ nim: 'TU-1', name: 'Tata Usaha', role: 'admin' }),
    )
    await prepare(office)
    browser = await chromium.launch({ executablePath: findChromium(), args: [...CHROMIUM_FLAGS] })
    office.page = await browser.newPage({
      viewport: { width: 1440, height: 900 },
      locale: 'id-ID',
      reducedMotion: 'reduce',
    })
    office.page.setDefaultTimeout(15_000)
    office.page.on('pageerror', (error) => complaints.push(String(error)))
    office.page.on('console', (message) => {
      if (['error', 'warning'].includes(message.type())) complaints.push(message.text())
    })
  })
  afterAll(async () => {
    await browser?.close()
    await office.server?.stop()
  })
  return office
}

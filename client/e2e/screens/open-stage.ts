import { fileURLToPath } from 'node:url'
import { type Browser, type BrowserContextOptions, chromium, type Page, type Route } from 'playwright-core'
import { build } from 'vite'
import { CHROMIUM_FLAGS, findChromium } from '../../../scripts/chromium.ts'
import type { Answers } from './answers.ts'

export const ORIGIN = 'https://stage.test'

/** The policy the server sends: the screens must live with it. */
const POLICY = [
  "default-src 'none'",
  "script-src 'self' 'wasm-unsafe-eval'",
  "worker-src 'self'",
  "connect-src 'self'",
  "style-src 'self'",
  "font-src 'self'",
  "manifest-src 'self'",
  "img-src 'self' blob:",
  "media-src 'self' blob:",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join('; ')

/** Which page, and what stands in the place of its main.tsx. */
const STAGES = {
  phone: { html: 'phone/index.html', script: '../e2e/screens/stage.ts' },
  kiosk: { html: 'kiosk/index.html', script: '../e2e/kiosk/kiosk-stage.tsx' },
} as const
export type StageName = keyof typeof STAGES
const TYPES: Readonly<Record<string, string>> = {
  html: 'text/html',
  js: 'text/javascript',
  css: 'text/css',
  svg: 'image/svg+xml',
}

/** Builds the product's own index.html, with the stage in the place of main.tsx. Path -> file; nothing is written. */
async function buildStage(name: StageName): Promise<ReadonlyMap<string, string>> {
  const client = fileURLToPath(new URL('../../', import.meta.url))
  const built = await build({
    configFile: false,
    root: client,
    logLevel: 'silent',
    oxc: { jsx: { runtime: 'automatic', importSource: 'preact' } },
    plugins: [
      {
        name: 'stage',
        transformIndexHtml: {
          order: 'pre',
          handler: (html) => html.replace('./main.tsx', STAGES[name].script),
        },
      },
    ],
    build: {
      write: false,
      target: 'es2022',
      assetsInlineLimit: 0,
      modulePreload: { polyfill: false },
      rollupOptions: { input: `${client}${STAGES[name].html}` },
    },
  })
  const files = new Map<string, string>()
  for (const output of Array.isArray(built) ? built : [built]) {
    if (!('output' in output)) continue
    for (const file of output.output) {
      files.set(`/${file.fileName}`, file.type === 'chunk' ? file.code : Buffer.from(file.source).toString())
    }
  }
  return files
}

export interface StageBrowser {
  /** A page on a fresh profile, answered by `answers`, already at `hash`. Collects what the console complains about. */
  open(answers: Answers, hash: string, options?: BrowserContextOptions): Promise<StagePage>
  close(): Promise<void>
}

export interface StagePage {
  readonly page: Page
  readonly complaints: string[]
  /** Every address asked for outside of the stage. */
  readonly strays: string[]
  close(): Promise<void>
}

async function answer(route: Route, path: string, answers: Answers): Promise<void> {
  const key = `${route.request().method()} ${path}` as const
  const reply = answers[key]
  if (reply === undefined) return route.fulfill({ status: 404, contentType: 'application/json', body: '{}' })
  if (reply === 'no_network') return route.abort('internetdisconnected')
  const { status = 200, body } = reply
  return route.fulfill({
    status,
    contentType: status < 400 ? 'application/json' : 'application/problem+json',
    body: JSON.stringify(body),
  })
}

/** Opens a browser on the page as built, with its policy; `answers` stand in for the server. */
export async function openStage(name: StageName = 'phone'): Promise<StageBrowser> {
  const files = await buildStage(name)
  const browser: Browser = await chromium.launch({ executablePath: findChromium(), args: [...CHROMIUM_FLAGS] })
  return {
    close: () => browser.close(),
    async open(answers, hash, options = {}) {
      const context = await browser.newContext({ viewport: { width: 390, height: 844 }, ...options })
      const complaints: string[] = []
      const strays: string[] = []
      const page = await context.newPage()
      page.on('pageerror', (error) => complaints.push(String(error)))
      page.on('console', (message) => {
        // The browser itself reports every answer that is not 2xx, wanted or not.
        const wanted = message.text().startsWith('Failed to load resource')
        if (message.type() === 'error' && !wanted) complaints.push(message.text())
      })
      await page.route('**/*', async (route) => {
        const url = new URL(route.request().url())
        if (url.origin !== ORIGIN) {
          strays.push(url.href)
          return route.abort()
        }
        if (url.pathname.startsWith('/api/v1/')) return answer(route, url.pathname.slice(8), answers)
        const path = url.pathname === '/' ? `/${STAGES[name].html}` : url.pathname
        const body = files.get(path)
        if (body === undefined) return route.fulfill({ status: 404, body: '' })
        const contentType = TYPES[path.split('.').at(-1) ?? ''] ?? 'application/octet-stream'
        return route.fulfill({ contentType, body, headers: { 'content-security-policy': POLICY } })
      })
      if (answers.signedIn) await page.addInitScript(() => localStorage.setItem('absensi.signed-in', '1'))
      await page.goto(`${ORIGIN}/${hash}`)
      return { page, complaints, strays, close: () => context.close() }
    },
  }
}

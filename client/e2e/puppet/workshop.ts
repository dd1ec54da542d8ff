import { readFile } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'
import { type Browser, type BrowserContext, chromium, type Page } from 'playwright-core'
import { CHROMIUM_FLAGS, findChromium } from '../../../scripts/chromium.ts'
import { bundlePage } from './bundle-page.ts'

const ORIGIN = 'https://workshop.test'
const modules = new URL('../../../node_modules/', import.meta.url)
const models = new URL('../../../models/build/', import.meta.url)
const TYPES: Readonly<Record<string, string>> = { js: 'text/javascript', wasm: 'application/wasm', jpg: 'image/jpeg' }

const fileOf = (path: string): URL | null => {
  if (path.startsWith('/wasm/')) return new URL(`@mediapipe/tasks-vision${path}`, modules)
  if (path === '/face_landmarker.task') return new URL('face_landmarker.task', models)
  if (path.startsWith('/photo/')) return new URL(`@vladmandic/face-api/demo/${path.slice(7)}`, modules)
  return null
}

/** A page of its own, without any network, in which pictures are prepared before a test. */
export interface Workshop {
  readonly page: Page
  close(): Promise<void>
}

/**
 * Opens the workshop: an empty page with the given script, the landmark network and the photographs.
 * @param entry the script's TypeScript file
 * @param prepare is given the context before its page is opened
 */
export async function openWorkshop(
  entry: URL,
  prepare: (context: BrowserContext) => Promise<void> = async () => {},
): Promise<Workshop> {
  const script = await bundlePage(entry)
  const browser: Browser = await chromium.launch({ executablePath: findChromium(), args: [...CHROMIUM_FLAGS] })
  try {
    const context = await browser.newContext()
    await prepare(context)
    const page = await context.newPage()
    await page.route('**/*', async (route) => {
      const { pathname } = new URL(route.request().url())
      if (pathname === '/') return route.fulfill({ contentType: 'text/html', body: '<!doctype html><canvas></canvas>' })
      const file = fileOf(pathname)
      if (!file) return route.fulfill({ status: 404, body: '' })
      const contentType = TYPES[pathname.split('.').at(-1) ?? ''] ?? 'application/octet-stream'
      return route.fulfill({ contentType, body: await readFile(fileURLToPath(file)) })
    })
    await page.goto(ORIGIN)
    await page.addScriptTag({ content: script })
    return { page, close: () => browser.close() }
  } catch (error) {
    await browser.close()
    throw error
  }
}

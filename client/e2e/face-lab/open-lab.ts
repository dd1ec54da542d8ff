import { readFile } from 'node:fs/promises'
import { createServer, type Server } from 'node:http'
import { extname, join, normalize } from 'node:path'
import { fileURLToPath } from 'node:url'
import { type BrowserContext, chromium, type Page } from 'playwright-core'
import { build } from 'vite'
import { assembleModels } from '../../../models/assemble.ts'
import { CHROMIUM_FLAGS, findChromium } from '../../../scripts/chromium.ts'
import { makeFolder } from '../harness/folder.ts'

const here = fileURLToPath(new URL('.', import.meta.url))
const photos = fileURLToPath(new URL('../../../node_modules/@vladmandic/face-api/demo/', import.meta.url))

/** The policy of DESIGN.md: what runs here runs in the product. */
const POLICY =
  "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; worker-src 'self'; connect-src 'self'; style-src 'self'; " +
  "font-src 'self'; manifest-src 'self'; img-src 'self' blob: data:; media-src 'self' blob:; base-uri 'none'; " +
  "form-action 'none'; frame-ancestors 'none'"

const TYPES: Readonly<Record<string, string>> = {
  '.html': 'text/html',
  '.js': 'text/javascript',
  '.json': 'application/json',
  '.wasm': 'application/wasm',
  '.jpg': 'image/jpeg',
}

/** A built page of the lab in a Chromium of its own, under the product's content policy. */
export interface Lab {
  readonly page: Page
  readonly context: BrowserContext
  readonly origin: string
  /** What the page asked for outside its origin, and what its policy stopped: both must stay empty. */
  readonly strayed: string[]
  close(): Promise<void>
}

function serve(site: string, more: Readonly<Record<string, string>>): Promise<Server> {
  const server = createServer(async (request, response) => {
    const path = normalize(new URL(request.url ?? '/', 'http://lab').pathname)
    const [, prefix = ''] = path.split('/')
    const folder = more[prefix]
    const file = folder ? join(folder, path.slice(prefix.length + 2)) : join(site, path === '/' ? 'index.html' : path)
    try {
      const body = await readFile(file)
      const type = TYPES[extname(file)] ?? 'application/octet-stream'
      response.writeHead(200, {
        'content-type': type,
        'content-security-policy': POLICY,
        'cache-control': 'public, max-age=31536000, immutable',
      })
      response.end(body)
    } catch {
      response.writeHead(404).end()
    }
  })
  return new Promise((resolve) => server.listen(0, '127.0.0.1', () => resolve(server)))
}

const sites = new Map<string, Promise<string>>()

/** The page built as the product is built, once in a run; gone with the process. */
function built(root: string): Promise<string> {
  const before = sites.get(root)
  if (before) return before
  const making = (async () => {
    await assembleModels()
    const { path: outDir } = await makeFolder('face-lab-')
    await build({
      configFile: false,
      root,
      logLevel: 'error',
      worker: { format: 'es' },
      build: { outDir, emptyOutDir: true, target: 'es2022', assetsInlineLimit: 0, modulePreload: { polyfill: false } },
    })
    return outDir
  })()
  sites.set(root, making)
  return making
}

/**
 * Builds a page of this folder as the product is built, serves it and opens it.
 * @param folders more folders to serve, by the first part of the path; `photo` is always there
 * @param args more flags for Chromium
 * @param ready the global the page sets when it is ready
 * @param host the name the page is opened by
 * @param camera whether the page may use the camera
 */
export async function openLab({
  root = here,
  folders = {},
  args = [],
  ready = 'lab',
  host = '127.0.0.1',
  camera = false,
}: {
  root?: string
  folders?: Readonly<Record<string, string>>
  args?: readonly string[]
  ready?: string
  host?: string
  camera?: boolean
} = {}): Promise<Lab> {
  const site = await built(root)
  const folder = await makeFolder('face-lab-')
  const server = await serve(site, { photo: photos, ...folders })
  const address = server.address()
  const origin = `http://${host}:${address && typeof address === 'object' ? address.port : 0}`
  const context = await chromium.launchPersistentContext(join(folder.path, 'profile'), {
    executablePath: findChromium(),
    args: [...CHROMIUM_FLAGS, ...args],
  })
  if (camera) await context.grantPermissions(['camera'], { origin })
  const strayed: string[] = []
  context.on('request', (request) => {
    if (!request.url().startsWith(origin) && !/^(blob|data):/.test(request.url())) strayed.push(request.url())
  })
  const page = context.pages()[0] ?? (await context.newPage())
  page.on('console', (message) => {
    if (/Content Security Policy/.test(message.text())) strayed.push(message.text())
  })
  await page.goto(origin)
  await page.waitForFunction((name) => name in window, ready)
  return {
    page,
    context,
    origin,
    strayed,
    async close() {
      await context.close()
      server.close()
      await folder.remove()
    },
  }
}

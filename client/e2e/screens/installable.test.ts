import { readdirSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { type Browser, chromium } from 'playwright-core'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { CHROMIUM_FLAGS, findChromium } from '../../../scripts/chromium.ts'
import { type BuiltServer, startBuiltServer } from '../harness/built-server.ts'

let server: BuiltServer
let browser: Browser
beforeAll(async () => {
  server = await startBuiltServer()
  browser = await chromium.launch({ executablePath: findChromium(), args: [...CHROMIUM_FLAGS] })
})
afterAll(async () => {
  await browser?.close()
  await server?.stop()
})

it('was built as the product: no path of this machine, and a phone page that starts its worker', () => {
  const root = fileURLToPath(new URL('../../../', import.meta.url))
  const assets = `${root}dist/client/assets/`
  const code = readdirSync(assets)
    .filter((name) => name.endsWith('.js'))
    .map((name) => readFileSync(`${assets}${name}`, 'utf8'))
  expect(code.length).toBeGreaterThan(20)
  expect(code.filter((text) => text.includes(`${root}client`))).toEqual([])
  expect(code.filter((text) => text.includes('/service-worker.js'))).toHaveLength(1)
})

interface Manifest {
  readonly name: string
  readonly short_name: string
  readonly start_url: string
  readonly scope: string
  readonly display: string
  readonly icons: readonly { readonly src: string; readonly sizes: string; readonly purpose?: string }[]
}

/** Width and height of a PNG, from its IHDR chunk (RFC 2083). */
function sizeOf(png: Buffer): string {
  expect(png.subarray(1, 4).toString()).toBe('PNG')
  return `${png.readUInt32BE(16)}x${png.readUInt32BE(20)}`
}

it.each(['/', '/kiosk'])('%s can be installed and has real icons', async (path) => {
  const page = await browser.newPage()
  await page.goto(`${server.origin}${path}`)
  const href = await page.locator('link[rel=manifest]').getAttribute('href')
  const manifest = (await (await fetch(new URL(href ?? '', server.origin))).json()) as Manifest
  expect(manifest).toMatchObject({ start_url: path, scope: path })
  expect(['standalone', 'fullscreen']).toContain(manifest.display)
  expect(manifest.name.length).toBeGreaterThan(manifest.short_name.length)
  for (const { src, sizes } of manifest.icons) {
    const icon = await fetch(new URL(src, new URL(href ?? '', server.origin)))
    expect(sizeOf(Buffer.from(await icon.arrayBuffer()))).toBe(sizes)
  }
  expect(manifest.icons.map(({ sizes }) => sizes)).toEqual(expect.arrayContaining(['192x192', '512x512']))
  expect(manifest.icons.map(({ purpose }) => purpose)).toContain('maskable')

  const cdp = await page.context().newCDPSession(page)
  expect((await cdp.send('Page.getInstallabilityErrors')).installabilityErrors.map(({ errorId }) => errorId)).toEqual([
    // A context of a test is always one of the private kind, which nothing is installed from.
    'in-incognito',
  ])
  await page.close()
})

// The kiosk's start without a network is in kiosk.test.ts.
it('the student’s page opens without the server after one visit', async () => {
  const page = await browser.newPage()
  await page.goto(server.origin)
  await page.waitForFunction(() => navigator.serviceWorker.controller !== null, null, { timeout: 90_000 })
  await page.getByTestId('sign-in').waitFor()
  const heading = await page.locator('h1').first().textContent()
  await server.cut()
  try {
    await page.reload()
    await page.getByTestId('sign-in').waitFor()
    expect(await page.locator('h1').first().textContent()).toBe(heading)
  } finally {
    await server.restart()
  }
  await page.close()
})

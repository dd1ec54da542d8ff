import { fileURLToPath } from 'node:url'
import { gzipSync } from 'node:zlib'
import { build, type Rolldown } from 'vite'
import { expect, it } from 'vitest'

/** The most JavaScript that may stand between a phone and the sign-in form, bytes of gzip. */
const LIMIT = 60_000

/** What only a walk needs. */
const LATER = /node_modules\/(@tensorflow|@mediapipe|jose|dexie)\/|client\/(face|evidence|outbox)\//

const client = fileURLToPath(new URL('../../', import.meta.url))

async function buildChunks(page: string): Promise<Rolldown.OutputChunk[]> {
  const built = await build({
    configFile: false,
    root: client,
    logLevel: 'silent',
    oxc: { jsx: { runtime: 'automatic', importSource: 'preact' } },
    worker: { format: 'es' },
    build: {
      write: false,
      target: 'es2022',
      assetsInlineLimit: 0,
      modulePreload: { polyfill: false },
      rollupOptions: { input: `${client}${page}/index.html` },
    },
  })
  return [built]
    .flat()
    .flatMap((output) => ('output' in output ? output.output : []))
    .filter((file) => file.type === 'chunk')
}

/** The entry and everything it imports before it runs; so too of what it fetches at once, by the end of its module's name. */
function firstLoad(chunks: readonly Rolldown.OutputChunk[], atOnce?: string): Rolldown.OutputChunk[] {
  const begun = chunks.filter(
    ({ isEntry, moduleIds }) => isEntry || (atOnce !== undefined && moduleIds.some((id) => id.endsWith(atOnce))),
  )
  const wanted = new Set(begun.map(({ fileName }) => fileName))
  for (const name of wanted)
    for (const next of chunks.find(({ fileName }) => fileName === name)?.imports ?? []) wanted.add(next)
  return chunks.filter(({ fileName }) => wanted.has(fileName))
}

it('the page opens with less than 60 kB of JavaScript and none of the networks', async () => {
  const chunks = await buildChunks('phone')
  const first = firstLoad(chunks)
  const modules = first.flatMap(({ moduleIds }) => moduleIds)
  expect(modules.some((id) => id.endsWith('client/phone/main.tsx'))).toBe(true)
  expect(modules.filter((id) => LATER.test(id))).toEqual([])
  const later = chunks.flatMap(({ moduleIds }) => moduleIds)
  expect(later.some((id) => id.includes('client/check-in/walk.ts'))).toBe(true)
  expect(first.reduce((sum, { code }) => sum + gzipSync(code).length, 0)).toBeLessThan(LIMIT)
})

/** What opens a camera or reads its pictures. */
const CAMERA = /node_modules\/qr\/|client\/(camera|check-in|enrol)\/|client\/ui\/camera/

/** The most JavaScript before the console's first screen, bytes of gzip. */
const ADMIN_LIMIT = 120_000

it('the console opens with less than 120 kB of JavaScript and none of what a camera needs', async () => {
  const chunks = await buildChunks('admin')
  const first = firstLoad(chunks, 'client/admin/start.tsx')
  const modules = first.flatMap(({ moduleIds }) => moduleIds)
  expect(modules.some((id) => id.endsWith('client/admin/main.tsx'))).toBe(true)
  expect(modules.some((id) => id.endsWith('client/admin/screens/today/today-screen.tsx'))).toBe(true)
  expect(first.reduce((sum, { code }) => sum + gzipSync(code).length, 0)).toBeLessThan(ADMIN_LIMIT)
  expect(modules.filter((id) => LATER.test(id) || CAMERA.test(id))).toEqual([])
})

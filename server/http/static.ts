import { createHash } from 'node:crypto'
import { createReadStream, existsSync, readdirSync, readFileSync, statSync } from 'node:fs'
import { extname, join, relative, sep } from 'node:path'
import { Readable } from 'node:stream'
import { Hono } from 'hono'
import type { AppContext, AppEnv } from './env.ts'

const TYPES: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.mjs': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.json': 'application/json',
  '.webmanifest': 'application/manifest+json',
  '.wasm': 'application/wasm',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.ico': 'image/x-icon',
  '.woff2': 'font/woff2',
  '.txt': 'text/plain; charset=utf-8',
}

/** Best first, with the ending its precompressed copy has (scripts/precompress.ts). */
const ENCODINGS = [
  { name: 'br', ending: '.br' },
  { name: 'gzip', ending: '.gz' },
] as const

const KIOSK_WORKER = join('kiosk', 'sw.js')

interface StaticFile {
  readonly path: string
  readonly type: string
  readonly size: number
  readonly etag: string
  readonly encoded: readonly { readonly name: string; readonly path: string; readonly size: number }[]
}

/**
 * The built pages. The folder is read once at the start: a request can only name a file of that list. Files under
 * /assets and /kiosk/assets carry their hash in their name and are cached for ever; everything else is asked for again each time (ETag).
 */
export function staticRoutes(folder: string, pages: Readonly<Record<string, string>>): Hono<AppEnv> {
  const files = listFiles(folder)
  const routes = new Hono<AppEnv>()
  for (const [route, page] of Object.entries(pages)) {
    const file = files.get(page)
    if (file) routes.get(route, (c) => send(c, file, 'no-cache'))
  }
  return routes.get('*', async (c, next) => {
    const { pathname, search } = new URL(c.req.url)
    // As people type it: /admin/, /Kiosk.
    const meant = pathname.endsWith('/') ? pathname.slice(0, -1).toLowerCase() : pathname.toLowerCase()
    if (meant !== pathname && Object.hasOwn(pages, meant)) return c.redirect(meant + search, 308)
    const file = files.get(pathname)
    if (!file || Object.values(pages).includes(pathname)) return next()
    // A worker may serve no more than its own folder unless it is told so (Service Workers, 4.2): this one is for the page /kiosk.
    if (file.path.endsWith(KIOSK_WORKER)) c.header('Service-Worker-Allowed', '/kiosk')
    const forEver = /^\/(kiosk\/)?assets\//.test(pathname)
    return send(c, file, forEver ? 'public, max-age=31536000, immutable' : 'no-cache')
  })
}

function send(c: AppContext, file: StaticFile, cacheControl: string): Response {
  const accepted = c.req.header('accept-encoding') ?? ''
  const copy = file.encoded.find(({ name }) => accepts(accepted, name))
  c.header('Cache-Control', cacheControl)
  c.header('Vary', 'Accept-Encoding')
  c.header('ETag', file.etag)
  if (c.req.header('if-none-match') === file.etag) return c.body(null, 304)
  if (copy) c.header('Content-Encoding', copy.name)
  c.header('Content-Type', file.type)
  c.header('Content-Length', String((copy ?? file).size))
  if (c.req.method === 'HEAD') return c.body(null)
  return c.body(Readable.toWeb(createReadStream((copy ?? file).path)) as ReadableStream<Uint8Array>)
}

/** Whether `Accept-Encoding` (RFC 9110, 12.5.3) names this coding with a weight above zero. */
function accepts(header: string, coding: string): boolean {
  return header.split(',').some((part) => {
    const [name, ...parameters] = part
      .trim()
      .toLowerCase()
      .split(/\s*;\s*/)
    return name === coding && !parameters.some((parameter) => /^q=0(\.0*)?$/.test(parameter))
  })
}

function listFiles(folder: string): Map<string, StaticFile> {
  if (!existsSync(folder)) return new Map()
  const paths = readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
  const all = new Set(paths)
  const originals = paths.filter(
    (path) => !ENCODINGS.some(({ ending }) => path.endsWith(ending) && all.has(path.slice(0, -ending.length))),
  )
  return new Map(
    originals.map((path) => [
      `/${relative(folder, path).split(sep).join('/')}`,
      {
        path,
        type: TYPES[extname(path)] ?? 'application/octet-stream',
        size: statSync(path).size,
        // Weak: the same for every coding of the file.
        etag: `W/"${createHash('sha256').update(readFileSync(path)).digest('base64url').slice(0, 22)}"`,
        encoded: ENCODINGS.filter(({ ending }) => all.has(path + ending)).map(({ name, ending }) => ({
          name,
          path: path + ending,
          size: statSync(path + ending).size,
        })),
      },
    ]),
  )
}

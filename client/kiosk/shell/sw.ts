import '../../core/no-eval.ts'
import { SYNC_TAG } from '../../outbox/drain-events.ts'
import { drainAlone, refuseWaiting } from './drain-alone.ts'

/** A file of this build: its address and the SHA-256 of its bytes, base64. Filled in by scripts/kiosk-shell.ts. */
declare const SHELL: { readonly page: string; readonly files: readonly (readonly [path: string, hash: string])[] }

const { page: PAGE, files: FILES_OF_BUILD } = SHELL

/** The part of a service worker's scope that is used here; the page's own types have no such scope. */
interface Scope {
  readonly registration: { readonly active: unknown; readonly installing: unknown }
  readonly clients: {
    claim(): Promise<void>
    matchAll(options: { type: 'window'; includeUncontrolled: boolean }): Promise<Client[]>
  }
  skipWaiting(): Promise<void>
  addEventListener(type: string, listener: (event: WorkerEvent) => void): void
}
interface Client {
  readonly url: string
  postMessage(data: unknown): void
}
interface WorkerEvent {
  readonly request: Request
  readonly data: unknown
  readonly tag?: string
  waitUntil(work: Promise<unknown>): void
  respondWith(response: Promise<Response>): void
}
const scope = globalThis as unknown as Scope

/** One cache for all versions, by address: names under assets carry their hash, and what has not changed is kept. */
const FILES = 'absensi-kiosk-files'
const isHashed = (path: string) => /^\/(kiosk\/)?assets\//.test(path)
/** Page, manifest and icons have no hash in their address: by their content's. */
const keyOf = (path: string, hash: string) => (isHashed(path) ? path : `${path}?${encodeURIComponent(hash)}`)
/** By path: under which address it is kept. */
const KEYS = new Map(FILES_OF_BUILD.map(([path, hash]) => [path, keyOf(path, hash)]))

async function hashOf(bytes: ArrayBuffer): Promise<string> {
  const hash = new Uint8Array(await crypto.subtle.digest('SHA-256', bytes))
  return btoa(String.fromCharCode(...hash))
}

/** Fetches what is not there yet and keeps only what has the right bytes: a captive portal's page is no network of ours. */
async function fill([path, hash]: readonly [string, string]): Promise<void> {
  const cache = await caches.open(FILES)
  if (await cache.match(keyOf(path, hash))) return
  const response = await fetch(path, isHashed(path) ? {} : { cache: 'no-cache' })
  const bytes = await response.clone().arrayBuffer()
  if (!response.ok || (await hashOf(bytes)) !== hash) throw new Error(`${path} is not the file of this build`)
  // The headers stay: a worker obeys the policy of its own script.
  const headers = new Headers(response.headers)
  for (const name of ['content-encoding', 'content-length', 'vary']) headers.delete(name)
  await cache.put(keyOf(path, hash), new Response(bytes, { headers }))
}

/** All or nothing: a version that could not be fetched whole is not installed, and the one before goes on. */
async function install(): Promise<void> {
  const waiting = FILES_OF_BUILD[Symbol.iterator]()
  await Promise.all(
    Array.from({ length: 4 }, async () => {
      for (const file of waiting) await fill(file)
    }),
  )
}

/** Only once this version runs are files of earlier ones thrown away, and not while a later one is putting its own aside. */
async function activate(): Promise<void> {
  if (scope.registration.installing !== null) return scope.clients.claim()
  const cache = await caches.open(FILES)
  const wanted = new Set(KEYS.values())
  for (const { url } of await cache.keys()) {
    const { pathname, search } = new URL(url)
    if (!wanted.has(pathname + search)) await cache.delete(url)
  }
  await scope.clients.claim()
}

async function answer(key: string, request: Request): Promise<Response> {
  const kept = await (await caches.open(FILES)).match(key)
  return kept ?? fetch(request)
}

scope.addEventListener('install', (event) => event.waitUntil(install()))
scope.addEventListener('activate', (event) => event.waitUntil(activate()))
scope.addEventListener('message', (event) => {
  const { data } = event
  if (typeof data === 'object' && data !== null && 'type' in data && data.type === 'activate')
    event.waitUntil(scope.skipWaiting())
})
scope.addEventListener('fetch', (event) => {
  const { request } = event
  const url = new URL(request.url)
  if (request.method !== 'GET' || url.origin !== location.origin) return
  // The API is never answered from here, nor is any other page.
  const key = KEYS.get(url.pathname)
  const isWanted = request.mode !== 'navigate' || url.pathname === PAGE
  if (key !== undefined && isWanted) event.respondWith(answer(key, request))
})
/** An open kiosk has mostly sent what waits by then. */
const DRAINED_MS = 20_000

scope.addEventListener('sync', (event) => {
  if (event.tag !== SYNC_TAG) return
  const drain = async () => {
    const pages = await scope.clients.matchAll({ type: 'window', includeUncontrolled: true })
    const kiosks = pages.filter(({ url }) => new URL(url).pathname === PAGE)
    if (kiosks.length === 0) return drainAlone()
    for (const kiosk of kiosks) kiosk.postMessage({ type: 'drain' })
    // The browser keeps asking only while it is told that something is left.
    await new Promise((resolve) => setTimeout(resolve, DRAINED_MS))
    await refuseWaiting()
  }
  event.waitUntil(drain())
})

/**
 * The phone page without a network. It knows the page at `/` and files whose names hold their hash (`/assets/`, workers also
 * `/kiosk/assets/`), and lets everything else pass: the API, the console, the kiosk.
 * - At its installation the page itself and the code of its screens are put aside, under the name of this build.
 * - The networks and what a check-in needs beside them are put aside when they are first fetched.
 * - The page is asked from the server first, so that a new version is seen at once, and taken from here when there is no
 *   answer; files come from here first, since a hash never changes what it names.
 * - A newer worker waits until every page of the older one is closed: nobody's check-in loses its code under way.
 */
const scope = globalThis as unknown as ServiceWorkerGlobalScope

/** Put in by the build (scripts/phone-worker.ts): files of the first page and its screens, and all that belong to the app. */
interface Built {
  readonly name: string
  readonly first: readonly string[]
  readonly all: readonly string[]
}
declare const BUILT: Built

const SHELL = `absensi-shell-${BUILT.name}`
const FILES = 'absensi-files'

/** Milliseconds a server has to answer with the page before the one put aside is shown. */
const PATIENCE = 4000

/** Puts the page and its first files aside, all or nothing; files that are here already are not fetched again. */
async function install(): Promise<void> {
  const [shell, files] = await Promise.all([caches.open(SHELL), caches.open(FILES)])
  await shell.add(new Request('/', { cache: 'reload' }))
  const missing = []
  for (const path of BUILT.first) if (!(await files.match(path))) missing.push(path)
  await files.addAll(missing)
}

/** Drops what no longer belongs to this build. */
async function activate(): Promise<void> {
  for (const name of await caches.keys())
    if (name.startsWith('absensi-shell-') && name !== SHELL) await caches.delete(name)
  const files = await caches.open(FILES)
  const kept = new Set(BUILT.all)
  for (const request of await files.keys()) if (!kept.has(new URL(request.url).pathname)) await files.delete(request)
  await scope.clients.claim()
}

/** An answer that begins within `PATIENCE`; how long it takes then is the network's matter. */
async function fetchInTime(request: Request): Promise<Response> {
  const late = new AbortController()
  const timer = setTimeout(() => late.abort(), PATIENCE)
  try {
    return await fetch(request, { signal: late.signal })
  } finally {
    clearTimeout(timer)
  }
}

async function answerPage(request: Request): Promise<Response> {
  const known = () => caches.match('/', { cacheName: SHELL })
  try {
    const answer = await fetchInTime(request)
    // A redirect (the school has moved to another name) is the browser's to follow.
    return answer.ok || answer.type === 'opaqueredirect' ? answer : ((await known()) ?? answer)
  } catch (error) {
    const page = await known()
    if (page) return page
    throw error
  }
}

/** Whether a request comes from this app: its page, or a worker of it. The console and the kiosk look after themselves. */
async function isOurs(clientId: string): Promise<boolean> {
  const client = clientId === '' ? undefined : await scope.clients.get(clientId)
  const path = client ? new URL(client.url).pathname : '/'
  return path === '/' || /^\/(kiosk\/)?assets\//.test(path)
}

async function answerFile(event: FetchEvent, path: string): Promise<Response> {
  if (!(await isOurs(event.clientId))) return fetch(event.request)
  const files = await caches.open(FILES)
  const known = await files.match(path)
  if (known) return known
  const answer = await fetch(event.request)
  // A file of another version is for the page that asks, not for keeping.
  if (answer.status === 200 && BUILT.all.includes(path)) {
    const copy = answer.clone()
    // A full disk costs nothing but the copy.
    event.waitUntil(files.put(path, copy).catch(() => undefined))
  }
  return answer
}

scope.addEventListener('install', (event) => event.waitUntil(install()))
scope.addEventListener('activate', (event) => event.waitUntil(activate()))
scope.addEventListener('fetch', (event) => {
  const { request } = event
  const { origin, pathname } = new URL(request.url)
  if (request.method !== 'GET' || origin !== scope.location.origin) return
  if (request.mode === 'navigate') {
    if (pathname === '/') event.respondWith(answerPage(request))
    return
  }
  if (BUILT.all.includes(pathname)) event.respondWith(answerFile(event, pathname))
})

import { createHash } from 'node:crypto'
import { cpSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

/** The page a kiosk starts from; everything else is found from it. */
const PAGE = '/kiosk/index.html'
const STATIC = ['manifest.webmanifest', 'icon-192.png', 'icon-512.png', 'icon-maskable.png'] as const
/** Folders of files whose names carry their hash; the second is the workers' (vite.config.ts). */
const HASHED = ['/assets', '/kiosk/assets'] as const
const TEXTS = /\.(js|mjs|css|html)$/

/**
 * What the kiosk needs to start without network: the page and, from there on, every file whose (hashed) name stands in one
 * that was reached: scripts, workers, styles, wasm, networks.
 * @param folder dist/client; what is not named from the kiosk's page is the phone's own and left out
 * @returns address and SHA-256 (base64) of each, sorted
 */
export function listShell(folder: string): [path: string, hash: string][] {
  const paths = HASHED.flatMap((at) => readdirSync(join(folder, at)).map((name) => ({ name, path: `${at}/${name}` })))
  const reached = new Set([PAGE])
  for (const path of reached) {
    if (!TEXTS.test(path)) continue
    const text = readFileSync(join(folder, path), 'utf8')
    for (const { name, path } of paths) if (!/\.(br|gz)$/.test(name) && text.includes(name)) reached.add(path)
  }
  const extra = STATIC.map((name) => `/kiosk/${name}`)
  return [...reached, ...extra].sort().map((path) => {
    const hash = createHash('sha256')
      .update(readFileSync(join(folder, path)))
      .digest('base64')
    return [path === PAGE ? '/kiosk' : path, hash]
  })
}

/**
 * Puts manifest, icons and the service worker beside the built page: `/kiosk/sw.js` knows every file of this build by its
 * hash, so that another build is another worker.
 * @param root the repository; `folder` dist/client, built
 */
export async function buildKioskShell(root: string, folder: string): Promise<void> {
  const from = join(root, 'client/kiosk/shell')
  for (const name of STATIC) cpSync(join(from, name), join(folder, 'kiosk', name))
  const shell = JSON.stringify({ page: '/kiosk', files: listShell(folder) })
  const { build } = await import('vite')
  const built = await build({
    configFile: false,
    root,
    logLevel: 'silent',
    define: { SHELL: shell },
    build: { write: false, target: 'es2022', rollupOptions: { input: join(from, 'sw.ts') } },
  })
  const chunks = [built].flat().flatMap((one) => ('output' in one ? one.output : []))
  const [worker, ...others] = chunks.filter((one) => one.type === 'chunk')
  if (worker === undefined || others.length > 0) throw new Error('the kiosk’s worker is not one file')
  writeFileSync(join(folder, 'kiosk', 'sw.js'), worker.code)
}

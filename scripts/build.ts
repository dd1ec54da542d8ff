import { createHash } from 'node:crypto'
import { existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'
import { assembleModels, ModelsProblem } from '../models/assemble.ts'
import { buildKioskShell } from './kiosk-shell.ts'
import { precompress } from './precompress.ts'

const ROOT = fileURLToPath(new URL('..', import.meta.url))
const DIST = join(ROOT, 'dist')
const STAMP = join(DIST, 'built-from.txt')
const TOOLS = join(DIST, 'tools')
const TOOLS_STAMP = join(DIST, 'tools-built-from.txt')

const CONFIG = { configFile: join(ROOT, 'vite.config.ts'), logLevel: 'warn' } as const

/** What the build depends on. */
const SOURCES = [
  'client',
  'server',
  'shared',
  'models',
  'scripts',
  'package-lock.json',
  'vite.config.ts',
  'tsconfig.json',
]

/** Tests are no part of the product; models/build is made from the rest. */
const LEFT_OUT = /(\.test\.tsx?$|^client\/e2e\/|^server\/test\/|^models\/build\/)/

/**
 * Runs a build as one of the finished product, whatever NODE_ENV says around it: under a test runner's the pages would be
 * development's, with this machine's paths and without their service worker, and the stamp would call them built.
 */
export async function asProduction<T>(work: () => Promise<T>): Promise<T> {
  const before = process.env.NODE_ENV
  process.env.NODE_ENV = 'production'
  try {
    return await work()
  } finally {
    if (before === undefined) delete process.env.NODE_ENV
    else process.env.NODE_ENV = before
  }
}

/** Builds client and server into dist/ when they are not built from exactly these sources; returns whether it did. */
export async function ensureBuilt(tell: (line: string) => void): Promise<boolean> {
  await assembleModels()
  const wanted = hashSources()
  if (isBuilt(STAMP, join(DIST, 'server'), wanted)) return false
  const start = performance.now()
  // A build that is cut off must not look finished.
  rmSync(STAMP, { force: true })
  await asProduction(async () => {
    // Loaded only when there is something to build: a start that finds everything in place is quick.
    const { build } = await import('vite')
    tell('Building the pages ...')
    await build({ ...CONFIG, mode: 'client' })
    await buildKioskShell(ROOT, join(DIST, 'client'))
    tell('Building the server ...')
    await build({ ...CONFIG, mode: 'server' })
  })
  tell('Compressing ...')
  await precompress(join(DIST, 'client'))
  writeFileSync(STAMP, wanted)
  tell(`Built in ${((performance.now() - start) / 1000).toFixed(1)} s.`)
  return true
}

/**
 * The folder of the server's programs, built from exactly these sources: dist/server, or one of their own when that is
 * missing or older. A running server may still read dist/server and dist/client, so nothing there is touched.
 */
export async function ensureTools(tell: (line: string) => void): Promise<string> {
  const wanted = hashSources()
  if (isBuilt(STAMP, join(DIST, 'server'), wanted)) return join(DIST, 'server')
  if (isBuilt(TOOLS_STAMP, TOOLS, wanted)) return TOOLS
  rmSync(TOOLS_STAMP, { force: true })
  tell('Building the tools ...')
  await asProduction(async () => {
    const { build } = await import('vite')
    await build({ ...CONFIG, mode: 'server', build: { outDir: TOOLS } })
  })
  writeFileSync(TOOLS_STAMP, wanted)
  return TOOLS
}

const isBuilt = (stamp: string, folder: string, wanted: string): boolean =>
  existsSync(stamp) && readFileSync(stamp, 'utf8') === wanted && existsSync(join(folder, 'main.js'))

function hashSources(): string {
  const hash = createHash('sha256')
  for (const source of SOURCES)
    for (const path of listFiles(source)) {
      hash.update(`${path}\0`)
      hash.update(
        createHash('sha256')
          .update(readFileSync(join(ROOT, path)))
          .digest(),
      )
    }
  return hash.digest('hex')
}

/** Files of a source, by path from the root with forward slashes, sorted. */
function listFiles(source: string): string[] {
  const entries = readdirSync(ROOT, { withFileTypes: true }).find(({ name }) => name === source)
  if (entries === undefined) return []
  if (entries.isFile()) return [source]
  return readdirSync(join(ROOT, source), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name).slice(ROOT.length).replaceAll('\\', '/'))
    .filter((path) => !LEFT_OUT.test(path))
    .sort()
}

/** `ensureBuilt`, or one line about the missing model and the end of the process. */
export async function buildOrStop(tell: (line: string) => void): Promise<boolean> {
  try {
    return await ensureBuilt(tell)
  } catch (error) {
    if (!(error instanceof ModelsProblem)) throw error
    console.error(error.message)
    process.exit(1)
  }
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href)
  if (!(await buildOrStop(console.log))) console.log('Nothing has changed since the last build.')

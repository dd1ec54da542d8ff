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

/** Builds client and server into dist/ when they are not built from exactly these sources; returns whether it did. */
export async function ensureBuilt(tell: (line: string) => void): Promise<boolean> {
  await assembleModels()
  const wanted = hashSources()
  if (existsSync(STAMP) && readFileSync(STAMP, 'utf8') === wanted && existsSync(join(DIST, 'server', 'main.js')))
    return false
  const start = performance.now()
  // A build that is cut off must not look finished.
  rmSync(STAMP, { force: true })
  // Loaded only when there is something to build: a start that finds everything in place is quick.
  const { build } = await import('vite')
  const config = { configFile: join(ROOT, 'vite.config.ts'), logLevel: 'warn' } as const
  tell('Building the pages ...')
  await build({ ...config, mode: 'client' })
  await buildKioskShell(ROOT, join(DIST, 'client'))
  tell('Building the server ...')
  await build({ ...config, mode: 'server' })
  tell('Compressing ...')
  await precompress(join(DIST, 'client'))
  writeFileSync(STAMP, wanted)
  tell(`Built in ${((performance.now() - start) / 1000).toFixed(1)} s.`)
  return true
}

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

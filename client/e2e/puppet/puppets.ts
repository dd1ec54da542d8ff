import { createHash } from 'node:crypto'
import { mkdir, readFile, rename, writeFile } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'
import type { Atlas } from './atlas.ts'
import { bundlePage } from './bundle-page.ts'
import { SITTERS, type SitterName } from './photos.ts'
import { openWorkshop } from './workshop.ts'

const CARVER = new URL('./page/carve-atlas.ts', import.meta.url)
const CACHE = new URL('../../../node_modules/.cache/puppets/', import.meta.url)
const PHOTOS = new URL('../../../node_modules/@vladmandic/face-api/demo/', import.meta.url)

/** Where the atlas of this very code, photograph and sitter is kept. */
async function cacheFile(name: SitterName): Promise<URL> {
  const hash = createHash('sha256')
  hash.update(await bundlePage(CARVER))
  hash.update(JSON.stringify(SITTERS[name]))
  hash.update(await readFile(new URL(SITTERS[name].file, PHOTOS)))
  return new URL(`${name}-${hash.digest('hex').slice(0, 24)}.json`, CACHE)
}

const readAtlas = async (file: URL): Promise<Atlas | null> => {
  try {
    return JSON.parse(await readFile(file, 'utf8'))
  } catch {
    return null
  }
}

/**
 * The puppet made of a sitter's photograph: all its pictures. The first time takes about half a minute; after that it
 * comes from node_modules/.cache/puppets, until its code or photograph changes.
 */
export async function preparePuppet(name: SitterName): Promise<Atlas> {
  const file = await cacheFile(name)
  const kept = await readAtlas(file)
  if (kept) return kept
  const workshop = await openWorkshop(CARVER)
  try {
    const atlas = await workshop.page.evaluate(
      (sitter) => (globalThis as unknown as { carveAtlas(s: unknown): Promise<Atlas> }).carveAtlas(sitter),
      SITTERS[name],
    )
    await mkdir(CACHE, { recursive: true })
    const beside = `${fileURLToPath(file)}.${process.pid}`
    await writeFile(beside, JSON.stringify(atlas))
    await rename(beside, file)
    return atlas
  } finally {
    await workshop.close()
  }
}

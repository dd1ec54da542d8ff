import { createHash, randomUUID } from 'node:crypto'
import { mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import { type Manifest, readManifest, type Sized } from './manifest.ts'
import { RECIPES, type Sources } from './recipes.ts'

/** A source is missing or is not what it should be. The message names it and the way to get it. */
export class ModelsProblem extends Error {}

const here = fileURLToPath(new URL('.', import.meta.url))

const digest = (bytes: Uint8Array) => createHash('sha256').update(bytes).digest('hex')

const fits = (bytes: Uint8Array, { bytes: length, sha256 }: Sized) =>
  bytes.length === length && digest(bytes) === sha256

/** The file's bytes, or null where there is no such file. */
function readIfThere(path: string): Uint8Array | null {
  try {
    return readFileSync(path)
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return null
    throw error
  }
}

function checkedSources(manifest: Manifest, modules: string): Sources {
  const listed = (list: readonly Sized[], name: string) => {
    const found = list.find((entry) => entry.name === name)
    if (!found) throw new ModelsProblem(`models/manifest.json does not list ${name}`)
    return found
  }
  return {
    read(path) {
      const bytes = readIfThere(join(modules, path))
      if (!bytes) throw new ModelsProblem(`node_modules/${path} is missing: get it with "npm ci"`)
      if (fits(bytes, listed(manifest.sources, path))) return bytes
      throw new ModelsProblem(`node_modules/${path} is not the file expected: get it again with "npm ci"`)
    },
    check(part, bytes) {
      if (fits(bytes, listed(manifest.parts, part))) return bytes
      throw new ModelsProblem(`${part} is not the one expected: get its package again with "npm ci"`)
    },
  }
}

/** Written beside and renamed, so that nobody ever reads half a file, even when two runs meet. */
function writeWhole(path: string, bytes: Uint8Array): void {
  const beside = `${path}.${randomUUID()}`
  writeFileSync(beside, bytes)
  renameSync(beside, path)
}

/**
 * Makes models/build whole: every file of the manifest that is missing or damaged is built from the npm dependencies
 * and checked. Does nothing where all is well.
 * @returns the names of the files built
 * @throws ModelsProblem naming a source that is missing or wrong
 */
export async function assembleModels({
  log = () => {},
  into = join(here, 'build'),
  modules = resolve(here, '../node_modules'),
}: {
  log?: (line: string) => void
  into?: string
  modules?: string
} = {}): Promise<string[]> {
  const manifest = readManifest()
  const sources = checkedSources(manifest, modules)
  const built: string[] = []
  mkdirSync(into, { recursive: true })
  for (const file of manifest.files) {
    const present = readIfThere(join(into, file.name))
    if (present && fits(present, file)) continue
    const recipe = RECIPES.get(file.name)
    if (!recipe) throw new ModelsProblem(`no way is known to build ${file.name}`)
    const bytes = recipe(sources)
    if (!fits(bytes, file)) throw new ModelsProblem(`${file.name} came out other than models/manifest.json says`)
    writeWhole(join(into, file.name), bytes)
    built.push(file.name)
    log(`${present ? 'rebuilt' : 'built'} models/build/${file.name} (${(file.bytes / 1e6).toFixed(1)} MB)`)
  }
  return built
}

if (process.argv[1] && resolve(process.argv[1]) === fileURLToPath(import.meta.url)) {
  assembleModels({ log: console.log }).catch((error: unknown) => {
    console.error(error instanceof ModelsProblem ? error.message : error)
    process.exitCode = 1
  })
}

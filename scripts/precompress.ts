import { readdir, readFile, writeFile } from 'node:fs/promises'
import { availableParallelism } from 'node:os'
import { extname, join } from 'node:path'
import { promisify } from 'node:util'
import { brotliCompress, constants, gzip } from 'node:zlib'

/** Already compressed, or not worth a second request's thought. */
const LEFT_OUT = new Set(['.png', '.jpg', '.woff2', '.br', '.gz'])

/** Below this the headers weigh more than the gain, bytes. */
const SMALLEST = 512

/** From this size on brotli's best level takes seconds a file for one or two per cent, bytes. */
const LARGE = 1024 * 1024

/**
 * Writes a `.br` and a `.gz` beside every file of a folder that gets smaller by it. Runs on all cores: zlib works in
 * Node's thread pool.
 */
export async function precompress(folder: string): Promise<void> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true })
  const paths = entries
    .filter((entry) => entry.isFile() && !LEFT_OUT.has(extname(entry.name)))
    .map((entry) => join(entry.parentPath, entry.name))
  const waiting = paths[Symbol.iterator]()
  await Promise.all(
    Array.from({ length: availableParallelism() }, async () => {
      for (const path of waiting) await compressFile(path)
    }),
  )
}

async function compressFile(path: string): Promise<void> {
  const content = await readFile(path)
  if (content.length < SMALLEST) return
  const quality = content.length < LARGE ? 11 : 9
  const br = await promisify(brotliCompress)(content, {
    params: { [constants.BROTLI_PARAM_QUALITY]: quality, [constants.BROTLI_PARAM_SIZE_HINT]: content.length },
  })
  const gz = await promisify(gzip)(content, { level: 9 })
  if (br.length < content.length) await writeFile(`${path}.br`, br)
  if (gz.length < content.length) await writeFile(`${path}.gz`, gz)
}

import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'

/** Every byte of every file of a folder, one after the other. */
export async function readFolder(path: string): Promise<Buffer> {
  const entries = await readdir(path, { recursive: true, withFileTypes: true })
  const files = entries.filter((entry) => entry.isFile())
  return Buffer.concat(await Promise.all(files.map((file) => readFile(join(file.parentPath, file.name)))))
}

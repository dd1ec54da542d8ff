import { rmSync } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

/** A throw-away folder. */
export interface Folder {
  readonly path: string
  remove(): Promise<void>
}

/** Makes a folder that goes when it is told to, and at the latest with this process. */
export async function makeFolder(prefix: string): Promise<Folder> {
  const path = await mkdtemp(join(tmpdir(), prefix))
  // A process that was ended may still write for a moment.
  const how = { recursive: true, force: true, maxRetries: 5, retryDelay: 100 } as const
  const atExit = () => rmSync(path, how)
  process.once('exit', atExit)
  return {
    path,
    async remove() {
      await rm(path, how)
      process.off('exit', atExit)
    },
  }
}

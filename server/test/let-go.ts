import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'

/**
 * Makes this process let go of database files it has closed: libSQL gives a connection up when it is collected. For a process
 * of its own that is its end at the latest.
 */
export async function letGoOfFiles(): Promise<void> {
  setFlagsFromString('--expose-gc')
  runInNewContext('gc')()
  await new Promise((resolve) => setTimeout(resolve, 20))
}

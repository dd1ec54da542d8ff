import { Worker } from 'node:worker_threads'
import { createClient } from '@libsql/client'
import { z } from 'zod'

/**
 * Runs in a thread of its own: libSQL's calls are synchronous underneath, and a copy of a large file would hold every
 * request up. As a text, because the built server is one file and a thread needs a file or a text.
 */
const COPY = `
const { parentPort, workerData } = require('node:worker_threads')
const { createRequire } = require('node:module')
const { createClient } = createRequire(workerData.from)('@libsql/client')
async function copy({ url, target }) {
  const source = createClient({ url, concurrency: 1 })
  await source.execute({ sql: 'VACUUM INTO ?', args: [target] })
  source.close()
  const made = createClient({ url: 'file:' + target, concurrency: 1 })
  const { rows } = await made.execute('PRAGMA integrity_check')
  made.close()
  return rows.length === 1 && rows[0].integrity_check === 'ok'
}
copy(workerData).then(
  (whole) => parentPort.postMessage({ whole }),
  (error) => parentPort.postMessage({ code: String(error.code ?? error.name) }),
)
`

const answer = z.union([z.object({ whole: z.boolean() }), z.object({ code: z.string() })])

/** A copy of the database could not be made: `code` is libSQL's. */
export class SnapshotProblem extends Error {
  constructor(readonly code: string) {
    super(`The database could not be copied (${code}).`)
  }
}

/**
 * Copies a file database as it is at one moment into a new file (`VACUUM INTO`), beside the running writer, and checks the
 * copy. Resolves to whether the copy is whole. Throws SnapshotProblem, also when `target` exists.
 * @param url `file:...`
 */
export async function copyDatabase(url: string, target: string): Promise<boolean> {
  const worker = new Worker(COPY, {
    eval: true,
    workerData: { url, target, from: import.meta.url },
  })
  try {
    const message = await new Promise<unknown>((resolve, reject) => {
      worker.once('message', resolve)
      worker.once('error', reject)
      worker.once('exit', (code) => reject(new SnapshotProblem(`exit_${code}`)))
    })
    const result = answer.parse(message)
    if ('code' in result) throw new SnapshotProblem(result.code)
    return result.whole
  } finally {
    await worker.terminate()
  }
}

/** Whether every page and index of a closed database file is in order; false for what is no database at all. */
export async function isWhole(path: string): Promise<boolean> {
  const client = createClient({ url: `file:${path}`, concurrency: 1 })
  try {
    const { rows } = await client.execute('PRAGMA integrity_check')
    return rows.length === 1 && rows[0]?.integrity_check === 'ok'
  } catch {
    return false
  } finally {
    client.close()
  }
}

/**
 * Takes a database file out of use: its log goes back into it, and it can be moved as one file. False while somebody else
 * has it open: leaving WAL mode needs the file for oneself. A damaged file cannot be folded, and nobody can use it: true.
 */
export async function foldDatabase(path: string): Promise<boolean> {
  const client = createClient({ url: `file:${path}`, concurrency: 1 })
  try {
    await client.execute('PRAGMA journal_mode=DELETE')
    return true
  } catch (error) {
    return !(error instanceof Error && 'code' in error && /^SQLITE_(BUSY|LOCKED)/.test(String(error.code)))
  } finally {
    client.close()
  }
}

import { accessSync, chmodSync, constants, existsSync, mkdirSync } from 'node:fs'
import { dirname } from 'node:path'
import { fileURLToPath } from 'node:url'
import { type Client, createClient, type InArgs } from '@libsql/client'
import { createWriter, type Statement, type Written } from './write.ts'

/** One row as libSQL gives it; parsed by Zod in the `store.ts` that asked. Blobs are ArrayBuffers. */
export type Row = Record<string, unknown>

/** The database as every store sees it. Only `server/db` knows more. */
export interface Db {
  /** One SELECT. Sees every write that was answered before. */
  read(sql: string, args?: InArgs): Promise<Row[]>
  /**
   * All statements or none, durable when the promise resolves. Rejects with the libSQL error of the first statement
   * that failed (see `isConflict`); the rest of the queue is not touched by it.
   */
  write(statements: readonly Statement[]): Promise<Written[]>
  close(): Promise<void>
}

/** How long a writer waits for another process to finish its write, ms. */
const BUSY_PATIENCE_MS = 5_000

/** What a connection may keep of the file in memory: the 2 MB it has by itself do not hold one day of a big school. */
const CACHE = 'cache_size=-65536'

/**
 * Opens the database at a libSQL address: `file:data/absensi.db`, or `http(s)://`, `libsql://` with its token.
 * A file gets WAL and full durability on every connection: the client keeps one connection to write and one to read,
 * because PRAGMAs belong to a connection and the calls underneath are synchronous anyway. What is deleted is overwritten with
 * zeros: in the file at the next checkpoint, the last one at the closing.
 */
export async function openDb(url: string, authToken?: string): Promise<Db> {
  return url.startsWith('file:') ? openFile(url) : openRemote(url, authToken)
}

async function openFile(url: string): Promise<Db> {
  prepareFile(pathOf(url))
  const connect = async (pragmas: readonly string[]): Promise<Client> => {
    const client = createClient({ url, concurrency: 1 })
    try {
      for (const pragma of pragmas) await patiently(() => client.execute(`PRAGMA ${pragma}`))
    } catch (error) {
      client.close()
      throw error
    }
    return client
  }
  const writer = createWriter(
    () => connect(['journal_mode=WAL', 'synchronous=FULL', 'foreign_keys=ON', 'secure_delete=ON', CACHE]),
    BUSY_PATIENCE_MS,
  )
  // The writer comes first: it makes the file and turns WAL on, which a reader that may not write could not.
  await writer.write([{ sql: 'SELECT 1' }])
  chmodSync(pathOf(url), 0o600)
  const reader = await connect(['synchronous=FULL', 'foreign_keys=ON', 'query_only=ON', CACHE])
  return {
    read: async (sql, args = []) => rowsOf(await reader.execute({ sql, args })),
    write: writer.write,
    close: async () => {
      await writer.close()
      // The log goes back into the file, so that a copy of the file alone is whole while nobody has it open. If another
      // process still reads it, that one will do it.
      await reader.execute('PRAGMA wal_checkpoint(TRUNCATE)').catch(() => undefined)
      reader.close()
    },
  }
}

async function openRemote(url: string, authToken?: string): Promise<Db> {
  const connect = () => createClient(authToken === undefined ? { url } : { url, authToken })
  const reader = connect()
  const writer = createWriter(async () => connect(), BUSY_PATIENCE_MS)
  return {
    read: async (sql, args = []) => rowsOf(await reader.execute({ sql, args })),
    write: writer.write,
    close: async () => {
      await writer.close()
      reader.close()
    },
  }
}

/** libSQL's rows carry their columns by index too, hidden; a plain copy with names only is what a schema expects. */
function rowsOf(result: { rows: readonly object[] }): Row[] {
  return result.rows.map((row) => ({ ...row }))
}

/** The path of a file database's address. */
export function pathOf(url: string): string {
  return url.startsWith('file:/') ? fileURLToPath(url.replace(/^file:\/(?!\/)/, 'file:///')) : url.slice('file:'.length)
}

/** The folder of a file database, readable by its owner only. */
/**
 * Makes a database file's folder, and throws Node's error, with its path, when folder or file may not be used: libSQL gives
 * neither a code nor a name then.
 */
export function prepareFile(path: string): void {
  const folder = dirname(path)
  mkdirSync(folder, { recursive: true, mode: 0o700 })
  accessSync(folder, constants.R_OK | constants.W_OK | constants.X_OK)
  if (existsSync(path)) accessSync(path, constants.R_OK | constants.W_OK)
}

/** Turning WAL on needs the file for a moment; another process that starts at the same time may hold it. */
async function patiently<T>(act: () => Promise<T>): Promise<T> {
  const end = performance.now() + BUSY_PATIENCE_MS
  for (;;) {
    try {
      return await act()
    } catch (error) {
      const busy = error instanceof Error && 'code' in error && String(error.code).startsWith('SQLITE_BUSY')
      if (!busy || performance.now() > end) throw error
      await new Promise((resolve) => setTimeout(resolve, 25))
    }
  }
}

import { chmodSync, closeSync, existsSync, fstatSync, fsyncSync, openSync, renameSync, writeSync } from 'node:fs'
import { type Client, createClient } from '@libsql/client'
import { z } from 'zod'
import { prepareFile } from '../../../db/open.ts'
import { ALL_ERASURES, type Erasure, journalRow } from '../erasures.ts'

const SCHEMA = [
  `CREATE TABLE IF NOT EXISTS data_keys (
    user_id TEXT PRIMARY KEY, version INTEGER NOT NULL, wrapped BLOB NOT NULL, made_at INTEGER NOT NULL) STRICT`,
  'CREATE TABLE IF NOT EXISTS erasures (user_id TEXT NOT NULL, what TEXT NOT NULL, at INTEGER NOT NULL) STRICT',
  'CREATE INDEX IF NOT EXISTS erasures_by_time ON erasures (at)',
  'CREATE INDEX IF NOT EXISTS erasures_by_user ON erasures (user_id, at)',
]

const storedKey = z.object({
  user_id: z.string(),
  version: z.number(),
  wrapped: z.instanceof(ArrayBuffer),
  made_at: z.number(),
})

/** Everything a file of keys holds. */
export interface Held {
  readonly erasures: readonly Erasure[]
  readonly keys: readonly z.output<typeof storedKey>[]
}

/** Opens a file of keys to write in it; makes it, and its folder, when there is none. */
export async function openKeysFile(path: string): Promise<Client> {
  prepareFile(path)
  const client = createClient({ url: `file:${path}`, concurrency: 1 })
  try {
    for (const pragma of ['journal_mode=DELETE', 'synchronous=FULL', 'secure_delete=ON', 'busy_timeout=2000'])
      await client.execute(`PRAGMA ${pragma}`)
    await client.batch(SCHEMA, 'write')
    chmodSync(path, 0o600)
    return client
  } catch (error) {
    client.close()
    throw error
  }
}

/** Reads a file of keys and writes nothing in it: it may lie on a disk that takes nothing. */
export async function readKeysFile(path: string): Promise<Held> {
  const client = createClient({ url: `file:${path}`, concurrency: 1 })
  try {
    await client.execute('PRAGMA busy_timeout=2000')
    return await readHeld(client)
  } finally {
    client.close()
  }
}

/** What an open file of keys holds. */
export async function readHeld(client: Client): Promise<Held> {
  const erasures = await client.execute(ALL_ERASURES)
  const keys = await client.execute('SELECT user_id, version, wrapped, made_at FROM data_keys')
  return {
    erasures: erasures.rows.map((row) => journalRow.parse({ ...row })),
    keys: keys.rows.map((row) => storedKey.parse({ ...row })),
  }
}

const codeOf = (error: unknown) => (error instanceof Error && 'code' in error ? String(error.code) : '')

/** Whether a file is damaged: no database, or not a whole one. */
export const isDamage = (error: unknown) => /^SQLITE_(NOTADB|CORRUPT)/.test(codeOf(error))

/**
 * Whether `act` on a file of keys could be done; false when the file is damaged or may not be used. Throws what passes by
 * itself: a file that somebody else has in use, a full disk.
 */
export async function canUse(act: () => Promise<unknown>): Promise<boolean> {
  try {
    await act()
    return true
  } catch (error) {
    if (/^SQLITE_(BUSY|LOCKED|FULL)/.test(codeOf(error))) throw error
    return false
  }
}

/** Gives a file that cannot be used, and its journal, another name: it may still hold keys, and is never deleted. */
export function putAway(path: string, name: string): void {
  for (const end of ['', '-journal'])
    if (existsSync(`${path}${end}`)) renameSync(`${path}${end}`, `${path}.${name}${end}`)
}

/** Puts a new file in the place of an old one, whose bytes are zeroed: a wrapped key must not live on in free blocks. */
export function overwrite(draft: string, path: string): void {
  const flushed = openSync(draft, 'r+')
  fsyncSync(flushed)
  closeSync(flushed)
  const old = existsSync(path) ? openSync(path, 'r+') : null
  renameSync(draft, path)
  if (old === null) return
  writeSync(old, new Uint8Array(fstatSync(old).size), 0, undefined, 0)
  fsyncSync(old)
  closeSync(old)
}

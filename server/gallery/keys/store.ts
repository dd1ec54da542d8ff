import { chmodSync, mkdirSync } from 'node:fs'
import { dirname } from 'node:path'
import { createClient } from '@libsql/client'
import { z } from 'zod'

/** A user's data key as it is kept: wrapped by that version of the master key. */
export interface WrappedKey {
  readonly userId: string
  readonly version: number
  readonly wrapped: Uint8Array
}

/** The second file: wrapped data keys and the journal of erasures. Nothing else ever holds either. */
export interface KeyStore {
  find(userId: string): Promise<WrappedKey | null>
  /** The keys of those users who have one, in no order. */
  findMany(userIds: readonly string[]): Promise<WrappedKey[]>
  all(): Promise<WrappedKey[]>
  /** Adds a key unless the user has one already, and gives the one that is in force. */
  addIfNone(key: WrappedKey, now: number): Promise<WrappedKey>
  /** The same for many users in one commit; who has a key already keeps it. */
  addMissing(keys: readonly WrappedKey[], now: number): Promise<void>
  /** Puts a re-wrapped key in the place of the one that was read; false when that one is gone meanwhile. */
  replace(before: WrappedKey, after: WrappedKey): Promise<boolean>
  /** Destroys the user's key and notes the erasure, in one commit. */
  destroy(userId: string, now: number): Promise<void>
  /** When each erased user was last erased, ms. */
  erasures(): Promise<ReadonlyMap<string, number>>
  close(): void
}

const blob = z.instanceof(ArrayBuffer).transform((buffer) => new Uint8Array(buffer))
const keyRow = z
  .object({ user_id: z.string(), version: z.number(), wrapped: blob })
  .transform((row): WrappedKey => ({ userId: row.user_id, version: row.version, wrapped: row.wrapped }))
const erasureRow = z.object({ user_id: z.string(), at: z.number() })

const SCHEMA = [
  `CREATE TABLE IF NOT EXISTS data_keys (
    user_id TEXT PRIMARY KEY, version INTEGER NOT NULL, wrapped BLOB NOT NULL, made_at INTEGER NOT NULL) STRICT`,
  'CREATE TABLE IF NOT EXISTS erasures (user_id TEXT NOT NULL, at INTEGER NOT NULL) STRICT',
  'CREATE INDEX IF NOT EXISTS erasures_by_user ON erasures (user_id, at)',
]

const insertKey = (key: WrappedKey, now: number) => ({
  sql: 'INSERT INTO data_keys (user_id, version, wrapped, made_at) VALUES (?, ?, ?, ?) ON CONFLICT DO NOTHING',
  args: [key.userId, key.version, key.wrapped, now],
})

/**
 * Opens `keys.db`. `secure_delete` overwrites what is deleted with zeros, and there is no write-ahead log in which a
 * destroyed key could live on until the next checkpoint; the file is small and seldom written, so its speed is no matter.
 */
export async function openKeyStore(path: string): Promise<KeyStore> {
  mkdirSync(dirname(path), { recursive: true, mode: 0o700 })
  const client = createClient({ url: `file:${path}`, concurrency: 1 })
  for (const pragma of ['journal_mode=DELETE', 'synchronous=FULL', 'secure_delete=ON', 'busy_timeout=2000'])
    await client.execute(`PRAGMA ${pragma}`)
  await client.batch(SCHEMA, 'write')
  chmodSync(path, 0o600)

  const findMany = async (userIds: readonly string[]): Promise<WrappedKey[]> => {
    const { rows } = await client.execute({
      sql: 'SELECT user_id, version, wrapped FROM data_keys WHERE user_id IN (SELECT value FROM json_each(?))',
      args: [JSON.stringify(userIds)],
    })
    return rows.map((row) => keyRow.parse({ ...row }))
  }
  const find = async (userId: string): Promise<WrappedKey | null> => (await findMany([userId]))[0] ?? null

  return {
    find,
    findMany,
    all: async () => {
      const { rows } = await client.execute('SELECT user_id, version, wrapped FROM data_keys')
      return rows.map((row) => keyRow.parse({ ...row }))
    },
    addIfNone: async (key, now) => {
      await client.execute(insertKey(key, now))
      return (await find(key.userId)) ?? key
    },
    addMissing: async (keys, now) => {
      if (keys.length > 0)
        await client.batch(
          keys.map((key) => insertKey(key, now)),
          'write',
        )
    },
    replace: async (before, after) => {
      const { rowsAffected } = await client.execute({
        sql: 'UPDATE data_keys SET version = ?, wrapped = ? WHERE user_id = ? AND wrapped = ?',
        args: [after.version, after.wrapped, before.userId, before.wrapped],
      })
      return rowsAffected === 1
    },
    destroy: async (userId, now) => {
      await client.batch(
        [
          { sql: 'DELETE FROM data_keys WHERE user_id = ?', args: [userId] },
          { sql: 'INSERT INTO erasures (user_id, at) VALUES (?, ?)', args: [userId, now] },
        ],
        'write',
      )
    },
    erasures: async () => {
      const { rows } = await client.execute('SELECT user_id, max(at) AS at FROM erasures GROUP BY user_id')
      return new Map(rows.map((row) => erasureRow.parse({ ...row })).map(({ user_id, at }) => [user_id, at]))
    },
    close: () => client.close(),
  }
}

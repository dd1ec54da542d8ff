import { randomUUID } from 'node:crypto'
import { chmodSync, closeSync, existsSync, fstatSync, fsyncSync, openSync, renameSync, writeSync } from 'node:fs'
import { type Client, createClient } from '@libsql/client'
import { z } from 'zod'
import { prepareFile } from '../../db/open.ts'
import { ALL_ERASURES, type Erased, type Erasure, journalRow, noteErasures } from './erasures.ts'

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
  /**
   * Destroys the user's key and notes the erasure, in one commit; then in the backup's copy.
   */
  destroy(userId: string, what: Erased, now: number): Promise<void>
  /** When each erased user was last erased, ms. */
  erasures(): Promise<ReadonlyMap<string, number>>
  /** The last erasure of each kind of every user since then (ms), oldest first. */
  journal(since: number): Promise<Erasure[]>
  /** Overwrites the backup's copy by what is in force now. */
  copy(): Promise<void>
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
  'CREATE TABLE IF NOT EXISTS erasures (user_id TEXT NOT NULL, what TEXT NOT NULL, at INTEGER NOT NULL) STRICT',
  'CREATE INDEX IF NOT EXISTS erasures_by_time ON erasures (at)',
  'CREATE INDEX IF NOT EXISTS erasures_by_user ON erasures (user_id, at)',
]

const ALL_KEYS = { sql: 'SELECT user_id, version, wrapped, made_at FROM data_keys', same: ['user_id'] }

const insertKey = (key: WrappedKey, now: number) => ({
  sql: 'INSERT INTO data_keys (user_id, version, wrapped, made_at) VALUES (?, ?, ?, ?) ON CONFLICT DO NOTHING',
  args: [key.userId, key.version, key.wrapped, now],
})

async function connect(path: string): Promise<Client> {
  prepareFile(path)
  const client = createClient({ url: `file:${path}`, concurrency: 1 })
  for (const pragma of ['journal_mode=DELETE', 'synchronous=FULL', 'secure_delete=ON', 'busy_timeout=2000'])
    await client.execute(`PRAGMA ${pragma}`)
  await client.batch(SCHEMA, 'write')
  chmodSync(path, 0o600)
  return client
}

/**
 * Opens `keys.db`. `secure_delete` overwrites what is deleted with zeros, and there is no write-ahead log in which a
 * destroyed key could live on until the next checkpoint; the file is small and seldom written, so its speed is no matter.
 * @param copyPath where the one copy for backups lies, if there is to be one
 */
export async function openKeyStore(path: string, copyPath?: string): Promise<KeyStore> {
  const client = await connect(path)

  const findMany = async (userIds: readonly string[]): Promise<WrappedKey[]> => {
    const { rows } = await client.execute({
      sql: 'SELECT user_id, version, wrapped FROM data_keys WHERE user_id IN (SELECT value FROM json_each(?))',
      args: [JSON.stringify(userIds)],
    })
    return rows.map((row) => keyRow.parse({ ...row }))
  }
  /**
   * Brings erasures into the copy, each with the end of its key: of that person, or of all who have no key here. At the
   * opening (an erasure cut off half way), after every erasure and after every copying: whichever of the two ends last,
   * the copy holds no destroyed key.
   */
  const prune = async (userId: string | null = null): Promise<void> => {
    if (copyPath === undefined || !existsSync(copyPath)) return
    const { rows } = await client.execute({
      sql: `${ALL_ERASURES.sql} WHERE user_id NOT IN (SELECT user_id FROM data_keys) AND (?1 IS NULL OR user_id = ?1)`,
      args: [userId],
    })
    const copy = await connect(copyPath)
    await copy.batch(noteErasures(rows.map((row) => journalRow.parse({ ...row }))), 'write').finally(() => copy.close())
  }
  /** The rows that only the copy has, told apart by the columns `same`. */
  const onlyIn = async (copy: Client, { sql, same }: { sql: string; same: readonly string[] }) => {
    const name = (row: Record<string, unknown>) => JSON.stringify(same.map((column) => row[column]))
    const here = new Set((await client.execute(sql)).rows.map((row) => name({ ...row })))
    return (await copy.execute(sql)).rows.filter((row) => !here.has(name({ ...row })))
  }
  /**
   * Takes over what only the copy holds: its erasures with what they ended, then its keys that no erasure ended. At the
   * opening and before every copying, so that a file that was lost and made anew never empties its only copy, and one
   * that was put back from an older time brings no erased key with it.
   */
  const adopt = async (): Promise<void> => {
    if (copyPath === undefined || !existsSync(copyPath)) return
    const copy = await connect(copyPath)
    try {
      const [erasures, keys] = [await onlyIn(copy, ALL_ERASURES), await onlyIn(copy, ALL_KEYS)]
      if (erasures.length + keys.length === 0) return
      await client.batch(
        [
          ...noteErasures(erasures.map((row) => journalRow.parse({ ...row }))),
          ...keys.map((row) => ({
            sql: `INSERT INTO data_keys (user_id, version, wrapped, made_at) SELECT :user_id, :version, :wrapped, :made_at
              WHERE NOT EXISTS (SELECT 1 FROM erasures WHERE user_id = :user_id AND at >= :made_at) ON CONFLICT DO NOTHING`,
            args: { ...row },
          })),
        ],
        'write',
      )
    } finally {
      copy.close()
    }
  }
  await prune()
  await adopt()
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
    destroy: async (userId, what, now) => {
      await client.batch(
        [
          // The last of each kind is all that a restored backup is held to.
          { sql: 'DELETE FROM erasures WHERE user_id = ? AND what = ? AND at <= ?', args: [userId, what, now] },
          {
            // Never before the key that it ends, also when the clock was set back meanwhile.
            sql: `INSERT INTO erasures (user_id, what, at) VALUES (:userId, :what,
              max(:now, coalesce((SELECT made_at FROM data_keys WHERE user_id = :userId), :now)))`,
            args: { userId, what, now },
          },
          { sql: 'DELETE FROM data_keys WHERE user_id = ?', args: [userId] },
        ],
        'write',
      )
      await prune(userId)
    },
    erasures: async () => {
      const { rows } = await client.execute('SELECT user_id, max(at) AS at FROM erasures GROUP BY user_id')
      return new Map(rows.map((row) => erasureRow.parse({ ...row })).map(({ user_id, at }) => [user_id, at]))
    },
    journal: async (since) => {
      const { rows } = await client.execute({
        sql: 'SELECT user_id, what, at FROM erasures WHERE at >= ? ORDER BY at',
        args: [since],
      })
      return rows.map((row) => journalRow.parse({ ...row }))
    },
    copy: async () => {
      if (copyPath === undefined) return
      await adopt()
      const draft = `${copyPath}.${randomUUID()}.part`
      await client.execute({ sql: 'VACUUM INTO ?', args: [draft] })
      chmodSync(draft, 0o600)
      overwrite(draft, copyPath)
      await prune()
    },
    close: () => client.close(),
  }
}

/** Puts a new file in the place of an old one, whose bytes are zeroed: a wrapped key must not live on in free blocks. */
function overwrite(draft: string, path: string): void {
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

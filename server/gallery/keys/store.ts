import { randomUUID } from 'node:crypto'
import { accessSync, chmodSync, constants, existsSync } from 'node:fs'
import { z } from 'zod'
import { FitProblem } from '../../ops/fit.ts'
import { ALL_ERASURES, type Erased, type Erasure, journalRow, noteErasures } from './erasures.ts'
import { canUse, type Held, isDamage, openKeysFile, overwrite, putAway, readHeld, readKeysFile } from './file/store.ts'

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
  /** Takes over what only that file of keys holds, and writes nothing in it; false when it cannot be read. */
  adopt(path: string): Promise<boolean>
  /** Overwrites the backup's copy by what is in force now; one that cannot be used gets another name first. */
  copy(): Promise<void>
  close(): void
}

const blob = z.instanceof(ArrayBuffer).transform((buffer) => new Uint8Array(buffer))
const keyRow = z
  .object({ user_id: z.string(), version: z.number(), wrapped: blob })
  .transform((row): WrappedKey => ({ userId: row.user_id, version: row.version, wrapped: row.wrapped }))
const erasureRow = z.object({ user_id: z.string(), at: z.number() })
const insertKey = (key: WrappedKey, now: number) => ({
  sql: 'INSERT INTO data_keys (user_id, version, wrapped, made_at) VALUES (?, ?, ?, ?) ON CONFLICT DO NOTHING',
  args: [key.userId, key.version, key.wrapped, now],
})

/**
 * Opens `keys.db`. `secure_delete` overwrites what is deleted with zeros, and there is no write-ahead log in which a
 * destroyed key could live on until the next checkpoint; the file is small and seldom written, so its speed is no matter.
 * Throws FitProblem when the file is damaged. A damaged copy, or somebody else's, stops nothing.
 * @param copyPath where the one copy for backups lies, if there is to be one
 * @param onUnreadable is told of a file beside this one that cannot be used
 */
export async function openKeyStore(
  path: string,
  copyPath?: string,
  onUnreadable: (path: string) => void = () => {},
): Promise<KeyStore> {
  const say = (error: unknown): never => {
    if (!isDamage(error)) throw error
    const how = `Move it out of that folder and keep it: the next start takes keys from ${copyPath ?? 'the backups'}.`
    throw new FitProblem(`${path} is damaged. ${how}`)
  }
  const client = await openKeysFile(path).catch(say)

  /** Does something with another file of keys; false, and a word, when it cannot be used. */
  const withFile = async (other: string, act: () => Promise<unknown>): Promise<boolean> => {
    const usable = await canUse(act)
    if (!usable) onUnreadable(other)
    return usable
  }
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
      sql: `${ALL_ERASURES} WHERE user_id NOT IN (SELECT user_id FROM data_keys) AND (?1 IS NULL OR user_id = ?1)`,
      args: [userId],
    })
    const ended = noteErasures(rows.map((row) => journalRow.parse({ ...row })))
    await withFile(copyPath, async () => {
      const copy = await openKeysFile(copyPath)
      await copy.batch(ended, 'write').finally(() => copy.close())
    })
  }
  /**
   * Takes over what only another file holds: its erasures with what they ended, then its keys that no erasure ended. From
   * the copy at the opening and before every copying, so that a file that was lost and made anew never empties its only
   * copy, and one that was put back from an older time brings no erased key with it.
   */
  const adopt = async (from: string): Promise<boolean> => {
    let held: Held = { erasures: [], keys: [] }
    const usable = await withFile(from, async () => {
      held = await readKeysFile(from)
    })
    const here = await readHeld(client)
    const nameOf = ({ userId, what, at }: Erasure) => JSON.stringify([userId, what, at])
    const [noted, known] = [new Set(here.erasures.map(nameOf)), new Set(here.keys.map((key) => key.user_id))]
    const erasures = held.erasures.filter((erasure) => !noted.has(nameOf(erasure)))
    const keys = held.keys.filter((key) => !known.has(key.user_id))
    if (erasures.length + keys.length > 0)
      await client.batch(
        [
          ...noteErasures(erasures),
          ...keys.map((row) => ({
            sql: `INSERT INTO data_keys (user_id, version, wrapped, made_at) SELECT :user_id, :version, :wrapped, :made_at
              WHERE NOT EXISTS (SELECT 1 FROM erasures WHERE user_id = :user_id AND at >= :made_at) ON CONFLICT DO NOTHING`,
            args: { ...row },
          })),
        ],
        'write',
      )
    return usable
  }
  const adoptCopy = async (): Promise<boolean> =>
    copyPath === undefined || !existsSync(copyPath) || (await adopt(copyPath))
  await prune()
    .then(adoptCopy)
    .catch((error: unknown) => {
      client.close()
      say(error)
    })
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
    adopt,
    copy: async () => {
      if (copyPath === undefined) return
      const usable = (await adoptCopy()) && isOurs(copyPath)
      const draft = `${copyPath}.${randomUUID()}.part`
      await client.execute({ sql: 'VACUUM INTO ?', args: [draft] })
      chmodSync(draft, 0o600)
      if (!usable) putAway(copyPath, `unreadable-${randomUUID().slice(0, 8)}`)
      overwrite(draft, copyPath)
      await prune()
    },
    close: () => client.close(),
  }
}

/** Whether a file is not there or may be written. */
function isOurs(path: string): boolean {
  try {
    if (existsSync(path)) accessSync(path, constants.R_OK | constants.W_OK)
    return true
  } catch {
    return false
  }
}

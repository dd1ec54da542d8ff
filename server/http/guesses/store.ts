import { createHash } from 'node:crypto'
import { z } from 'zod'
import type { Db } from '../../db/open.ts'
import { createLimiter, type LimiterOptions } from '../limit.ts'

/** A budget of guesses per key, like `Limiter`, that may have to ask a database. */
export interface GuessLimiter {
  /** Takes a unit and resolves to 0, or takes none and resolves to the seconds to wait. */
  take(key: string): Promise<number>
  /** Gives the newest unit back: it was no wrong guess. */
  giveBack(key: string): Promise<void>
}

/** The budget in this process's memory: where it is the only one. */
export function createOwnGuesses(options: LimiterOptions): GuessLimiter {
  const limiter = createLimiter(options)
  return {
    take: async (key) => limiter.take(key),
    giveBack: async (key) => limiter.giveBack(key),
  }
}

const newestRow = z.object({ at: z.number() })

/**
 * The same sliding log in the database: several servers on one database have one budget between them, not one each. The
 * statement decides, so that guesses sent to all of them at once get no more tries. All budgets here have one window.
 */
export function createSharedGuesses(
  db: Db,
  name: string,
  { limit, windowMs, now }: Omit<LimiterOptions, 'keys'>,
): GuessLimiter {
  const bucketOf = (key: string) => createHash('sha256').update(`${name}\n${key}`).digest('base64url')
  return {
    take: async (key) => {
      const bucket = bucketOf(key)
      const at = now()
      const [, added, newest] = await db.write([
        { sql: 'DELETE FROM rate_limits WHERE at <= ?', args: [at - windowMs] },
        {
          sql: `INSERT INTO rate_limits (bucket, at)
            SELECT :bucket, :at WHERE (SELECT count(*) FROM rate_limits WHERE bucket = :bucket) < :limit`,
          args: { bucket, at, limit },
        },
        {
          sql: 'SELECT at FROM rate_limits WHERE bucket = ? ORDER BY at DESC LIMIT 1 OFFSET ?',
          args: [bucket, limit - 1],
        },
      ])
      if (added?.rowsAffected === 1) return 0
      const oldest = newestRow.parse(newest?.rows[0]).at
      return Math.max(1, Math.ceil((oldest + windowMs - at) / 1000))
    },
    giveBack: async (key) => {
      const sql = `DELETE FROM rate_limits WHERE id =
        (SELECT id FROM rate_limits WHERE bucket = ? ORDER BY at DESC, id DESC LIMIT 1)`
      await db.write([{ sql, args: [bucketOf(key)] }])
    },
  }
}

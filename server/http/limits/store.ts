import { createHash } from 'node:crypto'
import { z } from 'zod'
import { CLOCKS_APART_MS } from '../../db/clocks-apart.ts'
import type { Db } from '../../db/open.ts'
import type { Budget, Limiter } from './limits.ts'

/** Whose budget it is, unreadable to whoever reads the database: keys hold NIMs and addresses. */
const bucketOf = (name: string, key: string) => createHash('sha256').update(`${name}\n${key}`).digest('base64url')

const secondsUntil = (time: number, now: number) => Math.max(1, Math.ceil((time - now) / 1000))

const newestRow = z.object({ until: z.number() })

/**
 * The sliding log of createMemoryLimiter in the database: several servers on one database have one budget between them. The
 * statement decides, so that many sent to all of them at once get no more. A write for every unit.
 */
export function createSharedLog(db: Db, name: string, { limit, windowMs }: Budget, now: () => number): Limiter {
  return {
    take: async (key) => {
      const bucket = bucketOf(name, key)
      const at = now()
      const [, added, newest] = await db.write([
        // What ends later than any could was taken while a clock was ahead, and not only apart from the other servers'.
        {
          sql: 'DELETE FROM rate_units WHERE until <= ? OR (bucket = ? AND until > ?)',
          args: [at, bucket, at + windowMs + CLOCKS_APART_MS],
        },
        {
          sql: `INSERT INTO rate_units (bucket, until)
            SELECT :bucket, :until WHERE (SELECT count(*) FROM rate_units WHERE bucket = :bucket) < :limit`,
          args: { bucket, until: at + windowMs, limit },
        },
        {
          sql: 'SELECT until FROM rate_units WHERE bucket = ? ORDER BY until DESC LIMIT 1 OFFSET ?',
          args: [bucket, limit - 1],
        },
      ])
      if (added?.rowsAffected === 1) return 0
      return secondsUntil(newestRow.parse(newest?.rows[0]).until, at)
    },
    giveBack: async (key) => {
      const sql = `DELETE FROM rate_units WHERE id =
        (SELECT id FROM rate_units WHERE bucket = ? ORDER BY until DESC, id DESC LIMIT 1)`
      await db.write([{ sql, args: [bucketOf(name, key)] }])
    },
  }
}

/** Into so many slices a budget is cut: so many times a window a server writes for one key, at most. */
const SLICES = 20
/** Keys whose slice is remembered at most. */
const KEYS = 20_000

const usedRow = z.object({ used: z.number() })

/**
 * A large budget of several servers: each takes a twentieth of it at a time from the database and spends that from memory. Its
 * windows are fixed (they begin at multiples of their length), and what a server has taken and not spent is lost to the others
 * until the window ends: at most one slice a server.
 */
export function createSharedSlices(db: Db, name: string, { limit, windowMs }: Budget, now: () => number): Limiter {
  const slice = Math.ceil(limit / SLICES)
  /** `isOver`: nothing was left of all, and the database is not asked again before the window is over. */
  const held = new Map<string, { until: number; left: number; isOver: boolean }>()
  /** Slices that are being taken: many calls at once share one. */
  const taking = new Map<string, Promise<void>>()

  const takeSlice = async (key: string, until: number): Promise<number> => {
    const bucket = bucketOf(name, key)
    const [, written] = await db.write([
      { sql: 'DELETE FROM rate_slices WHERE until <= ?', args: [now()] },
      {
        sql: `INSERT INTO rate_slices (bucket, until, used) VALUES (:bucket, :until, :slice)
          ON CONFLICT (bucket, until) DO UPDATE SET used = used + :slice RETURNING used`,
        args: { bucket, until, slice },
      },
    ])
    const before = usedRow.parse(written?.rows[0]).used - slice
    return Math.max(0, Math.min(slice, limit - before))
  }

  const refill = async (key: string, until: number): Promise<void> => {
    const granted = await takeSlice(key, until)
    const mine = held.get(key)
    const more = mine?.until === until ? mine.left : 0
    held.delete(key)
    held.set(key, { until, left: granted + more, isOver: granted === 0 })
    const first = held.keys().next().value
    if (held.size > KEYS && first !== undefined) held.delete(first)
  }

  return {
    take: async (key) => {
      for (;;) {
        const at = now()
        const until = (Math.floor(at / windowMs) + 1) * windowMs
        const mine = held.get(key)
        if (mine?.until === until && mine.left > 0) {
          mine.left -= 1
          return 0
        }
        if (mine?.until === until && mine.isOver) return secondsUntil(until, at)
        const slice = taking.get(key) ?? refill(key, until).finally(() => taking.delete(key))
        taking.set(key, slice)
        await slice
      }
    },
    giveBack: async (key) => {
      const mine = held.get(key)
      if (mine !== undefined && mine.until > now()) mine.left += 1
    },
  }
}

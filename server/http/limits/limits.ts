import type { Db } from '../../db/open.ts'
import { refuse } from '../problem.ts'
import { createMemoryLimiter } from './memory.ts'
import { createSharedLog, createSharedSlices } from './store.ts'

/** A budget per key: so many units in a window of time. */
export interface Limiter {
  /** Takes a unit and resolves to 0, or takes none and resolves to the seconds to wait. */
  take(key: string): Promise<number>
  /** Gives a unit back that was taken for something that turned out not to count. */
  giveBack(key: string): Promise<void>
}

export interface Budget {
  /** Units in a window. */
  readonly limit: number
  readonly windowMs: number
}

/** Makes the budget of that name: in this process's memory, or one for all servers on the database. */
export type MakeLimiter = (name: string, budget: Budget) => Limiter

export interface Limits {
  readonly make: MakeLimiter
  /** Whether other servers may be on the same database. */
  readonly shared: boolean
}

/** Budgets up to this are exact between servers; larger ones are taken in slices, which cost fewer writes. */
const EXACT = 50

/**
 * Where budgets are counted. A database that is a file has one server: its memory does. Any other may have several, which
 * then have one budget between them, not one each.
 */
export function createLimits(db: Db, databaseUrl: string, now: () => number): Limits {
  const shared = !databaseUrl.startsWith('file:')
  const make: MakeLimiter = (name, budget) => {
    if (!shared) return createMemoryLimiter({ ...budget, now })
    return budget.limit <= EXACT ? createSharedLog(db, name, budget, now) : createSharedSlices(db, name, budget, now)
  }
  return { make, shared }
}

/** Takes a unit or refuses with `slow_down` and `Retry-After`. */
export async function spend(limiter: Limiter, key: string): Promise<void> {
  const seconds = await limiter.take(key)
  if (seconds > 0) refuse('slow_down', { retryAfter: seconds })
}

import { randomUUID } from 'node:crypto'
import { availableParallelism } from 'node:os'
import { compare, hash } from '@node-rs/bcrypt'
import { refuse } from '../http/problem.ts'
import { isCommonPassword } from './common-password.ts'

/** The plan's cost: about 0.2 s of one core. */
const COST = 12

/** Waiting checks beyond which a caller is told to come back: about 8 s of work on one core. */
const QUEUE_LIMIT = 40

export interface Passwords {
  /** bcrypt hash of a new password of at most 72 bytes. Refuses one that is among the first to be tried (weak_password). */
  hash(password: string): Promise<string>
  /**
   * Whether the password fits the hash. Without a hash (unknown or not activated) the same work is done on a hash
   * nobody has the password of, and the answer is false. More than 72 bytes never fit.
   */
  matches(password: string, passwordHash: string | null): Promise<boolean>
}

/**
 * Password hashing behind a small queue: at most all cores but one at work, so that a flood of logins cannot starve
 * check-ins, and at most 40 waiting; others are refused with `slow_down`. `cost` is for tests.
 */
export function createPasswords(cost: number = COST): Passwords {
  const atOnce = Math.max(1, availableParallelism() - 1)
  const waiting: (() => void)[] = []
  let working = 0

  const queued = async <T>(work: () => Promise<T>): Promise<T> => {
    if (working >= atOnce) {
      if (waiting.length >= QUEUE_LIMIT) refuse('slow_down', { retryAfter: 5 })
      await new Promise<void>((resolve) => waiting.push(resolve))
    } else working++
    try {
      return await work()
    } finally {
      // The next in line takes this place over, so that nobody slips in between.
      const next = waiting.shift()
      if (next) next()
      else working--
    }
  }

  // Made at the start: the first unknown NIM must not take longer than a known one.
  const nobody = hash(randomUUID(), { cost })
  return {
    hash: async (password) => {
      if (isCommonPassword(password)) refuse('weak_password', { detail: COMMON_PASSWORD })
      return queued(() => hash(password, { cost }))
    },
    matches: async (password, passwordHash) => {
      const against = passwordHash ?? (await nobody)
      const fits = await queued(() => compare(password, against))
      return fits && passwordHash !== null && Buffer.byteLength(password) <= 72
    },
  }
}

const COMMON_PASSWORD = {
  id: 'Kata sandi ini terlalu umum dan mudah ditebak. Pilih yang lain.',
  en: 'This password is too common and easily guessed. Choose another one.',
}

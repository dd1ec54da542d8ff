import { availableParallelism } from 'node:os'
import { hash } from '@node-rs/bcrypt'
import { expect, it } from 'vitest'
import { Refusal } from '../http/problem.ts'
import { createPasswords } from './password.ts'

/** More at once than are hashed, one on each core, and than may wait. */
const FLOOD = availableParallelism() + 100

it('hashes with bcrypt at the cost of the plan', async () => {
  const passwords = createPasswords()
  const stored = await passwords.hash('kelapa-muda-7')
  expect(stored).toMatch(/^\$2[aby]\$12\$/)
  expect(await passwords.matches('kelapa-muda-7', stored)).toBe(true)
  expect(await passwords.matches('kelapa-muda-8', stored)).toBe(false)
})

it('does the same work where there is no hash', async () => {
  const passwords = createPasswords(10)
  const stored = await hash('a', { cost: 10 })
  const time = async (against: string | null) => {
    const start = performance.now()
    expect(await passwords.matches('b', against)).toBe(false)
    return performance.now() - start
  }
  await time(null)
  // The fastest of several, taken in turns: what else runs on the machine only ever adds, and to both.
  let [known, unknown] = [Number.POSITIVE_INFINITY, Number.POSITIVE_INFINITY]
  for (let i = 0; i < 8; i++) {
    known = Math.min(known, await time(stored))
    unknown = Math.min(unknown, await time(null))
  }
  expect(unknown / known).toBeGreaterThan(0.4)
  expect(unknown / known).toBeLessThan(2.5)
})

it('refuses a flood instead of queueing it, and recovers', async () => {
  const passwords = createPasswords(6)
  const stored = await passwords.hash('a')
  const results = await Promise.allSettled(Array.from({ length: FLOOD }, () => passwords.matches('a', stored)))
  const refused = results.filter((result) => result.status === 'rejected')
  expect(refused.length).toBeGreaterThan(30)
  expect(refused.every(({ reason }) => reason instanceof Refusal && reason.code === 'slow_down')).toBe(true)
  expect(results.filter((result) => result.status === 'fulfilled' && result.value).length).toBe(FLOOD - refused.length)
  expect(await passwords.matches('a', stored)).toBe(true)
})

it('takes no password that is tried first, in whatever case', async () => {
  const passwords = createPasswords(4)
  for (const common of ['password1', 'PassWord1', 'qwerty123', '1q2w3e4r'])
    await expect(passwords.hash(common)).rejects.toMatchObject({ code: 'weak_password' })
  expect(await passwords.hash('kelapa-muda-7')).toMatch(/^\$2/)
})

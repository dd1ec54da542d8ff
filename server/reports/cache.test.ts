import { expect, it } from 'vitest'
import { createCache } from './cache.ts'

it('makes an answer once for many that ask at once, forgets it by age, and counts', async () => {
  let now = 0
  let made = 0
  const cache = createCache(1000, () => now)
  const ask = (key: string) => cache.get(key, async () => ++made)
  expect(await Promise.all([ask('a'), ask('a'), ask('b')])).toEqual([1, 1, 2])
  expect(cache.stats()).toEqual({ hits: 1, misses: 2 })
  now = 999
  expect(await ask('a')).toBe(1)
  now = 1000
  expect(await ask('a')).toBe(3)
  expect(cache.stats()).toEqual({ hits: 2, misses: 3 })
})

it('does not remember what failed', async () => {
  const cache = createCache(1000, () => 0)
  await expect(cache.get('a', () => Promise.reject(new Error('no')))).rejects.toThrow('no')
  expect(await cache.get('a', async () => 'yes')).toBe('yes')
})

it('remembers a thousand answers at most', async () => {
  const cache = createCache(1000, () => 0)
  for (let key = 0; key <= 1000; key++) await cache.get(String(key), async () => key)
  expect(await cache.get('0', async () => 'again')).toBe('again')
  expect(await cache.get('1000', async () => 'again')).toBe(1000)
})

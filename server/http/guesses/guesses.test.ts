import { afterEach, beforeEach, expect, it } from 'vitest'
import { openTestServer, type TestServer } from '../../test/test-server.ts'
import { createSharedGuesses, type GuessLimiter } from './store.ts'

let server: TestServer
let budgets: readonly [GuessLimiter, GuessLimiter]

beforeEach(async () => {
  server = await openTestServer()
  const options = { limit: 5, windowMs: 10_000, now: () => server.clock.now }
  const one = () => createSharedGuesses(server.deps.db, 'login', options)
  budgets = [one(), one()]
})

afterEach(() => server.close())

it('is one budget of all servers on a database, even when all are asked at once', async () => {
  const [a, b] = budgets
  const waits = await Promise.all(Array.from({ length: 12 }, (_, i) => (i % 2 ? a : b).take('rani 192.0.2.1')))
  expect(waits.filter((wait) => wait === 0)).toHaveLength(5)
  expect(waits.filter((wait) => wait === 10)).toHaveLength(7)
  expect(await b.take('somebody else')).toBe(0)
  expect(JSON.stringify(await server.deps.db.read('SELECT * FROM rate_limits'))).not.toMatch(/rani|192/)
})

it('slides, takes units back, and keeps nothing longer than its window', async () => {
  const [a, b] = budgets
  const start = server.clock.now
  for (let second = 0; second < 5; second++) {
    server.clock.now = start + second * 1000
    expect(await a.take('rani')).toBe(0)
  }
  expect(await b.take('rani')).toBe(6)
  await b.giveBack('rani')
  expect([await a.take('rani'), await a.take('rani')]).toEqual([0, 6])
  server.clock.now = start + 10_000
  expect([await a.take('rani'), await a.take('rani')]).toEqual([0, 1])
  server.clock.now = start + 60_000
  await a.take('x')
  expect(await server.deps.db.read('SELECT count(*) AS n FROM rate_limits')).toEqual([{ n: 1 }])
  await a.giveBack('nobody')
})

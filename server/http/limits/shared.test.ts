import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { openTestServer, type TestServer } from '../../test/test-server.ts'
import { createLimits, type Limiter } from './limits.ts'

let server: TestServer
beforeEach(async () => {
  server = await openTestServer()
  // At a multiple of the windows below.
  server.clock.now -= server.clock.now % 60_000
})
afterEach(() => server.close())

/** The same budget of two servers on one database. */
const twoServers = (limit: number, windowMs: number): readonly [Limiter, Limiter] => {
  const one = () =>
    createLimits(server.deps.db, 'libsql://absensi', () => server.clock.now).make('login', { limit, windowMs })
  return [one(), one()]
}

describe('a small budget of several servers', () => {
  it('is one, even when all are asked at once', async () => {
    const [a, b] = twoServers(5, 10_000)
    const waits = await Promise.all(Array.from({ length: 12 }, (_, i) => (i % 2 ? a : b).take('rani 192.0.2.1')))
    expect(waits.filter((wait) => wait === 0)).toHaveLength(5)
    expect(waits.filter((wait) => wait === 10)).toHaveLength(7)
    expect(await b.take('somebody else')).toBe(0)
    expect(JSON.stringify(await server.deps.db.read('SELECT * FROM rate_units'))).not.toMatch(/rani|192/)
  })

  it('slides, takes units back, and keeps nothing longer than its window', async () => {
    const [a, b] = twoServers(5, 10_000)
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
    expect(await server.deps.db.read('SELECT count(*) AS n FROM rate_units')).toEqual([{ n: 1 }])
    await a.giveBack('nobody')
  })
})

describe('a large budget of several servers', () => {
  it('is one, taken in slices of a twentieth, and begins again with the next window', async () => {
    const [a, b] = twoServers(100, 60_000)
    let given = 0
    for (let call = 0; call < 150; call++) if ((await (call % 3 ? a : b).take('rani')) === 0) given += 1
    expect(given).toBe(100)
    server.clock.now += 20_500
    expect([await a.take('rani'), await b.take('rani')]).toEqual([40, 40])
    expect(await a.take('budi')).toBe(0)
    expect(JSON.stringify(await server.deps.db.read('SELECT * FROM rate_slices'))).not.toMatch(/rani|budi/)
    server.clock.now += 39_500
    expect([await a.take('rani'), await b.take('rani')]).toEqual([0, 0])
    expect(await server.deps.db.read('SELECT count(*) AS n FROM rate_slices')).toEqual([{ n: 1 }])
  })

  it('writes once for a slice, and takes units back', async () => {
    const [a] = twoServers(100, 60_000)
    for (let call = 0; call < 5; call++) await a.take('rani')
    expect(await server.deps.db.read('SELECT used FROM rate_slices')).toEqual([{ used: 5 }])
    await a.giveBack('rani')
    await a.take('rani')
    expect(await server.deps.db.read('SELECT used FROM rate_slices')).toEqual([{ used: 5 }])
    const waits = await Promise.all(Array.from({ length: 120 }, () => a.take('rani')))
    expect(waits.filter((wait) => wait === 0).length).toBeLessThanOrEqual(95)
    expect(await a.take('rani')).toBe(60)
  })
})

it('two servers whose clocks are a second apart count together all the same', async () => {
  const limits = [0, 1_000].map((ahead) =>
    createLimits(server.deps.db, 'libsql://db', () => server.clock.now + ahead).make('login', {
      limit: 5,
      windowMs: 10_000,
    }),
  )
  const given: number[] = []
  for (let call = 0; call < 12; call++) given.push((await limits[call % 2 === 0 ? 1 : 0]?.take('rani')) ?? -1)
  expect(given.filter((wait) => wait === 0)).toHaveLength(5)
})

it('many first calls at once share one slice, and leave the rest to the other server', async () => {
  const [a, b] = twoServers(100, 60_000)
  expect(await Promise.all(Array.from({ length: 5 }, () => a.take('rani')))).toEqual(Array(5).fill(0))
  expect(await server.deps.db.read('SELECT used FROM rate_slices')).toEqual([{ used: 5 }])
  const others = await Promise.all(Array.from({ length: 120 }, () => b.take('rani')))
  expect(others.filter((wait) => wait === 0)).toHaveLength(95)
})

it('a server alone on its file counts in memory', async () => {
  const limits = createLimits(server.deps.db, 'file:data/absensi.db', () => server.clock.now)
  await limits.make('login', { limit: 5, windowMs: 10_000 }).take('rani')
  expect(limits.shared).toBe(false)
  expect(await server.deps.db.read('SELECT count(*) AS n FROM rate_units')).toEqual([{ n: 0 }])
})

import { randomBytes } from 'node:crypto'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { tokensReply } from '../../shared/contract/auth.ts'
import type { KeyRing } from '../http/keys.ts'
import { openTestServer, PASSWORD, type TestServer } from '../test/test-server.ts'
import { createKnownBrowsers } from './known-browser.ts'

function ring(keys: Readonly<Record<number, string>>, current: number): KeyRing {
  return {
    folder: '',
    current,
    versions: Object.keys(keys).map(Number),
    deriveKey: (purpose, version = current) => Buffer.from(`${keys[version]} ${purpose}`),
  }
}

const who = (id: string) => ({ id, epoch: 3 })

describe('marks', () => {
  const browsers = createKnownBrowsers(ring({ 1: 'one' }, 1))

  it('are found for their person alone, until her sessions are ended', () => {
    const [one, two] = [who('guru-1'), who('guru-2')]
    const marks = browsers.mark(browsers.mark(undefined, one), two)
    const ids = [one, two, who('guru-3'), { ...one, epoch: 4 }].map((person) => browsers.find(marks, person))
    expect(ids).toEqual([expect.stringMatching(/^[\w-]{16}$/), expect.stringMatching(/^[\w-]{16}$/), null, null])
    expect(ids[0]).not.toBe(ids[1])
    expect(marks).not.toContain('guru')
  })

  it('are none when made up, cut off, changed or from another school', () => {
    const marks = browsers.mark(undefined, who('a'))
    const other = createKnownBrowsers(ring({ 1: 'other' }, 1)).mark(undefined, who('a'))
    const made = randomBytes(12).toString('base64url') + randomBytes(16).toString('base64url')
    const changed = (marks[0] === 'A' ? 'B' : 'A') + marks.slice(1)
    for (const bad of [undefined, '', '.', made, marks.slice(0, -3), changed, other, `${marks}${marks}`])
      expect(browsers.find(bad, who('a'))).toBeNull()
  })

  it('keep their id, under a new key too, and are ten at the most, the last ones', () => {
    const first = browsers.mark(undefined, who('n0'))
    const renewed = createKnownBrowsers(ring({ 2: 'two', 1: 'one' }, 2))
    const again = renewed.mark(first, who('n0'))
    expect(renewed.find(again, who('n0'))).toBe(browsers.find(first, who('n0')))
    expect(createKnownBrowsers(ring({ 2: 'two' }, 2)).find(again, who('n0'))).toBe(browsers.find(first, who('n0')))
    let marks = first
    for (let i = 1; i <= 10; i++) marks = browsers.mark(marks, who(`n${i}`))
    expect(browsers.find(marks, who('n0'))).toBeNull()
    for (let i = 1; i <= 10; i++) expect(browsers.find(marks, who(`n${i}`))).not.toBeNull()
    expect(marks.split('.')).toHaveLength(10)
  })
})

describe('a teacher’s browser', () => {
  let server: TestServer
  beforeEach(async () => {
    server = await openTestServer()
  })
  afterEach(() => server.close())

  /** A browser with a cookie jar of its own, behind the school's address. */
  function browser() {
    const jar = new Map<string, string>()
    return async (path: string, body: object, token?: string) => {
      const cookie = [...jar].map(([name, value]) => `${name}=${value}`).join('; ')
      const headers = { 'sec-fetch-site': 'same-origin', ...(cookie === '' ? {} : { cookie }) }
      const more = token === undefined ? {} : ({ method: 'PUT', token } as const)
      const reply = await server.call(`/api/v1/auth/${path}`, { body, headers, ...more })
      for (const line of reply.headers.getSetCookie()) {
        const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(line) ?? []
        jar.set(name, value)
        if (name === 'known_browser')
          expect(line).toMatch(/Max-Age=34560000; Path=\/api\/v1\/auth; HttpOnly; SameSite=Strict$/)
      }
      return reply.status
    }
  }

  it('is let in though students behind the same address have guessed her password wrong', async () => {
    await server.signedIn({ nim: 'guru', role: 'guru' })
    await server.signedIn({ nim: 'siti' })
    const [hers, theirs] = [browser(), browser()]
    expect(await hers('login', { nim: 'guru', password: PASSWORD })).toBe(200)
    expect(await hers('logout', {})).toBe(200)
    expect(await theirs('login', { nim: 'siti', password: PASSWORD })).toBe(200)
    for (let i = 0; i < 60; i++) await theirs('login', { nim: 'guru', password: 'salah' })
    expect(await theirs('login', { nim: 'guru', password: PASSWORD })).toBe(429)
    expect(await hers('login', { nim: 'guru', password: PASSWORD })).toBe(200)
  })

  it('has five wrong tries itself, and knows who activated her account in it', async () => {
    const { nim, code } = await server.addUser({ nim: 'guru' })
    const hers = browser()
    expect(await hers('activate', { nim, code, password: PASSWORD })).toBe(200)
    for (let i = 0; i < 5; i++) await browser()('login', { nim, password: 'salah' })
    const tries = Array.from({ length: 6 }, () => hers('login', { nim, password: 'salah' }))
    expect((await Promise.all(tries)).sort()).toEqual([401, 401, 401, 401, 401, 429])
    expect(await hers('login', { nim, password: PASSWORD })).toBe(429)
    server.clock.now += 15 * 60_000
    expect(await hers('login', { nim, password: PASSWORD })).toBe(200)
  })

  it('keeps its mark through her own change of password, and one from before it is worth nothing', async () => {
    const { user } = await server.signedIn({ nim: 'guru' })
    const [hers, theirs] = [browser(), browser()]
    for (const one of [hers, theirs]) expect(await one('login', { nim: 'guru', password: PASSWORD })).toBe(200)
    const fresh = 'baru sekali 22'
    const { access_token: token } = await server.ask(tokensReply, '/api/v1/auth/login', {
      body: { nim: user.nim, password: PASSWORD },
    })
    expect(await hers('change-password', { current_password: PASSWORD, new_password: fresh }, token)).toBe(200)
    for (let i = 0; i < 5; i++) await browser()('login', { nim: 'guru', password: 'salah' })
    expect(await theirs('login', { nim: 'guru', password: fresh })).toBe(429)
    expect(await hers('login', { nim: 'guru', password: fresh })).toBe(200)
  })

  it('is not told apart by a caller that is no browser', async () => {
    await server.signedIn({ nim: 'a' })
    const reply = await server.call('/api/v1/auth/login', { body: { nim: 'a', password: PASSWORD } })
    expect(reply.headers.getSetCookie()).toEqual([])
  })
})

import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { openTestServer, type TestServer } from '../test/test-server.ts'

let server: TestServer

beforeEach(async () => {
  server = await openTestServer({ TRUSTED_PROXIES: '10.0.0.0/8' })
})

afterEach(() => server.close())

const LOGIN = '/api/v1/auth/login'
const wrong = { nim: 'nobody', password: 'salah-1234' }

/** The address that failed logins behind the proxy are noted under, newest last. */
async function notedAddresses(forwarded: readonly string[]): Promise<unknown[]> {
  for (const header of forwarded)
    await server.call(LOGIN, { body: wrong, headers: { 'x-forwarded-for': header }, address: '10.0.0.1' })
  const rows = await server.deps.db.read("SELECT ip_address FROM audit_logs WHERE action = 'login_failed' ORDER BY seq")
  return rows.map((row) => row.ip_address)
}

describe('an address behind a proxy', () => {
  it('is what the nearest proxy saw, with its port or in brackets too, never what the caller wrote before it', async () => {
    expect(
      await notedAddresses([
        '198.51.100.1, 203.0.113.5:41234',
        '198.51.100.2, [2001:db8::7]:443',
        '198.51.100.3, [2001:db8::8]',
        '198.51.100.4, unknown',
      ]),
    ).toEqual(['203.0.113.5', '2001:db8::7', '2001:db8::8', '10.0.0.1'])
  })
})

describe('the limit of a user', () => {
  it('counts her calls where no token is needed', async () => {
    const { access_token: token } = await server.signedIn()
    for (let i = 0; i < 100; i += 1) expect((await server.call('/api/v1/health', { token })).status).toBe(200)
    expect((await server.call('/api/v1/health', { token })).status).toBe(429)
    expect((await server.call('/api/v1/health')).status).toBe(200)
  })
})

describe('the limit of an address', () => {
  it('counts requests with a token that is none of ours', async () => {
    const refresh = (token?: string) =>
      server.call('/api/v1/auth/refresh', { body: {}, headers: token === undefined ? {} : { authorization: token } })
    for (let i = 0; i < 600; i += 1) expect((await refresh(i % 2 === 0 ? 'Bearer a.b.c' : 'x')).status).toBe(401)
    expect((await refresh('Bearer a.b.c')).status).toBe(429)
    expect((await refresh()).status).toBe(429)
  })
})

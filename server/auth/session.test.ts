import { SignJWT } from 'jose'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { okReply, tokensReply } from '../../shared/contract/auth.ts'
import { openTestServer, PASSWORD, type TestServer } from '../test/test-server.ts'
import { drawCode } from './code.ts'

let server: TestServer

beforeEach(async () => {
  server = await openTestServer()
})

afterEach(() => server.close())

const LOGIN = '/api/v1/auth/login'
const REFRESH = '/api/v1/auth/refresh'
const ME = '/api/v1/auth/me'
const BROWSER = { 'sec-fetch-site': 'same-origin' }
const MINUTE = 60_000
const DAY = 86_400_000

const cookieOf = (reply: Response) => (reply.headers.get('set-cookie') ?? '').split(';')[0] ?? ''

async function signInBrowser(): Promise<string> {
  const { user } = await server.signedIn()
  return cookieOf(await server.call(LOGIN, { body: { nim: user.nim, password: PASSWORD }, headers: BROWSER }))
}

const renew = (cookie: string) => server.call(REFRESH, { body: {}, headers: { ...BROWSER, cookie } })

describe('signing out everywhere', () => {
  it('ends every session of the person and nobody else’s', async () => {
    const first = await server.signedIn()
    const second = await server.ask(tokensReply, LOGIN, { body: { nim: first.user.nim, password: PASSWORD } })
    const other = await server.signedIn()
    await server.ask(okReply, '/api/v1/auth/logout-everywhere', { method: 'POST', token: first.access_token })
    for (const { access_token: token, refresh_token } of [first, second]) {
      expect((await server.call(ME, { token })).status).toBe(401)
      expect((await server.call(REFRESH, { body: { refresh_token } })).status).toBe(401)
    }
    expect((await server.call(ME, { token: other.access_token })).status).toBe(200)
    expect(await server.deps.db.read("SELECT 1 AS n FROM audit_logs WHERE action = 'logout_everywhere'")).toHaveLength(
      1,
    )
  })
})

describe('refresh', () => {
  it('rotates, and a spent token ends its whole family', async () => {
    const first = await server.signedIn()
    const second = await server.ask(tokensReply, REFRESH, { body: { refresh_token: first.refresh_token } })
    expect(second.refresh_token).not.toBe(first.refresh_token)
    const other = await server.ask(tokensReply, LOGIN, { body: { nim: first.user.nim, password: PASSWORD } })
    expect((await server.refused(REFRESH, { body: { refresh_token: first.refresh_token } })).code).toBe(
      'unauthenticated',
    )
    expect((await server.call(REFRESH, { body: { refresh_token: second.refresh_token } })).status).toBe(401)
    expect((await server.call(REFRESH, { body: { refresh_token: other.refresh_token } })).status).toBe(200)
    expect(await server.deps.db.read("SELECT 1 AS n FROM audit_logs WHERE action = 'refresh_reuse'")).toHaveLength(1)
  })

  it('keeps a browser token in a cookie no script and no other site gets', async () => {
    const { user } = await server.signedIn()
    const login = await server.call(LOGIN, { body: { nim: user.nim, password: PASSWORD }, headers: BROWSER })
    expect(await login.json()).not.toHaveProperty('refresh_token')
    expect(login.headers.getSetCookie()[0]).toMatch(
      /^refresh_token=[\w-]{43}; Max-Age=604800; Path=\/api\/v1\/auth; HttpOnly; SameSite=Strict$/,
    )
    const asked = await server.call(REFRESH, {
      body: {},
      headers: { cookie: cookieOf(login), 'x-client': 'api' },
    })
    expect(await asked.json()).not.toHaveProperty('refresh_token')
    expect(cookieOf(asked)).not.toBe(cookieOf(login))
  })

  it('marks the cookie Secure everywhere but on plain HTTP to this machine', async () => {
    const { user } = await server.signedIn()
    const reply = await server.app.request('http://absensi.sekolah.sch.id/api/v1/auth/login', {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...BROWSER },
      body: JSON.stringify({ nim: user.nim, password: PASSWORD }),
    })
    expect(reply.headers.get('set-cookie')).toContain('; Secure')
  })

  it('forgives two tabs that race, without handing out a second refresh token', async () => {
    const { user } = await server.signedIn()
    const login = await server.call(LOGIN, { body: { nim: user.nim, password: PASSWORD }, headers: BROWSER })
    const headers = { ...BROWSER, cookie: cookieOf(login) }
    const replies = await Promise.all([1, 2].map(() => server.call(REFRESH, { body: {}, headers })))
    expect(replies.map(({ status }) => status)).toEqual([200, 200])
    expect(replies.filter((reply) => reply.headers.has('set-cookie'))).toHaveLength(1)
    const next = replies.map(cookieOf).find((cookie) => cookie !== '') ?? ''
    expect((await renew(next)).status).toBe(200)
    server.clock.now += 11_000
    const late = await server.call(REFRESH, { body: {}, headers })
    expect(late.status).toBe(401)
    expect(late.headers.get('set-cookie')).toMatch(/^refresh_token=;.*Max-Age=0/)
  })

  it('goes on when the answer with the next cookie was lost, as often as it is', async () => {
    const before = await signInBrowser()
    let next = before
    for (let i = 0; i < 3; i++) {
      server.clock.now += MINUTE
      const answer = await renew(before)
      expect(answer.status).toBe(200)
      next = cookieOf(answer)
      expect(next).toMatch(/^refresh_token=[\w-]{43}$/)
    }
    server.clock.now += MINUTE
    expect((await renew(next)).status).toBe(200)
    server.clock.now += MINUTE
    expect((await renew(before)).status).toBe(401)
    expect((await renew(next)).status).toBe(401)
  })

  it('gives two tabs one cookie after a lost answer', async () => {
    const before = await signInBrowser()
    await renew(before)
    server.clock.now += MINUTE
    const answers = await Promise.all([renew(before), renew(before)])
    expect(answers.map(({ status }) => status)).toEqual([200, 200])
    expect(answers.filter((answer) => answer.headers.has('set-cookie'))).toHaveLength(1)
  })

  it('ends the family when the successor that was given up comes back', async () => {
    const before = await signInBrowser()
    const hers = cookieOf(await renew(before))
    server.clock.now += MINUTE
    const thiefs = cookieOf(await renew(before))
    server.clock.now += MINUTE
    expect((await renew(hers)).status).toBe(401)
    expect((await renew(thiefs)).status).toBe(401)
    expect(await server.deps.db.read("SELECT 1 AS n FROM audit_logs WHERE action = 'refresh_reuse'")).toHaveLength(1)
  })

  it('has a budget of its own: who uses up the address stops no renewal and no sign-out', async () => {
    const cookie = await signInBrowser()
    for (let i = 0; i < 600; i++) await server.call('/api/v1/health')
    expect((await renew('refresh_token=of-nobody')).status).toBe(429)
    const renewed = await renew(cookie)
    expect(renewed.status).toBe(200)
    const headers = { ...BROWSER, cookie: cookieOf(renewed) }
    expect((await server.call('/api/v1/auth/logout', { body: {}, headers })).status).toBe(200)
    expect((await server.call('/api/v1/auth/logout', { body: {}, headers })).status).toBe(429)
  })

  it('ends after seven days and at logout', async () => {
    const { refresh_token } = await server.signedIn()
    await server.ask(okReply, '/api/v1/auth/logout', { body: { refresh_token } })
    expect((await server.call(REFRESH, { body: { refresh_token } })).status).toBe(401)
    const again = await server.signedIn()
    server.clock.now += 7 * DAY
    expect((await server.call(REFRESH, { body: { refresh_token: again.refresh_token } })).status).toBe(401)
  })
})

describe('access', () => {
  it('ends after an hour', async () => {
    const { access_token } = await server.signedIn()
    server.clock.now += 59 * MINUTE
    expect((await server.call(ME, { token: access_token })).status).toBe(200)
    server.clock.now += 2 * MINUTE
    expect((await server.refused(ME, { token: access_token })).code).toBe('unauthenticated')
  })

  it('ends within two seconds of a deactivation', async () => {
    const { access_token, user } = await server.signedIn()
    expect((await server.call(ME, { token: access_token })).status).toBe(200)
    await server.deps.db.write([{ sql: 'UPDATE users SET is_active = 0 WHERE id = ?', args: [user.id] }])
    server.clock.now += 2_000
    expect((await server.call(ME, { token: access_token })).status).toBe(401)
    expect((await server.call(LOGIN, { body: { nim: user.nim, password: PASSWORD } })).status).toBe(401)
  })

  it('ends for every session when the password changes', async () => {
    const { access_token, refresh_token, user } = await server.signedIn()
    const change = (current_password: string) =>
      server.call('/api/v1/auth/change-password', {
        method: 'PUT',
        token: access_token,
        body: { current_password, new_password: 'kata-baru-8' },
      })
    expect((await change('bukan-ini-1')).status).toBe(401)
    const changed = tokensReply.parse(await (await change(PASSWORD)).json())
    expect((await server.call(ME, { token: access_token })).status).toBe(401)
    expect((await server.call(REFRESH, { body: { refresh_token } })).status).toBe(401)
    expect((await server.call(ME, { token: changed.access_token })).status).toBe(200)
    expect((await server.call(LOGIN, { body: { nim: user.nim, password: 'kata-baru-8' } })).status).toBe(200)
  })

  it('does not come back by a change of it that began before the office took it away', async () => {
    const { access_token, user } = await server.signedIn()
    const { db } = server.deps
    const { write } = db
    db.write = async (statements) => {
      if (!statements.some(({ sql }) => /SET password_hash = \?/.test(sql))) return write(statements)
      db.write = write
      await write([{ sql: 'UPDATE users SET password_hash = NULL, epoch = epoch + 1 WHERE id = ?', args: [user.id] }])
      return write(statements)
    }
    const body = { current_password: PASSWORD, new_password: 'kata-baru-8' }
    const change = { method: 'PUT', token: access_token, body }
    expect((await server.refused('/api/v1/auth/change-password', change)).code).toBe('unauthenticated')
    expect(await db.read('SELECT password_hash FROM users WHERE id = ?', [user.id])).toEqual([{ password_hash: null }])
  })

  it('leaves no code good that would set another', async () => {
    const { access_token, user } = await server.signedIn()
    const [key] = [drawCode(server.deps.keyRing, user.id, server.clock.now)]
    await server.deps.db.write([
      {
        sql: `REPLACE INTO activation_codes (user_id, code_hmac, key_version, created_at, expires_at) VALUES (?, ?, ?, 0, ?)`,
        args: [user.id, key.codeHmac, key.keyVersion, key.expiresAt],
      },
    ])
    const body = { current_password: PASSWORD, new_password: 'kata-baru-8' }
    await server.call('/api/v1/auth/change-password', { method: 'PUT', token: access_token, body })
    const activate = { body: { nim: user.nim, code: key.code, password: 'kata-lain-9' } }
    expect((await server.refused('/api/v1/auth/activate', activate)).code).toBe('wrong_code')
  })

  it('refuses other algorithms, other keys, other types and unsigned tokens', async () => {
    const { user, access_token } = await server.signedIn()
    const key = server.deps.keyRing.deriveKey('access-token')
    const make = (claims: Record<string, unknown>, alg: string, signer: Uint8Array, exp?: number) =>
      new SignJWT({ role: 'admin', epoch: 1, ...claims })
        .setProtectedHeader({ alg, typ: 'JWT' })
        .setSubject(user.id)
        .setIssuedAt(server.clock.now / 1000)
        .setExpirationTime(exp ?? server.clock.now / 1000 + 60)
        .sign(signer)
    const [head, body] = access_token.split('.')
    const none = `${Buffer.from('{"alg":"none","typ":"JWT"}').toString('base64url')}.${body}.`
    const forged = [
      await make({ type: 'access' }, 'HS512', key),
      await make({ type: 'access' }, 'HS256', new Uint8Array(32)),
      await make({ type: 'refresh' }, 'HS256', key),
      none,
      `${head}.${body}.AAAA`,
      '',
    ]
    for (const token of forged) expect((await server.call(ME, { token })).status).toBe(401)
    expect((await server.call(ME, { token: await make({ type: 'access' }, 'HS256', key) })).status).toBe(200)
  })

  it('is limited to a hundred requests a minute a user', async () => {
    const { access_token } = await server.signedIn()
    const other = await server.signedIn()
    for (let i = 0; i < 100; i++) expect((await server.call(ME, { token: access_token })).status).toBe(200)
    const reply = await server.call(ME, { token: access_token })
    expect(reply.status).toBe(429)
    expect(reply.headers.get('retry-after')).toBe('60')
    expect((await server.call(ME, { token: other.access_token })).status).toBe(200)
  })
})

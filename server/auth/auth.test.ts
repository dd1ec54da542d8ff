import { decodeJwt, SignJWT } from 'jose'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { meReply, okReply, tokensReply } from '../../shared/contract/auth.ts'
import { openTestServer, PASSWORD, type TestServer } from '../test/test-server.ts'

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

describe('login', () => {
  it('answers as the plan says, and /me knows the user', async () => {
    const { user } = await server.signedIn({ nim: '2026/001', name: 'Siti', kelas: 'X-2' })
    const tokens = await server.ask(tokensReply, LOGIN, { body: { nim: ' 2026/001 ', password: PASSWORD } })
    expect(tokens).toMatchObject({ token_type: 'bearer', expires_in: 3600 })
    expect(tokens.user).toEqual({
      id: user.id,
      nim: '2026/001',
      name: 'Siti',
      email: null,
      role: 'user',
      has_face: false,
      kelas: 'X-2',
    })
    expect(decodeJwt(tokens.access_token)).toMatchObject({ sub: user.id, role: 'user', type: 'access' })
    const me = await server.ask(meReply, ME, { token: tokens.access_token })
    expect(me.accommodation).toEqual({ poses: 'guided', slow: false })
  })

  it('refuses unknown, not activated and wrong alike', async () => {
    await server.signedIn({ nim: 'active' })
    await server.addUser({ nim: 'waiting' })
    const replies = await Promise.all(
      ['active', 'waiting', 'nobody'].map((nim) => server.refused(LOGIN, { body: { nim, password: 'salah-1234' } })),
    )
    for (const problem of replies) {
      expect(problem).toMatchObject({ code: 'wrong_credentials', status: 401 })
      expect({ ...problem, request_id: '' }).toEqual({ ...replies[0], request_id: '' })
    }
  })

  it('takes five failures of a NIM from an address, even all at once, then asks to wait', async () => {
    await server.signedIn({ nim: 'a' })
    const tries = Array.from({ length: 8 }, () => server.refused(LOGIN, { body: { nim: 'a', password: 'x' } }))
    const codes = (await Promise.all(tries)).map(({ code }) => code)
    expect(codes.filter((code) => code === 'wrong_credentials')).toHaveLength(5)
    const reply = await server.call(LOGIN, { body: { nim: 'A', password: PASSWORD } })
    expect(reply.status).toBe(429)
    expect(Number(reply.headers.get('retry-after'))).toBe(900)
    const elsewhere = { body: { nim: 'a', password: PASSWORD }, address: '198.51.100.7' }
    expect((await server.call(LOGIN, elsewhere)).status).toBe(200)
    server.clock.now += 15 * MINUTE
    expect((await server.call(LOGIN, { body: { nim: 'a', password: PASSWORD } })).status).toBe(200)
  })

  it('does not count successes', async () => {
    await server.signedIn({ nim: 'a' })
    for (let i = 0; i < 8; i++)
      expect((await server.call(LOGIN, { body: { nim: 'a', password: PASSWORD } })).status).toBe(200)
  })

  it('never lets a password through that only its first 72 bytes match', async () => {
    const { nim, code } = await server.addUser()
    const long = `a1${'x'.repeat(70)}`
    await server.ask(tokensReply, '/api/v1/auth/activate', { body: { nim, code, password: long } })
    expect((await server.call(LOGIN, { body: { nim, password: `${long}y` } })).status).toBe(401)
  })

  it('leaves no password, hash, code or token in replies, logs and audit lines', async () => {
    const { nim, code } = await server.addUser({ nim: 'NIM/77' })
    const tokens = await server.ask(tokensReply, '/api/v1/auth/activate', { body: { nim, code, password: PASSWORD } })
    await server.call(LOGIN, { body: { nim, password: 'rahasia-salah-9' } })
    const bad = await server.call(LOGIN, { body: { nim, password: { secret: 'rahasia-objek' } } })
    expect(bad.status).toBe(400)
    const audit = JSON.stringify(await server.deps.db.read('SELECT * FROM audit_logs'))
    const seen = [await bad.text(), server.lines.join('\n'), audit].join('\n')
    for (const secret of [PASSWORD, 'rahasia', code, tokens.access_token, tokens.refresh_token ?? '-', '$2', nim])
      expect(seen).not.toContain(secret)
    const stored = JSON.stringify(await server.deps.db.read('SELECT * FROM refresh_tokens, activation_codes'))
    expect(stored).not.toContain(tokens.refresh_token)
    expect(stored).not.toContain(code.replace('-', ''))
  })
})

describe('activation', () => {
  const ACTIVATE = '/api/v1/auth/activate'

  it('sets the password once, forgiving how the code is typed', async () => {
    const { nim, code } = await server.addUser()
    const typed = ` ${code.toLowerCase().replace('-', ' ').replaceAll('0', 'o').replaceAll('1', 'l')} `
    await server.ask(tokensReply, ACTIVATE, { body: { nim, code: typed, password: PASSWORD } })
    expect((await server.call(LOGIN, { body: { nim, password: PASSWORD } })).status).toBe(200)
    expect((await server.refused(ACTIVATE, { body: { nim, code, password: PASSWORD } })).code).toBe('wrong_code')
  })

  it('gives five tries', async () => {
    const { nim, code } = await server.addUser()
    for (let i = 0; i < 5; i++)
      expect((await server.refused(ACTIVATE, { body: { nim, code: 'AAAAA-AAAAA', password: PASSWORD } })).code).toBe(
        'wrong_code',
      )
    expect((await server.refused(ACTIVATE, { body: { nim, code, password: PASSWORD } })).code).toBe('wrong_code')
  })

  it('ends after 14 days, and says nothing about unknown NIMs', async () => {
    const { nim, code } = await server.addUser()
    server.clock.now += 14 * DAY
    const late = await server.refused(ACTIVATE, { body: { nim, code, password: PASSWORD } })
    const unknown = await server.refused(ACTIVATE, { body: { nim: 'nobody', code, password: PASSWORD } })
    expect({ ...late, request_id: '' }).toEqual({ ...unknown, request_id: '' })
  })

  it('is won by one of two at the same time', async () => {
    const { nim, code } = await server.addUser()
    const replies = await Promise.all(
      ['satu-1234', 'dua-12345'].map((password) => server.call(ACTIVATE, { body: { nim, code, password } })),
    )
    expect(replies.map(({ status }) => status).sort()).toEqual([200, 401])
  })

  it.each(['short1', 'noletters'.replace(/./g, '1'), 'nodigitshere', `a1${'é'.repeat(40)}`])(
    'refuses the weak password %s without using a try',
    async (password) => {
      const { nim, code } = await server.addUser()
      const problem = await server.refused(ACTIVATE, { body: { nim, code, password } })
      expect(problem.code).toBe('weak_password')
      expect(JSON.stringify(problem)).not.toContain(password)
      const [row] = await server.deps.db.read('SELECT tries FROM activation_codes')
      expect(row).toEqual({ tries: 0 })
    },
  )
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
    expect(login.headers.get('set-cookie')).toMatch(
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
    server.clock.now += 11_000
    const late = await server.call(REFRESH, { body: {}, headers })
    expect(late.status).toBe(401)
    expect(late.headers.get('set-cookie')).toMatch(/^refresh_token=;.*Max-Age=0/)
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

import { decodeJwt } from 'jose'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { meReply, tokensReply } from '../../shared/contract/auth.ts'
import { openTestServer, PASSWORD, type TestServer } from '../test/test-server.ts'

let server: TestServer

beforeEach(async () => {
  server = await openTestServer()
})

afterEach(() => server.close())

const LOGIN = '/api/v1/auth/login'
const ME = '/api/v1/auth/me'
const MINUTE = 60_000
const DAY = 86_400_000

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

  it('lets who signed in before in again when others have used the address up with NIMs of nobody', async () => {
    for (const nim of ['a', 'b']) await server.signedIn({ nim })
    const enter = async (nim: string, password = PASSWORD) =>
      (await server.call(LOGIN, { body: { nim, password } })).status
    expect(await enter('a')).toBe(200)
    for (let i = 0; i < 300; i++) {
      if (i % 100 === 0) server.clock.now += MINUTE
      await enter(`nobody-${i}`, 'x')
    }
    expect([await enter('a'), await enter('b')]).toEqual([200, 429])
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

  it('takes five wrong tries of a NIM from an address, and fifty of all', async () => {
    const { nim, code } = await server.addUser()
    const enter = async (typed: string, address: string, of = nim) =>
      (await server.call(ACTIVATE, { body: { nim: of, code: typed, password: PASSWORD }, address })).status
    for (let i = 0; i < 5; i++) expect(await enter('AAAAA-AAAAA', '192.0.2.1')).toBe(401)
    expect(await enter(code, '192.0.2.1')).toBe(429)
    const budi = await server.addUser()
    for (let i = 0; i < 5; i++) expect(await enter('AAAAA-AAAAA', '192.0.2.7', budi.nim)).toBe(401)
    expect(await enter(budi.code, '192.0.2.8', budi.nim)).toBe(200)
    for (let i = 5; i < 50; i++) expect(await enter('AAAAA-AAAAA', `192.0.2.${10 + Math.floor(i / 5)}`)).toBe(401)
    expect(await enter(code, '198.51.100.7')).toBe(401)
  })

  it('writes as much for a NIM of nobody, of somebody without a code, and of one with a code', async () => {
    const [open, used] = [await server.addUser(), (await server.signedIn()).user]
    const before = await server.deps.db.read('SELECT max(seq) AS seq FROM audit_logs')
    for (const nim of [open.nim, used.nim, 'nobody'])
      await server.refused(ACTIVATE, { body: { nim, code: 'AAAAA-AAAAA', password: PASSWORD } })
    const after = 'SELECT action, entity_id FROM audit_logs WHERE seq > ? ORDER BY seq'
    expect(await server.deps.db.read(after, [Number(before[0]?.seq)])).toEqual(
      [open.id, used.id, null].map((entity_id) => ({ action: 'activate_failed', entity_id })),
    )
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

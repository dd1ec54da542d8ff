import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { ENDPOINTS } from '../shared/contract/api/all.ts'
import { confirmReply, tokensReply } from '../shared/contract/auth.ts'
import { CALLERS, type Caller, type Endpoint, LIMITS } from '../shared/contract/endpoint.ts'
import { problemSchema } from '../shared/contract/problem.ts'
import { exampleOf } from './test/example.ts'
import { makeKiosk, signCall } from './test/test-kiosk.ts'
import { openTestServer, PASSWORD, type TestDevice, type TestServer } from './test/test-server.ts'
import { enrol, makeStudent } from './test/test-student.ts'

/** Every row of the plan: method, path, who may. */
const PLAN: readonly (readonly [row: string, who: readonly Caller[]])[] = [
  ['POST /auth/register', ['anyone']],
  ['POST /auth/login', ['anyone']],
  ['POST /auth/logout', ['anyone']],
  ['POST /auth/refresh', ['anyone']],
  ['GET /auth/me', ['user']],
  ['PUT /auth/change-password', ['user']],
  ['POST /face/scan', ['user']],
  ['POST /face/register', ['user']],
  ['POST /face/register-upload', ['user']],
  ['POST /face/verify', ['user']],
  ['DELETE /face/unregister', ['user']],
  ['GET /face/status', ['user']],
  ['POST /face/admin/register', ['admin']],
  ['POST /face/admin/register-upload', ['admin']],
  ['DELETE /face/admin/unregister/{user_id}', ['admin']],
  ['GET /face/registered-users', ['admin', 'staff']],
  ['POST /absensi/submit', ['user']],
  ['GET /absensi/history', ['user']],
  ['GET /absensi/today', ['user']],
  ['GET /absensi/statistics', ['user']],
  ['GET /absensi/check-status', ['user']],
  ['GET /absensi/admin/all', ['admin', 'staff']],
  ['GET /absensi/admin/statistics', ['admin', 'staff']],
  ['GET /absensi/admin/export', ['admin', 'staff']],
  ['GET /absensi/admin/daily-report', ['admin', 'staff']],
  ['GET /admin/dashboard', ['admin', 'staff']],
  ['GET /admin/statistics', ['admin', 'staff']],
  ['GET /admin/students', ['admin', 'staff']],
  ['POST /admin/students', ['admin']],
  ['POST /admin/students/bulk', ['admin']],
  ['GET /admin/students/dropdown', ['admin', 'staff']],
  ['GET /admin/students/without-face', ['admin', 'staff']],
  ['GET /admin/students/with-face', ['admin', 'staff']],
  ['DELETE /admin/students/{id}', ['admin']],
  ['GET /admin/users', ['admin']],
  ['POST /admin/users', ['admin']],
  ['GET /admin/users/{id}', ['admin']],
  ['PUT /admin/users/{id}', ['admin']],
  ['DELETE /admin/users/{id}', ['admin']],
  ['POST /admin/make-admin/{id}', ['admin']],
  ['POST /admin/revoke-admin/{id}', ['admin']],
  ['GET /admin/report', ['admin', 'staff']],
  ['POST /public/scan-attendance', ['kiosk']],
  ['GET /public/history/{nim}', ['anyone']],
  ['GET /public/check-status/{nim}', ['anyone']],
  ['GET /public/today-stats', ['anyone']],
  ['GET /public/latest-attendance', ['anyone']],
  ['POST /devices', ['user']],
  ['GET /devices', ['user']],
  ['POST /face/tickets', ['user']],
]

const nameOf = ({ method, path }: Endpoint) => `${method} ${path}`

describe('the contract', () => {
  it('holds every row of the plan, for those who may', () => {
    for (const [row, who] of PLAN) {
      const found = ENDPOINTS.find((endpoint) => nameOf(endpoint) === row)
      expect(found, row).toBeDefined()
      expect(who, row).toContain(found?.who)
    }
  })

  it('says of each row who may, how often, and what it takes, once', () => {
    expect(new Set(ENDPOINTS.map(nameOf)).size).toBe(ENDPOINTS.length)
    for (const row of ENDPOINTS) {
      expect(CALLERS, nameOf(row)).toContain(row.who)
      expect(Object.keys(LIMITS), nameOf(row)).toContain(row.limit)
      expect(row.summary, nameOf(row)).toMatch(/^[\p{Lu}“].{10,}\.$/u)
      expect(row.params === undefined, nameOf(row)).toBe(!row.path.includes('{'))
      // Nobody may be told apart by another budget than her own.
      if (LIMITS[row.limit].per === 'user') expect(['anyone', 'kiosk'], nameOf(row)).not.toContain(row.who)
      if (row.confirm === true) expect(['anyone', 'kiosk'], nameOf(row)).not.toContain(row.who)
    }
  })
})

describe('the running app', () => {
  let server: TestServer
  let kiosk: TestDevice
  const secrets: string[] = [PASSWORD]
  const replies: string[] = []

  const signIn = async (nim: string) => {
    const body = { nim, password: PASSWORD }
    return (await server.ask(tokensReply, '/api/v1/auth/login', { body })).access_token
  }

  beforeAll(async () => {
    server = await openTestServer()
    await enrol(server, await makeStudent(server, { nim: 'walk-1' }))
    const master = readFileSync(join(server.folder, 'keys', 'master.json'), 'utf8')
    const [sealed] = await server.deps.db.read('SELECT encoding_data FROM face_encodings LIMIT 1')
    const bytes = Buffer.from(sealed?.encoding_data as ArrayBuffer)
    secrets.push(...[...master.matchAll(/[\w-]{43}/g)].map(([key]) => key))
    secrets.push(bytes.toString('base64url').slice(0, 40), bytes.toString('hex').slice(0, 40))
    await server.signedIn({ nim: 'walk-guru', role: 'guru', kelas: null })
    const admin = await server.signedIn({ nim: 'walk-admin', role: 'admin', kelas: null })
    kiosk = await makeKiosk(server, admin.access_token)
    await server.signedIn({ nim: 'walk-admin-2', role: 'admin', kelas: null })
  })
  afterAll(() => server?.close())

  it('serves the rows of the contract and nothing beside them', () => {
    const served = server.app.routes
      .filter(({ method, path }) => method !== 'ALL' && path.startsWith('/api/v1/'))
      .map(({ method, path }) => `${method} ${path.slice('/api/v1'.length).replace(/:(\w+)/g, '{$1}')}`)
    expect([...new Set(served)].sort()).toEqual(ENDPOINTS.map(nameOf).sort())
  })

  /** Calls a row with an example of everything it asks for. */
  const callRow = async (row: Endpoint, token: string | undefined, confirmation?: string, signed = false) => {
    server.clock.now += 7000
    const params = (row.params === undefined ? {} : exampleOf(row.params)) as Record<string, string>
    const path = row.path.replace(/\{(\w+)\}/g, (_, name: string) => encodeURIComponent(String(params[name] ?? 'x')))
    const query = row.query === undefined ? {} : (exampleOf(row.query) as Record<string, string>)
    const call = {
      method: row.method,
      ...(row.body === undefined ? {} : { body: exampleOf(row.body) }),
      ...(token === undefined ? {} : { token }),
      ...(confirmation === undefined ? {} : { headers: { 'x-confirmation': confirmation } }),
    }
    const at = `/api/v1${path}`
    const sent = signed ? await signCall(server, kiosk, at, call) : call
    const reply = await server.call(`${at}?${new URLSearchParams(query)}`, sent)
    const text = await reply.text()
    replies.push(text)
    const problem = reply.headers.get('content-type')?.startsWith('application/problem+json')
      ? problemSchema.parse(JSON.parse(text))
      : null
    // Without a mail server some things cannot be done, and say so.
    if (problem?.code !== 'unavailable') expect(reply.status, `${nameOf(row)}: ${text.slice(0, 300)}`).toBeLessThan(500)
    expect(reply.status >= 400, nameOf(row)).toBe(problem !== null)
    return { code: problem?.code }
  }

  const RANK = { anyone: 0, user: 1, staff: 2, admin: 3, kiosk: 9 } as const

  it.each(ENDPOINTS.map((row) => [nameOf(row), row] as const))('%s: lets those through who may', async (_, row) => {
    // Rows may end sessions: everybody signs in anew.
    const tokens = [undefined, await signIn('walk-1'), await signIn('walk-guru'), await signIn('walk-admin')]
    for (const [rank, token] of tokens.entries()) {
      const { code } = await callRow(row, token)
      const who = `${nameOf(row)} by ${['nobody', 'student', 'guru', 'admin'][rank]}`
      if (rank >= RANK[row.who]) {
        // A row for anyone may hold a token of its own, and refuse that.
        expect(row.who === 'anyone' ? ['forbidden'] : ['unauthenticated', 'forbidden'], who).not.toContain(code)
        if (row.confirm === true) expect(code, who).toBe('confirm_password')
      } else expect(code, who).toBe(rank === 0 || row.who === 'kiosk' ? 'unauthenticated' : 'forbidden')
    }
    const byKiosk = await callRow(row, undefined, undefined, true)
    if (row.who === 'kiosk') expect(byKiosk.code, nameOf(row)).not.toBe('unauthenticated')
    else if (row.who !== 'anyone') expect(byKiosk.code, nameOf(row)).toBe('unauthenticated')
    if (row.confirm === true) {
      const { confirmation } = await server.ask(confirmReply, '/api/v1/auth/confirm', {
        body: { password: PASSWORD },
        ...(tokens[3] === undefined ? {} : { token: tokens[3] }),
      })
      expect((await callRow(row, tokens[3], confirmation)).code).not.toBe('confirm_password')
    }
  })

  it('says nothing it must not say: in no reply and in no line of the log', async () => {
    expect(secrets.filter((secret) => secret.length < 8)).toEqual([])
    expect(secrets).toHaveLength(4)
    const everything = [...replies, ...server.lines].join('\n')
    expect(everything.length).toBeGreaterThan(10_000)
    for (const secret of secrets) expect(everything).not.toContain(secret)
    expect(everything).not.toMatch(/\$2[aby]\$\d\d\$/)
    expect(everything).not.toMatch(/\b(SELECT|INSERT INTO|UPDATE|DELETE FROM)\b.{1,80}\b(FROM|VALUES|SET|WHERE)\b/)
    // 20 and more numbers in a row: a vector.
    expect(everything).not.toMatch(/(-?\d\.\d+(e-\d+)?,\s*){20}/)
    expect(everything).not.toMatch(/password_hash|code_hmac|token_hash|encoding_data|wrapped_key/)
  })
})

import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { ENDPOINTS } from '../shared/contract/api/all.ts'
import { confirmReply, tokensReply } from '../shared/contract/auth.ts'
import { problemSchema } from '../shared/contract/problem.ts'
import { exampleOf } from './test/example.ts'
import { MARKER, type Malformed, malformedFor } from './test/malformed.ts'
import { openTestServer, PASSWORD, type TestServer } from './test/test-server.ts'

/** Bodies sent to each row. */
const COUNT = 200
/** Bytes the heap may have grown after all of them. */
const GROWTH = 40_000_000

const ROWS = ENDPOINTS.filter(({ body, who }) => body !== undefined && who !== 'kiosk')

setFlagsFromString('--expose-gc')
const collect = runInNewContext('gc') as () => void
const heap = () => {
  collect()
  return process.memoryUsage().heapUsed
}

describe('a malformed body', () => {
  let server: TestServer
  let before = 0
  beforeAll(async () => {
    server = await openTestServer({ LOG_LEVEL: 'error' })
    await server.signedIn({ nim: 'admin', role: 'admin', kelas: null })
    before = heap()
  })
  afterAll(() => server?.close())

  /** Rows changed by anybody since the start, on the one connection that writes. */
  const changes = async () => (await server.deps.db.write([{ sql: 'SELECT total_changes() AS n' }]))[0]?.rows[0]?.n

  const admin = async () => {
    const body = { nim: 'admin', password: PASSWORD }
    const { access_token: token } = await server.ask(tokensReply, '/api/v1/auth/login', { body })
    const asked = { body: { password: PASSWORD }, token }
    const { confirmation } = await server.ask(confirmReply, '/api/v1/auth/confirm', asked)
    return { authorization: `Bearer ${token}`, 'x-confirmation': confirmation }
  }

  it.each(ROWS.map((row) => [`${row.method} ${row.path}`, row] as const))(
    'is refused by %s: nothing written, nothing repeated',
    async (_, row) => {
      const bodies = malformedFor(row, COUNT)
      expect(bodies).toHaveLength(COUNT)
      const params = (row.params === undefined ? {} : exampleOf(row.params)) as Record<string, string>
      const path = `/api/v1${row.path.replace(/\{(\w+)\}/g, (_all, name: string) => String(params[name]))}`
      let headers = await admin()
      const start = await changes()
      const send = async ({ body, contentType }: Malformed) => {
        server.clock.now += 6_100
        const reply = await server.app.request(`http://localhost${path}`, {
          method: row.method,
          headers: { ...headers, 'content-type': contentType },
          body,
        })
        return { status: reply.status, text: await reply.text() }
      }
      let signedIn = 0
      for (const [i, body] of bodies.entries()) {
        // Confirmations live five minutes.
        if (row.confirm === true && i % 40 === 39) {
          headers = await admin()
          signedIn += 1
        }
        const { status, text } = await send(body)
        const sent = String(typeof body.body === 'string' ? body.body.slice(0, 200) : '[bytes]')
        expect(status, `${sent} -> ${text}`).toBeGreaterThanOrEqual(400)
        expect(status, `${sent} -> ${text}`).toBeLessThan(500)
        expect(text).not.toContain(MARKER)
        expect(['bad_request', 'too_large', 'weak_password'], `${sent} -> ${text}`).toContain(
          problemSchema.parse(JSON.parse(text)).code,
        )
      }
      if (signedIn === 0) expect(await changes()).toBe(start)
    },
  )

  it('leaves memory and log as they were', () => {
    expect(heap() - before).toBeLessThan(GROWTH)
    expect(server.lines.join('\n')).not.toContain(MARKER)
    expect(server.lines.filter((line) => line.includes('"failed"'))).toEqual([])
  })
})

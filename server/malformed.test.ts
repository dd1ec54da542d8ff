import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { ENDPOINTS } from '../shared/contract/api/all.ts'
import { confirmReply, tokensReply } from '../shared/contract/auth.ts'
import { problemSchema } from '../shared/contract/problem.ts'
import { exampleOf } from './test/example.ts'
import { MARKER, type Malformed, malformedFor } from './test/malformed.ts'
import { makeKiosk, proveCall } from './test/test-kiosk.ts'
import { openTestServer, PASSWORD, type TestDevice, type TestServer } from './test/test-server.ts'

/** Bodies sent to each row. */
const COUNT = 200
/** Bytes the heap may have grown after all of them. */
const GROWTH = 40_000_000

const ROWS = ENDPOINTS.filter(({ body }) => body !== undefined)

setFlagsFromString('--expose-gc')
const collect = runInNewContext('gc') as () => void
const heap = () => {
  collect()
  return process.memoryUsage().heapUsed
}

describe('a malformed body', () => {
  let server: TestServer
  let kiosk: TestDevice
  let before = 0
  beforeAll(async () => {
    server = await openTestServer({ LOG_LEVEL: 'error' })
    const admin = await server.signedIn({ nim: 'admin', role: 'admin', kelas: null })
    kiosk = await makeKiosk(server, admin.access_token)
    before = heap()
  })
  afterAll(() => server?.close())

  /** Rows changed by anybody since the start, on the one connection that writes. */
  const changes = async () => (await server.deps.db.write([{ sql: 'SELECT total_changes() AS n' }]))[0]?.rows[0]?.n

  /** What a kiosk may not have written: when it was last seen, it may. */
  const kept = () =>
    server.deps.db.read(`SELECT (SELECT count(*) FROM tickets) AS tickets, (SELECT count(*) FROM absensi) AS absensi,
      (SELECT count(*) FROM liveness_checks) AS checks, (SELECT count(*) FROM audit_logs) AS lines`)

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
      const isKiosk = row.who === 'kiosk'
      const start = isKiosk ? await kept() : await changes()
      const send = async ({ body, contentType }: Malformed) => {
        server.clock.now += 6_100
        const proof = isKiosk ? { DPoP: await proveCall(server, kiosk, { method: row.method, path, body }) } : null
        const reply = await server.app.request(`http://localhost${path}`, {
          method: row.method,
          headers: { ...(proof ?? headers), 'content-type': contentType },
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
      if (signedIn === 0) expect(isKiosk ? await kept() : await changes()).toEqual(start)
    },
  )

  it('leaves memory and log as they were', () => {
    expect(heap() - before).toBeLessThan(GROWTH)
    expect(server.lines.join('\n')).not.toContain(MARKER)
    expect(server.lines.filter((line) => line.includes('"failed"'))).toEqual([])
  })
})

import { hash } from '@node-rs/bcrypt'
import { afterEach, expect, it } from 'vitest'
import { tokensReply } from '../../shared/contract/auth.ts'
import { ticketReply } from '../../shared/contract/capture.ts'
import { CONSENT_VERSION } from '../../shared/contract/consents.ts'
import { makeDevice, openTestServer, PASSWORD, registerDevice, type TestServer } from '../test/test-server.ts'

let server: TestServer

afterEach(() => server.close())

/** So many students with the same password, each with her phone and her consent, in three statements. */
async function addStudents(count: number): Promise<{ nim: string; deviceId: string }[]> {
  const students = Array.from({ length: count }, (_, i) => ({
    nim: `pagi-${i}`,
    deviceId: `pagi-${i}`.padEnd(43, '_'),
  }))
  const { jwk } = await makeDevice()
  const args = { students: JSON.stringify(students) }
  await server.deps.db.write([
    {
      sql: `INSERT INTO users (id, nim, name, role, kelas, password_hash, accommodation, created_at, updated_at)
        SELECT value ->> 'nim', value ->> 'nim', 'Siswa', 'user', 'X-' || (key % 16), :hash,
          '{"poses":"any","slow":false}', 0, 0 FROM json_each(:students)`,
      args: { ...args, hash: await hash(PASSWORD, { cost: 4 }) },
    },
    {
      sql: `INSERT INTO devices (id, user_id, kind, jwk, label, status, created_at)
        SELECT value ->> 'deviceId', value ->> 'nim', 'phone', :jwk, '', 'active', 0 FROM json_each(:students)`,
      args: { ...args, jwk: JSON.stringify(jwk) },
    },
    {
      sql: `INSERT INTO consents (id, user_id, version, given_at)
        SELECT value ->> 'nim', value ->> 'nim', :version, 0 FROM json_each(:students)`,
      args: { ...args, version: CONSENT_VERSION },
    },
  ])
  return students
}

it('lets a morning of 500 phones behind one address in ten minutes through without one 429', async () => {
  server = await openTestServer()
  const address = '203.0.113.1'
  const statuses = new Map<string, number>()
  const call: TestServer['call'] = async (path, options) => {
    const reply = await server.call(path, { ...options, address })
    const key = `${path} ${reply.status}`
    statuses.set(key, (statuses.get(key) ?? 0) + 1)
    return reply
  }

  const oneMorning = async ({ nim, deviceId }: { nim: string; deviceId: string }): Promise<void> => {
    const login = await call('/api/v1/auth/login', { body: { nim, password: PASSWORD } })
    const { access_token: token } = tokensReply.parse(await login.json())
    for (const path of ['/api/v1/auth/me', '/api/v1/absensi/today', '/api/v1/devices', '/api/v1/face/status'])
      await call(path, { token })
    const asked = { body: { purpose: 'check-in', device_id: deviceId }, token }
    const { ticket } = ticketReply.parse(await (await call('/api/v1/face/tickets', asked)).json())
    // A capture of its form that does not open: what counts here is that the door lets it in.
    const capture = ['e', 'e', 'e', 'e', 'e'].map((part) => part.repeat(40)).join('.')
    await call('/api/v1/absensi/submit', { body: { ticket, capture }, token })
  }

  const students = await addStudents(500)
  const atOnce = 40
  for (let from = 0; from < students.length; from += atOnce) {
    await Promise.all(students.slice(from, from + atOnce).map(oneMorning))
    server.clock.now += Math.floor(600_000 / Math.ceil(students.length / atOnce))
  }
  expect(Object.fromEntries(statuses)).toEqual({
    '/api/v1/auth/login 200': 500,
    '/api/v1/auth/me 200': 500,
    '/api/v1/absensi/today 200': 500,
    '/api/v1/devices 200': 500,
    '/api/v1/face/status 200': 500,
    '/api/v1/face/tickets 201': 500,
    '/api/v1/absensi/submit 400': 500,
  })
}, 120_000)

it('leaves check-ins alone in a flood of logins: who cannot be checked is asked to come back', async () => {
  server = await openTestServer({}, undefined, 9)
  const { access_token: token } = await server.signedIn()
  const device = await makeDevice()
  await registerDevice(server, device, token)
  await server.call('/api/v1/consents', { body: { version: CONSENT_VERSION }, token })

  let over = false
  const flood = Promise.all(
    Array.from({ length: 120 }, async (_, i) => {
      const body = { nim: `banjir-${i}`, password: 'salah-1234' }
      const reply = await server.call('/api/v1/auth/login', { body, address: `198.51.100.${i}` })
      return { status: reply.status, wait: reply.headers.get('retry-after') }
    }),
  ).finally(() => {
    over = true
  })
  const asked = { body: { purpose: 'check-in', device_id: device.id }, token }
  for (const [path, options] of [
    ['/api/v1/auth/me', { token }],
    ['/api/v1/absensi/today', { token }],
    ['/api/v1/face/tickets', asked],
  ] as const)
    expect([path, (await server.call(path, options)).ok]).toEqual([path, true])
  expect(over).toBe(false)

  const replies = await flood
  const refused = replies.filter(({ status }) => status === 429)
  expect(refused.length).toBeGreaterThan(0)
  expect(refused.every(({ wait }) => wait === '5')).toBe(true)
  expect(replies.filter(({ status }) => status === 401)).toHaveLength(replies.length - refused.length)
}, 60_000)

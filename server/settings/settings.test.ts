import { afterEach, beforeEach, expect, it } from 'vitest'
import { ticketReply } from '../../shared/contract/capture.ts'
import { settingsReply } from '../../shared/contract/settings.ts'
import { openTestServer, type TestServer } from '../test/test-server.ts'
import { confirmed } from '../test/test-staff.ts'
import { checkIn, drawTicket, enrol, makeStudent } from '../test/test-student.ts'

let server: TestServer
let token: string
let headers: Record<string, string>
beforeEach(async () => {
  server = await openTestServer()
  token = (await server.signedIn({ role: 'admin' })).access_token
  headers = await confirmed(server, token)
})
afterEach(() => server.close())

const PATH = '/api/v1/admin/settings'
const read = () => server.ask(settingsReply, PATH, { token })
const put = (settings: object, updated_at: string | null) =>
  ({ method: 'PUT', body: { settings, updated_at }, token, headers }) as const

it('are the defaults until an admin changes some; the rest stays', async () => {
  const fresh = await read()
  expect(fresh).toMatchObject({ updated_at: null, settings: { school_name: 'Sekolah', guardian_consent: false } })
  expect(fresh.server).toEqual({
    time_zone: 'Asia/Jakarta',
    profile: 'school',
    face_confidence_threshold: 0.8,
    mail: false,
  })
  const changed = await server.ask(settingsReply, PATH, put({ school_name: 'SMA 1', retention: { traces: 7 } }, null))
  expect(changed).toMatchObject({
    updated_at: '2026-11-02T00:00:00.000Z',
    settings: { ...fresh.settings, school_name: 'SMA 1', retention: { ...fresh.settings.retention, traces: 7 } },
  })
  expect(await read()).toEqual(changed)
  await server.ask(settingsReply, PATH, put(changed.settings, changed.updated_at))
  const lines = await server.deps.db.read("SELECT details FROM audit_logs WHERE action = 'change_settings'")
  expect(lines).toEqual([{ details: '{"keys":"school_name,retention.traces"}' }])
})

it('are changed by one of two admins who read the same', async () => {
  const first = await server.ask(settingsReply, PATH, put({ school_name: 'A' }, null))
  const two = await Promise.all(
    ['B', 'C'].map((name) => server.call(PATH, put({ school_name: name }, first.updated_at))),
  )
  expect(two.map(({ status }) => status).sort()).toEqual([200, 409])
  expect((await server.refused(PATH, put({ school_name: 'D' }, first.updated_at))).code).toBe('conflict')
  expect((await server.refused(PATH, put({ school_name: 'D' }, null))).code).toBe('conflict')
})

it.each([
  [{ retention: { traces: 15 } }, 'retention.traces'],
  [{ challenges: ['blink', 'smile'] }, 'challenges'],
  [{ challenges: ['turn-left', 'turn-right'] }, 'challenges'],
  [{ challenges: ['turn-left', 'smile', 'smile'] }, 'challenges'],
  [{ school_networks: ['10.0.0.0/8; drop'] }, 'school_networks.0'],
  [{ school_networks: ['10.0.0.0/8', '10.0.0.0/77'] }, 'school_networks.1'],
  [{ school_networks: ['fd00::/129'] }, 'school_networks.0'],
  [{ smtp_host: 'x' }, ''],
  [{ retention: 3 }, 'retention'],
])('take no %j', async (settings, path) => {
  const body = JSON.stringify({ settings, updated_at: null })
  const problem = await server.refused(PATH, { method: 'PUT', body, token, headers })
  expect(problem).toMatchObject({ code: 'bad_request', fields: [{ path }] })
  expect((await read()).updated_at).toBeNull()
})

it.each([
  { retention: { absensi: 365 } },
  { public_privacy: 'open' },
  { school_networks: ['10.0.0.0/8'] },
  { registration: 'pending' },
  { challenges: ['turn-left', 'smile'] },
  { guardian_consent: true },
])('want the password again for %j', async (settings) => {
  const { token, method, body } = put(settings, null)
  expect((await server.refused(PATH, { token, method, body })).code).toBe('confirm_password')
  expect((await read()).updated_at).toBeNull()
  await server.ask(settingsReply, PATH, put(settings, null))
})

it('want no password for what harms nobody, nor for what stays as it is', async () => {
  const { token, method, body } = put({ school_name: 'SMA 1', retention: { traces: 14 }, public_privacy: 'off' }, null)
  await server.ask(settingsReply, PATH, { token, method, body })
})

it('are for admins', async () => {
  expect((await server.refused(PATH)).code).toBe('unauthenticated')
  for (const role of ['user', 'guru'] as const) {
    const other = await server.signedIn({ role })
    expect((await server.refused(PATH, { token: other.access_token })).code).toBe('forbidden')
    expect((await server.refused(PATH, { ...put({}, null), token: other.access_token })).code).toBe('forbidden')
  }
})

it('say what is drawn, and never take a turn from a person who can do it', async () => {
  await server.ask(settingsReply, PATH, put({ challenges: ['turn-left', 'smile'] }, null))
  const ani = await makeStudent(server)
  for (let i = 0; i < 5; i++)
    expect((await drawTicket(server, ani, 'enrol')).challenges.toSorted()).toEqual(['smile', 'turn-left'])
  const budi = await makeStudent(server, {
    accommodation: { challenges: ['turn-right', 'blink', 'smile'], poses: 'any', slow: false },
  })
  const body = { purpose: 'enrol', device_id: budi.device.id }
  const { challenges } = await server.ask(ticketReply, '/api/v1/face/tickets', { body, token: budi.token })
  expect(challenges.toSorted()).toEqual(['smile', 'turn-right'])
})

it('say how long a trace is kept', async () => {
  await server.ask(settingsReply, PATH, put({ retention: { traces: 3 } }, null))
  const ani = await makeStudent(server)
  await enrol(server, ani)
  await checkIn(server, ani)
  const rows = await server.deps.db.read('SELECT (trace_until - created_at) / 86400000 AS days FROM liveness_checks')
  expect(rows).toEqual([{ days: 3 }, { days: 3 }])
})

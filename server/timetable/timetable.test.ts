import { afterEach, beforeEach, expect, it } from 'vitest'
import { accountReply, codeReply, promoteReply } from '../../shared/contract/people.ts'
import {
  holidayReply,
  holidaysReply,
  removeSessionReply,
  timetableSessionReply,
  timetableSessionsReply,
} from '../../shared/contract/timetable.ts'
import { closeSessions } from '../attendance/close.ts'
import { putAttendance, readRows } from '../test/test-attendance.ts'
import { openTestServer, type TestServer } from '../test/test-server.ts'
import { makeAdmin, makeGuru } from '../test/test-staff.ts'

let server: TestServer
let admin: { id: string; token: string }
beforeEach(async () => {
  server = await openTestServer({ ACCESS_TOKEN_EXPIRE_MINUTES: '1440' })
  admin = await makeAdmin(server)
})
afterEach(() => server.close())

const SESSIONS = '/api/v1/timetable/sessions'
const HOLIDAYS = '/api/v1/timetable/holidays'
const PAGI = { name: 'Pagi', days: [1, 2, 3, 4, 5], opens: '06:00', late_after: '07:15', closes: '08:00' }
const NATAL = { name: 'Natal', from_date: '2026-12-25', until_date: '2026-12-26' }

it('adds, changes and lists sessions; staff read them', async () => {
  const { session } = await server.ask(timetableSessionReply, SESSIONS, {
    body: { ...PAGI, kelas: ['X-1'], place: { mode: 'flag', networks: ['10.0.0.0/8'] } },
    token: admin.token,
  })
  expect(session).toMatchObject({ ...PAGI, kelas: ['X-1'], grace_minutes: 0, leaving_opens: null, is_active: true })
  const body = { ...PAGI, name: 'Pagi sekali', leaving_opens: '15:00', leaving_closes: '16:00' }
  const changed = await server.ask(timetableSessionReply, `${SESSIONS}/${session.id}`, {
    method: 'PUT',
    body,
    token: admin.token,
  })
  expect(changed.session).toMatchObject({ ...body, id: session.id, kelas: null, place: null })
  const guru = await makeGuru(server, 'X-1')
  const { sessions } = await server.ask(timetableSessionsReply, SESSIONS, { token: guru.token })
  expect(sessions.map(({ id, name }) => [id, name])).toEqual([
    ['harian', 'Harian'],
    [session.id, 'Pagi sekali'],
  ])
  const lines = await server.deps.db.read(
    "SELECT action, details FROM audit_logs WHERE entity_type = 'session' ORDER BY seq",
  )
  expect(lines.map(({ action }) => action)).toEqual(['add_session', 'change_session'])
  expect(JSON.parse(String(lines[1]?.details))).toEqual({
    name: 'Pagi > Pagi sekali',
    kelas: '["X-1"] > null',
    place: `${JSON.stringify(session.place)} > null`,
    leaving_opens: 'null > 15:00',
    leaving_closes: 'null > 16:00',
  })
})

it('refuses hours that do not follow each other and every other wrong field', async () => {
  const wrong = {
    'late after closing': { late_after: '08:01' },
    'before opening': { late_after: '05:59' },
    'no time': { opens: '6:00' },
    'no hour 24': { opens: '00:00', closes: '24:00' },
    'no day': { days: [] },
    'day 8': { days: [8] },
    'a day twice': { days: [1, 1] },
    'half a leaving window': { leaving_opens: '15:00' },
    'a leaving window the wrong way round': { leaving_opens: '15:00', leaving_closes: '14:59' },
    'no class': { kelas: [] },
    'validity the wrong way round': { valid_from: '2026-11-03', valid_until: '2026-11-02' },
    'no date': { valid_from: '2026-02-30' },
    'no place': { place: { mode: 'flag' } },
    'two places': {
      place: { mode: 'flag', networks: ['10.0.0.0/8'], circle: { latitude: 0, longitude: 0, radius: 50 } },
    },
    'no network': { place: { mode: 'flag', networks: ['10.0.0.0/33'] } },
    'off the Earth': { place: { mode: 'flag', circle: { latitude: 91, longitude: 0, radius: 50 } } },
    'no name': { name: ' ' },
  }
  for (const [what, change] of Object.entries(wrong)) {
    const problem = await server.refused(SESSIONS, { body: { ...PAGI, ...change }, token: admin.token })
    expect([what, problem.code]).toEqual([what, 'bad_request'])
  }
})

it('is changed by admins only, and what is not there is not found', async () => {
  const guru = await makeGuru(server, 'X-1')
  const { access_token: siswa } = await server.signedIn()
  const calls = [
    [SESSIONS, 'POST', PAGI],
    [`${SESSIONS}/harian`, 'PUT', PAGI],
    [`${SESSIONS}/harian`, 'DELETE', undefined],
    [HOLIDAYS, 'POST', NATAL],
    [`${HOLIDAYS}/${admin.id}`, 'DELETE', undefined],
  ] as const
  for (const [path, method, body] of calls) {
    for (const token of [guru.token, siswa])
      expect((await server.refused(path, { method, body, token })).code).toBe('forbidden')
    if (method !== 'POST') {
      const other = path.replace('harian', 'lain')
      expect((await server.refused(other, { method, body, token: admin.token })).code).toBe('not_found')
    }
  }
  expect((await server.refused(SESSIONS, { token: siswa })).code).toBe('forbidden')
  expect((await server.refused(HOLIDAYS, { token: siswa })).code).toBe('forbidden')
})

it('deletes a session nobody was recorded in, and deactivates one with attendance', async () => {
  const remove = (id: string) =>
    server.ask(removeSessionReply, `${SESSIONS}/${id}`, { method: 'DELETE', token: admin.token })
  const { session } = await server.ask(timetableSessionReply, SESSIONS, { body: PAGI, token: admin.token })
  expect((await remove(session.id)).outcome).toBe('deleted')
  const { id } = await server.addUser()
  await putAttendance(server, id)
  expect((await remove('harian')).outcome).toBe('deactivated')
  expect((await remove('harian')).outcome).toBe('deactivated')
  const { sessions } = await server.ask(timetableSessionsReply, SESSIONS, { token: admin.token })
  expect(sessions.map(({ id, is_active }) => [id, is_active])).toEqual([['harian', false]])
})

it('closes what is over by the old rules before a session changes, and never reaches back', async () => {
  const { id } = await server.addUser()
  server.clock.now = Date.parse('2026-11-04T12:00:00+07:00')
  const { access_token: token } = await server.signedIn({ role: 'admin', kelas: null })
  const change = (days: number[]) =>
    server.ask(timetableSessionReply, `${SESSIONS}/harian`, {
      method: 'PUT',
      body: { name: 'Harian', days, opens: '06:00', late_after: '07:15', closes: '15:00' },
      token,
    })
  await change([5])
  const before = [
    { date: '2026-11-02', session_id: 'harian', status: 'alfa', method: 'close' },
    { date: '2026-11-03', session_id: 'harian', status: 'alfa', method: 'close' },
  ]
  expect(await readRows(server, id)).toEqual(before)
  server.clock.now = Date.parse('2026-11-08T20:00:00+07:00')
  await closeSessions(server.deps, server.clock.now)
  const friday = { date: '2026-11-06', session_id: 'harian', status: 'alfa', method: 'close' }
  expect(await readRows(server, id)).toEqual([...before, friday])
})

it('takes back every absence of a day that turns out to be free, and leaves who came', async () => {
  const [came, marked, excused] = [await server.addUser(), await server.addUser(), await server.addUser()]
  await putAttendance(server, came.id, { status: 'hadir' })
  await putAttendance(server, marked.id, { status: 'alfa', method: 'manual' })
  await putAttendance(server, excused.id, { status: 'sakit', method: 'izin' })
  const body = { name: 'Banjir', from_date: '2026-11-02', until_date: '2026-11-02' }
  await server.ask(holidayReply, HOLIDAYS, { body, token: admin.token })
  expect(await readRows(server, came.id)).toHaveLength(1)
  for (const { id } of [marked, excused]) expect(await readRows(server, id)).toEqual([])
  const [line] = await server.deps.db.read("SELECT details FROM audit_logs WHERE action = 'add_holiday'")
  expect(JSON.parse(String(line?.details))).toMatchObject({ from: '2026-11-02', until: '2026-11-02' })
})

it('keeps holidays, by range, and takes back the alfa of a day that turns out to be free', async () => {
  const { id } = await server.addUser()
  const other = await server.addUser({ kelas: 'X-2' })
  server.clock.now = Date.parse('2026-11-03T08:00:00+07:00')
  await closeSessions(server.deps, server.clock.now)
  expect(await readRows(server, id)).toHaveLength(1)
  const token = (await server.signedIn({ role: 'admin', kelas: null })).access_token
  const { holiday } = await server.ask(holidayReply, HOLIDAYS, {
    body: { name: 'Banjir', from_date: '2026-11-02', until_date: '2026-11-02', kelas: ['X-1'] },
    token,
  })
  await server.ask(holidayReply, HOLIDAYS, { body: NATAL, token })
  expect(await readRows(server, id)).toEqual([])
  expect(await readRows(server, other.id)).toHaveLength(1)
  const [kept] = await server.deps.db.read('SELECT reason, old_value, new_value FROM corrections')
  expect(kept).toMatchObject({ reason: 'libur: Banjir', new_value: 'null' })
  expect(JSON.parse(String(kept?.old_value))).toMatchObject({ status: 'alfa', method: 'close' })

  const names = async (query: string) =>
    (await server.ask(holidaysReply, `${HOLIDAYS}${query}`, { token })).holidays.map(({ name }) => name)
  expect(await names('')).toEqual(['Banjir', 'Natal'])
  expect(await names('?from=2026-11-03&until=2026-12-25')).toEqual(['Natal'])
  expect((await server.refused(`${HOLIDAYS}?from=besok`, { token })).code).toBe('bad_request')
  const turned = { ...NATAL, from_date: '2026-12-27' }
  expect((await server.refused(HOLIDAYS, { body: turned, token })).code).toBe('bad_request')

  const gone = { method: 'DELETE', token }
  expect((await server.call(`${HOLIDAYS}/${holiday.id}`, gone)).status).toBe(200)
  expect((await server.refused(`${HOLIDAYS}/${holiday.id}`, gone)).code).toBe('not_found')
  await closeSessions(server.deps, server.clock.now)
  expect(await readRows(server, id)).toEqual([])
})

it('takes the school’s spelling of a class, in sessions, holidays and a teacher’s classes', async () => {
  await server.addUser({ kelas: 'X-1' })
  const kelas = ['x-1', 'X-9', 'X-1']
  const { session } = await server.ask(timetableSessionReply, SESSIONS, {
    body: { ...PAGI, kelas },
    token: admin.token,
  })
  expect(session.kelas).toEqual(['X-1', 'X-9'])
  const { holiday } = await server.ask(holidayReply, HOLIDAYS, {
    body: { ...NATAL, kelas: ['x-1'] },
    token: admin.token,
  })
  expect(holiday.kelas).toEqual(['X-1'])
  const users = '/api/v1/admin/users'
  const guru = { nim: 'g7', name: 'Bu Sri', role: 'guru', guru_kelas: ['x-1'] }
  const made = await server.ask(codeReply, users, { body: guru, token: admin.token })
  const of = async () => (await server.ask(accountReply, `${users}/${made.id}`, { token: admin.token })).user.guru_kelas
  expect(await of()).toEqual(['X-1'])
  const change = { method: 'PUT', body: { guru_kelas: ['x-1', 'x-9'] }, token: admin.token }
  await server.ask(accountReply, `${users}/${made.id}`, change)
  expect(await of()).toEqual(['X-1', 'x-9'])
})

it('lets a spelling be put right: of one alone in her class, and of a class moved to its right name', async () => {
  const users = '/api/v1/admin/users'
  const [ani, budi] = [await server.addUser({ kelas: 'xi-ipa' }), await server.addUser({ kelas: 'X-1' })]
  await server.addUser({ kelas: 'X-1' })
  const put = async (id: string, kelas: string) =>
    (await server.ask(accountReply, `${users}/${id}`, { method: 'PUT', body: { kelas }, token: admin.token })).user
      .kelas
  expect(await put(ani.id, 'XI-IPA')).toBe('XI-IPA')
  expect(await put(budi.id, 'x-1')).toBe('X-1')
  const look = async (from: string, to: string) => {
    const body = { mode: 'preview', moves: [{ from, to }] }
    const reply = await server.ask(promoteReply, '/api/v1/admin/students/promote', { body, token: admin.token })
    return reply.moves[0]?.to
  }
  expect([await look('X-1', 'xi-ipa'), await look('X-1', 'x-1'), await look('X-1', 'XI-2')]).toEqual([
    ...['XI-IPA', 'x-1', 'XI-2'],
  ])
})

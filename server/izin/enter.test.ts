import { afterEach, beforeEach, expect, it } from 'vitest'
import { tokensReply } from '../../shared/contract/auth.ts'
import { decideIzinReply, izinListReply, izinReply, staffIzinListReply } from '../../shared/contract/izin.ts'
import { schoolSettingsSchema } from '../../shared/contract/settings.ts'
import { closeSessions } from '../attendance/close.ts'
import { putSchoolSettings } from '../settings/store.ts'
import { putAttendance, readRows } from '../test/test-attendance.ts'
import { openTestServer, PASSWORD, type TestServer } from '../test/test-server.ts'
import { makeAdmin, makeGuru, type Staff } from '../test/test-staff.ts'

let server: TestServer
let admin: Staff
let guru: Staff
let ani: Staff
beforeEach(async () => {
  server = await openTestServer({ ACCESS_TOKEN_EXPIRE_MINUTES: '1440' })
  server.clock.now = Date.parse('2026-10-26T06:00:00+07:00')
  const { id, nim } = (await server.signedIn()).user
  server.clock.now = Date.parse('2026-10-29T08:00:00+07:00')
  const body = { nim, password: PASSWORD }
  ani = { id, token: (await server.ask(tokensReply, '/api/v1/auth/login', { body })).access_token }
  admin = await makeAdmin(server)
  guru = await makeGuru(server, 'X-1')
})
afterEach(() => server.close())

const ENTER = '/api/v1/izin/admin'
const OWN = '/api/v1/izin'
const letter = (change: object = {}) => ({
  user_id: ani.id,
  kind: 'sakit',
  from_date: '2026-10-26',
  until_date: '2026-10-29',
  reason: 'surat dokter',
  ...change,
})
const enter = (token: string, change: object = {}) =>
  server.ask(decideIzinReply, ENTER, { body: letter(change), token })
const refused = (token: string, change: object = {}) => server.refused(ENTER, { body: letter(change), token })
const own = async () => (await server.ask(izinListReply, OWN, { token: ani.token })).data
const row = (date: string, status: string, method: string) => ({ date, session_id: 'harian', status, method })

it('is entered by a teacher, approved at once, with its days filled as an approval fills them', async () => {
  await putAttendance(server, ani.id, { date: '2026-10-27', status: 'terlambat' })
  await closeSessions(server.deps, Date.parse('2026-10-28T12:00:00+07:00'))
  expect(await readRows(server, ani.id)).toMatchObject([row('2026-10-26', 'alfa', 'close'), { date: '2026-10-27' }])

  const { izin, filled } = await enter(guru.token)
  const { user_id, ...asked } = letter()
  expect(izin).toMatchObject({ ...asked, user_id, state: 'approved', note: null, kelas: 'X-1' })
  expect(izin).toMatchObject({ decided_by: guru.id, decided_by_name: 'Bu Guru', decided_at: izin.created_at })
  expect(filled).toBe(2)
  const rows = [
    row('2026-10-26', 'sakit', 'izin'),
    row('2026-10-27', 'terlambat', 'face'),
    row('2026-10-28', 'sakit', 'izin'),
  ]
  expect(await readRows(server, ani.id)).toEqual(rows)
  const corrections = await server.deps.db.read('SELECT by_user, reason, old_value FROM corrections')
  expect(corrections).toMatchObject([{ by_user: guru.id, reason: `izin ${izin.id}` }])

  // Days to come are filled when they close.
  await closeSessions(server.deps, Date.parse('2026-10-30T00:30:00+07:00'))
  expect(await readRows(server, ani.id)).toEqual([...rows, row('2026-10-29', 'sakit', 'izin')])
})

it('is seen by the student as approved, by staff among the approved, and is one line of the log', async () => {
  const { izin } = await enter(admin.token)
  expect(await own()).toMatchObject([{ id: izin.id, state: 'approved', reason: 'surat dokter', note: null }])
  const list = await server.ask(staffIzinListReply, `${ENTER}?state=approved`, { token: guru.token })
  expect(list.data).toEqual([izin])
  const lines = await server.deps.db.read(
    "SELECT user_id, action, entity_id, details FROM audit_logs WHERE entity_type = 'izin'",
  )
  expect(lines).toMatchObject([{ user_id: admin.id, action: 'enter_izin', entity_id: izin.id }])
  expect(JSON.parse(String(lines[0]?.details))).toEqual({ user: ani.id, kind: 'sakit' })

  // Taken back as any other: what it had filled is alfa, and the student may withdraw it.
  const path = `${ENTER}/${izin.id}`
  await server.ask(decideIzinReply, path, { body: { decision: 'reopen' }, token: admin.token })
  expect(await readRows(server, ani.id)).toEqual(
    ['26', '27', '28'].map((day) => row(`2026-10-${day}`, 'alfa', 'close')),
  )
  await server.ask(izinReply, `${OWN}/${izin.id}`, { method: 'DELETE', token: ani.token })
})

it('makes no second one of two presses, and none over days that are asked for', async () => {
  const replies = await Promise.all([1, 2].map(() => server.call(ENTER, { body: letter(), token: guru.token })))
  expect(replies.map(({ status }) => status).sort()).toEqual([201, 409])
  const again = await refused(admin.token, { from_date: '2026-10-29', until_date: '2026-10-30', kind: 'izin' })
  expect(again).toMatchObject({ code: 'conflict', detail: expect.stringContaining('izin pada salah satu hari itu') })
  const body = { kind: 'izin', from_date: '2026-11-02', until_date: '2026-11-02', reason: 'acara keluarga' }
  await server.ask(izinReply, OWN, { body, token: ani.token })
  const before = await readRows(server, ani.id)
  expect((await refused(admin.token, { from_date: '2026-10-30', until_date: '2026-11-02' })).code).toBe('conflict')
  expect(await readRows(server, ani.id)).toEqual(before)
  expect(await own()).toHaveLength(2)
})

it('is for students within reach alone: no other class, no staff, nobody unknown, no suspended account', async () => {
  const other = await server.signedIn({ kelas: 'X-2' })
  expect((await refused(guru.token, { user_id: other.user.id })).code).toBe('not_found')
  expect((await enter(admin.token, { user_id: other.user.id })).izin.kelas).toBe('X-2')
  for (const user_id of [guru.id, admin.id, '00000000-0000-4000-8000-000000000000'])
    expect((await refused(admin.token, { user_id })).code).toBe('not_found')
  expect((await refused(ani.token)).code).toBe('forbidden')
  expect((await server.refused(ENTER, { body: letter() })).code).toBe('unauthenticated')
  await server.deps.db.write([{ sql: 'UPDATE users SET is_active = 0 WHERE id = ?', args: [ani.id] }])
  expect(await refused(admin.token)).toMatchObject({
    code: 'conflict',
    detail: expect.stringContaining('ditangguhkan'),
  })
  expect(await server.deps.db.read('SELECT user_id FROM izin_requests')).toEqual([{ user_id: other.user.id }])
})

it('refuses what a student herself could not ask for, and a teacher what she may not mark any more', async () => {
  const wrong = [
    { until_date: '2026-10-25' },
    { until_date: '2026-11-26' },
    { from_date: '2026-10-14' },
    { from_date: '2027-04-27', until_date: '2027-04-28' },
    { reason: ' ' },
    { kind: 'alfa' },
    { user_id: 'ani' },
  ]
  for (const change of wrong) {
    const problem = await refused(admin.token, change)
    expect([change, problem.code]).toEqual([change, 'bad_request'])
  }
  const { db } = server.deps
  await db.write([putSchoolSettings(schoolSettingsSchema.parse({ marking_days: 2 }), server.clock.now)])
  expect((await refused(guru.token)).code).toBe('bad_request')
  await enter(guru.token, { from_date: '2026-10-27' })
  await enter(admin.token, { from_date: '2026-10-26', until_date: '2026-10-26' })
})

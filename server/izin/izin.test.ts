import { afterEach, beforeEach, expect, it } from 'vitest'
import { decideIzinReply, izinListReply, izinReply, staffIzinListReply } from '../../shared/contract/izin.ts'
import { closeSessions } from '../attendance/close.ts'
import { putAttendance, readRows } from '../test/test-attendance.ts'
import { openTestServer, type TestServer } from '../test/test-server.ts'
import { makeAdmin, makeGuru } from '../test/test-staff.ts'

let server: TestServer
let guru: { id: string; token: string }
let ani: { id: string; token: string }
beforeEach(async () => {
  server = await openTestServer({ ACCESS_TOKEN_EXPIRE_MINUTES: '1440' })
  // Everybody was at school a week before.
  server.clock.now = Date.parse('2026-10-26T06:00:00+07:00')
  guru = await makeGuru(server, 'X-1')
  const reply = await server.signedIn()
  ani = { id: reply.user.id, token: reply.access_token }
})
afterEach(() => server.close())

const IZIN = '/api/v1/izin'
const SAKIT = { kind: 'sakit', from_date: '2026-10-26', until_date: '2026-10-28', reason: 'demam' }
const ask = async (body: object = SAKIT) => (await server.ask(izinReply, IZIN, { body, token: ani.token })).izin
const decide = (id: string, decision: string, token = guru.token) => ({
  path: `${IZIN}/admin/${id}`,
  call: { body: { decision, note: 'semoga sembuh' }, token },
})
const row = (date: string, status: string, method: string) => ({ date, session_id: 'harian', status, method })
/** Signs in again after the clock has moved on for days. */
const at = async (iso: string) => {
  server.clock.now = Date.parse(iso)
  guru = await makeGuru(server, 'X-1')
}

it('is asked for, seen by its owner and her teacher, and withdrawn while open', async () => {
  const izin = await ask()
  expect(izin).toMatchObject({ ...SAKIT, state: 'open', decided_at: null, created_at: '2026-10-26T06:00:00+07:00' })
  const own = () => server.ask(izinListReply, IZIN, { token: ani.token })
  expect(await own()).toMatchObject({ total: 1, data: [izin] })
  const other = await server.signedIn({ kelas: 'X-2' })
  expect((await server.ask(izinListReply, IZIN, { token: other.access_token })).data).toEqual([])
  const gone = { method: 'DELETE', token: ani.token }
  expect((await server.refused(`${IZIN}/${izin.id}`, { ...gone, token: other.access_token })).code).toBe('not_found')
  for (const _ of [1, 2]) expect((await server.ask(izinReply, `${IZIN}/${izin.id}`, gone)).izin.state).toBe('withdrawn')
  expect((await own()).data).toMatchObject([{ state: 'withdrawn' }])
  const { path, call } = decide(izin.id, 'approve')
  expect((await server.refused(path, call)).code).toBe('conflict')

  const again = await ask()
  const refused = decide(again.id, 'refuse')
  const reply = await server.ask(decideIzinReply, refused.path, refused.call)
  expect(reply).toMatchObject({ filled: 0, izin: { state: 'refused', decided_by: guru.id, note: 'semoga sembuh' } })
  expect((await server.refused(`${IZIN}/${again.id}`, gone)).code).toBe('conflict')
})

it('refuses days that overlap another request, also of two that come at once', async () => {
  const bodies = [SAKIT, { ...SAKIT, from_date: '2026-10-28', until_date: '2026-10-30', kind: 'izin' }]
  const replies = await Promise.all(bodies.map((body) => server.call(IZIN, { body, token: ani.token })))
  expect(replies.map(({ status }) => status).sort()).toEqual([201, 409])
  await ask({ ...SAKIT, from_date: '2026-10-31', until_date: '2026-10-31' })
})

it('refuses days the wrong way round, too many, too far back or ahead, and no reason', async () => {
  const wrong = [
    { until_date: '2026-10-25' },
    { until_date: '2026-11-26' },
    { from_date: '2026-10-11' },
    { from_date: '2027-04-24', until_date: '2027-04-25' },
    { from_date: '2026-10-32' },
    { reason: ' ' },
    { kind: 'alfa' },
  ]
  for (const change of wrong) {
    const problem = await server.refused(IZIN, { body: { ...SAKIT, ...change }, token: ani.token })
    expect([change, problem.code]).toEqual([change, 'bad_request'])
  }
  expect((await server.refused(IZIN, { body: SAKIT })).code).toBe('unauthenticated')
})

it('fills its days once approved: alfa becomes sakit, present stays, later days when they close', async () => {
  const izin = await ask({ ...SAKIT, until_date: '2026-10-31' })
  await putAttendance(server, ani.id, { date: '2026-10-27', status: 'terlambat' })
  await at('2026-10-29T08:00:00+07:00')
  await closeSessions(server.deps, Date.parse('2026-10-28T12:00:00+07:00'))
  expect(await readRows(server, ani.id)).toEqual([
    row('2026-10-26', 'alfa', 'close'),
    row('2026-10-27', 'terlambat', 'face'),
  ])
  const { path, call } = decide(izin.id, 'approve')
  const both = await Promise.all([1, 2].map(() => server.ask(decideIzinReply, path, call)))
  expect(both.map(({ filled }) => filled).sort()).toEqual([0, 2])
  const filled = [
    row('2026-10-26', 'sakit', 'izin'),
    row('2026-10-27', 'terlambat', 'face'),
    row('2026-10-28', 'sakit', 'izin'),
  ]
  expect(await readRows(server, ani.id)).toEqual(filled)
  const corrections = await server.deps.db.read('SELECT by_user, reason, old_value, new_value FROM corrections')
  expect(corrections).toMatchObject([{ by_user: guru.id, reason: `izin ${izin.id}` }])
  expect(JSON.parse(String(corrections[0]?.old_value)).status).toBe('alfa')
  expect((await server.ask(decideIzinReply, path, call)).filled).toBe(0)
  const other = decide(izin.id, 'refuse')
  expect((await server.refused(other.path, { ...other.call, token: guru.token })).code).toBe('conflict')

  await closeSessions(server.deps, Date.parse('2026-11-02T00:30:00+07:00'))
  expect(await readRows(server, ani.id)).toEqual([
    ...filled,
    row('2026-10-29', 'sakit', 'izin'),
    row('2026-10-30', 'sakit', 'izin'),
    row('2026-10-31', 'sakit', 'izin'),
    row('2026-11-01', 'alfa', 'close'),
  ])
})

it('is opened again by staff: what it had filled is alfa, and it can be decided anew', async () => {
  const izin = await ask({ ...SAKIT, until_date: '2026-10-31' })
  await putAttendance(server, ani.id, { date: '2026-10-27', status: 'terlambat' })
  await at('2026-10-28T08:00:00+07:00')
  await closeSessions(server.deps, server.clock.now)
  // A teacher has said of this one that she was absent.
  await server.deps.db.write([{ sql: "UPDATE absensi SET method = 'manual' WHERE date = '2026-10-26'" }])
  const approve = decide(izin.id, 'approve')
  await server.ask(decideIzinReply, approve.path, { ...approve.call, token: guru.token })
  await closeSessions(server.deps, Date.parse('2026-10-29T12:00:00+07:00'))
  const reopen = decide(izin.id, 'reopen')
  const again = () => server.ask(decideIzinReply, reopen.path, { ...reopen.call, token: guru.token })
  expect((await Promise.all([again(), again()])).map(({ izin: { state } }) => state)).toEqual(['open', 'open'])
  expect(await again()).toMatchObject({ izin: { decided_by: null, decided_at: null, note: null }, filled: 0 })
  expect(await readRows(server, ani.id)).toEqual([
    row('2026-10-26', 'alfa', 'manual'),
    row('2026-10-27', 'terlambat', 'face'),
    row('2026-10-28', 'alfa', 'close'),
  ])
  await closeSessions(server.deps, Date.parse('2026-10-30T00:30:00+07:00'))
  expect((await readRows(server, ani.id)).at(-1)).toEqual(row('2026-10-29', 'alfa', 'close'))
  const lines = await server.deps.db.read("SELECT action FROM audit_logs WHERE entity_type = 'izin' ORDER BY seq")
  expect(lines.map(({ action }) => action)).toEqual(['ask_izin', 'approve_izin', 'reopen_izin'])

  // A teacher does so as far back as she may mark.
  await server.ask(decideIzinReply, approve.path, { ...approve.call, token: guru.token })
  await at('2026-11-20T08:00:00+07:00')
  expect((await server.refused(reopen.path, { ...reopen.call, token: guru.token })).code).toBe('bad_request')
  const admin = await makeAdmin(server)
  await server.ask(decideIzinReply, reopen.path, { ...reopen.call, token: admin.token })

  // Refused, and asked for anew: the old one stays refused.
  const refuse = decide(izin.id, 'refuse')
  await server.ask(decideIzinReply, refuse.path, { ...refuse.call, token: guru.token })
  await server.deps.db.write([
    {
      sql: `INSERT INTO izin_requests (id, user_id, kind, from_date, until_date, reason, state, created_at)
        VALUES ('other', ?, 'izin', '2026-10-31', '2026-10-31', 'acara', 'open', 0)`,
      args: [ani.id],
    },
  ])
  expect((await server.refused(reopen.path, { ...reopen.call, token: admin.token })).code).toBe('conflict')
})

it('fills no holiday, no other class’s session and no day before the student came', async () => {
  await server.deps.db.write([
    { sql: "INSERT INTO holidays VALUES ('a', '2026-10-27', '2026-10-27', 'Libur', NULL, 0)" },
    {
      sql: `INSERT INTO sessions (id, name, kelas, days, opens, late_after, closes, created_at, updated_at)
        VALUES ('lain', 'Lain', '["X-9"]', '[1,2,3,4,5]', '06:00', '07:00', '08:00', 0, 0)`,
    },
  ])
  const izin = await ask({ ...SAKIT, from_date: '2026-10-20' })
  await at('2026-10-29T08:00:00+07:00')
  const { path, call } = decide(izin.id, 'approve')
  expect((await server.ask(decideIzinReply, path, call)).filled).toBe(2)
  expect(await readRows(server, ani.id)).toEqual([
    row('2026-10-26', 'sakit', 'izin'),
    row('2026-10-28', 'sakit', 'izin'),
  ])
})

it('fills the days of the class she was in, whatever class she is in by now', async () => {
  const session = `INSERT INTO sessions (id, name, kelas, days, opens, late_after, closes, created_at, updated_at)
    VALUES (?, ?, ?, '[1,2,3,4,5]', '06:00', '07:15', '08:00', 0, 0)`
  await server.deps.db.write([
    { sql: 'DELETE FROM sessions' },
    ...['X-1', 'X-2'].map((kelas) => ({ sql: session, args: [kelas, kelas, JSON.stringify([kelas])] })),
  ])
  const izin = await ask()
  await at('2026-10-29T08:00:00+07:00')
  await closeSessions(server.deps, server.clock.now)
  await server.deps.db.write([{ sql: "UPDATE users SET kelas = 'X-2' WHERE id = ?", args: [ani.id] }])
  const head = await makeAdmin(server)
  const { path, call } = decide(izin.id, 'approve', head.token)
  expect((await server.ask(decideIzinReply, path, call)).filled).toBe(3)
  const sick = ['26', '27', '28'].map((day) => ({ ...row(`2026-10-${day}`, 'sakit', 'izin'), session_id: 'X-1' }))
  expect((await readRows(server, ani.id)).slice(0, 3)).toEqual(sick)
})

it('is decided by staff of the class only, and by nobody on her own', async () => {
  const izin = await ask()
  const stranger = await makeGuru(server, 'X-2')
  const admin = await makeAdmin(server)
  const { path, call } = decide(izin.id, 'approve', stranger.token)
  expect((await server.refused(path, call)).code).toBe('not_found')
  expect((await server.refused(path, { ...call, token: ani.token })).code).toBe('forbidden')
  expect((await server.refused(path, { ...call, body: { decision: 'maybe' } })).code).toBe('bad_request')
  const own = (await server.ask(izinReply, IZIN, { body: SAKIT, token: admin.token })).izin
  const ownCall = decide(own.id, 'approve', admin.token)
  expect((await server.refused(ownCall.path, ownCall.call)).code).toBe('forbidden')

  const list = async (query: string, token: string) =>
    (await server.ask(staffIzinListReply, `${IZIN}/admin${query}`, { token })).data.map(({ id }) => id)
  expect(await list('', stranger.token)).toEqual([])
  expect(await list('', guru.token)).toEqual([izin.id])
  expect(await list('?state=open&kelas=X-1', admin.token)).toEqual([izin.id])
  expect(await list(`?user_id=${admin.id}`, admin.token)).toEqual([own.id])
  expect(await list('?state=approved', admin.token)).toEqual([])
  expect((await server.refused(`${IZIN}/admin`, { token: ani.token })).code).toBe('forbidden')
})

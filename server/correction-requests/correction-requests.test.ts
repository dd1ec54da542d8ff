import { afterEach, beforeEach, expect, it } from 'vitest'
import { correctionListReply, correctionRequestReply } from '../../shared/contract/absensi-admin.ts'
import { putAttendance, readRows } from '../test/test-attendance.ts'
import { openTestServer, type TestServer } from '../test/test-server.ts'
import { makeAdmin, makeGuru } from '../test/test-staff.ts'

let server: TestServer
let guru: { id: string; token: string }
let ani: { id: string; token: string }
beforeEach(async () => {
  server = await openTestServer()
  guru = await makeGuru(server, 'X-1')
  const reply = await server.signedIn()
  ani = { id: reply.user.id, token: reply.access_token }
})
afterEach(() => server.close())

const ASK = '/api/v1/absensi/correction-requests'
const STAFF = '/api/v1/absensi/admin/correction-requests'
const WRONG = { session_id: 'harian', date: '2026-11-02', status: 'hadir', reason: 'saya sudah hadir' }
const ask = async (body: object = WRONG, token = ani.token) =>
  (await server.ask(correctionRequestReply, ASK, { body, token })).request
const decide = (id: string, decision: string, token = guru.token) => ({
  path: `${STAFF}/${id}`,
  call: { body: { decision, note: 'benar, saya lihat' }, token },
})

it('corrects the record when staff accept, once, keeping what it was', async () => {
  await putAttendance(server, ani.id, { status: 'terlambat' })
  const request = await ask()
  expect(request).toMatchObject({ ...WRONG, state: 'open', recorded: 'terlambat', session_name: 'Harian' })
  expect((await server.refused(ASK, { body: WRONG, token: ani.token })).code).toBe('conflict')
  const { path, call } = decide(request.id, 'accept')
  const both = await Promise.all([1, 2].map(() => server.ask(correctionRequestReply, path, call)))
  for (const { request } of both) expect(request).toMatchObject({ state: 'accepted', recorded: 'hadir' })
  const corrections = await server.deps.db.read('SELECT by_user, reason FROM corrections')
  expect(corrections).toEqual([{ by_user: guru.id, reason: 'benar, saya lihat' }])
  const other = decide(request.id, 'refuse')
  expect((await server.refused(other.path, other.call)).code).toBe('conflict')
  await ask()
})

it('makes the record when there was none, and none when staff refuse', async () => {
  const refused = decide((await ask()).id, 'refuse')
  expect((await server.ask(correctionRequestReply, refused.path, refused.call)).request.state).toBe('refused')
  expect(await readRows(server, ani.id)).toEqual([])
  const accepted = decide((await ask({ ...WRONG, date: '2026-11-01', status: 'sakit' })).id, 'accept')
  await server.ask(correctionRequestReply, accepted.path, accepted.call)
  expect(await readRows(server, ani.id)).toEqual([
    { date: '2026-11-01', session_id: 'harian', status: 'sakit', method: 'manual' },
  ])
})

it('is granted by a teacher as far back as she may mark, by an admin further; she may refuse it', async () => {
  const request = await ask()
  await server.deps.db.write([{ sql: "UPDATE correction_requests SET date = '2026-10-18'" }])
  const { path, call } = decide(request.id, 'accept')
  expect((await server.refused(path, call)).code).toBe('bad_request')
  const admin = await makeAdmin(server)
  const granted = await server.ask(correctionRequestReply, path, { ...call, token: admin.token })
  expect(granted.request.state).toBe('accepted')
  const other = await ask()
  await server.deps.db.write([
    { sql: "UPDATE correction_requests SET date = '2026-10-17' WHERE id = ?", args: [other.id] },
  ])
  const refused = decide(other.id, 'refuse')
  expect((await server.ask(correctionRequestReply, refused.path, refused.call)).request.state).toBe('refused')
})

it('refuses days to come and long gone, sessions of others, and alfa', async () => {
  await server.deps.db.write([
    {
      sql: `INSERT INTO sessions (id, name, kelas, days, opens, late_after, closes, created_at, updated_at)
        VALUES ('lain', 'Lain', '["X-9"]', '[1]', '06:00', '07:00', '08:00', 0, 0)`,
    },
  ])
  const wrong = [
    [{ date: '2026-11-03' }, 'bad_request'],
    [{ date: '2026-10-01' }, 'bad_request'],
    [{ status: 'alfa' }, 'bad_request'],
    [{ reason: '' }, 'bad_request'],
    [{ session_id: 'lain' }, 'not_found'],
    [{ session_id: 'tidak-ada' }, 'not_found'],
  ] as const
  for (const [change, code] of wrong)
    expect((await server.refused(ASK, { body: { ...WRONG, ...change }, token: ani.token })).code).toBe(code)
})

it('takes what is recorded of her for wrong, whatever class she is in by now and days the session has', async () => {
  await putAttendance(server, ani.id, { status: 'alfa' })
  const changed = `UPDATE sessions SET kelas = '["X-9"]', days = '[7]' WHERE id = 'harian'`
  await server.deps.db.write([{ sql: changed }])
  expect(await ask()).toMatchObject({ recorded: 'alfa' })
  const other = await server.signedIn()
  expect((await server.refused(ASK, { body: WRONG, token: other.access_token })).code).toBe('not_found')
})

it('is not granted over another record than was seen', async () => {
  await putAttendance(server, ani.id, { status: 'alfa' })
  const request = await ask()
  const { path, call } = decide(request.id, 'accept')
  const by = (was: string | null) => ({ ...call, body: { ...call.body, was } })
  await server.deps.db.write([{ sql: "UPDATE absensi SET status = 'sakit', method = 'izin'" }])
  for (const was of ['alfa', null]) expect((await server.refused(path, by(was))).code).toBe('conflict')
  expect(await readRows(server, ani.id)).toMatchObject([{ status: 'sakit' }])
  expect((await server.ask(correctionRequestReply, path, by('sakit'))).request.state).toBe('accepted')
})

it('is seen by its owner and staff of her class, and decided by them', async () => {
  const request = await ask()
  const admin = await makeAdmin(server)
  const stranger = await makeGuru(server, 'X-2')
  const other = (await server.signedIn()).access_token
  const list = async (path: string, token: string) =>
    (await server.ask(correctionListReply, path, { token })).data.map(({ id }) => id)
  expect(await list(ASK, ani.token)).toEqual([request.id])
  expect(await list(ASK, other)).toEqual([])
  expect(await list(`${STAFF}?state=open`, guru.token)).toEqual([request.id])
  expect(await list(`${STAFF}?state=refused`, guru.token)).toEqual([])
  expect(await list(STAFF, admin.token)).toEqual([request.id])
  expect(await list(STAFF, stranger.token)).toEqual([])
  const { path, call } = decide(request.id, 'accept', stranger.token)
  expect((await server.refused(path, call)).code).toBe('not_found')
  expect((await server.refused(path, { ...call, token: ani.token })).code).toBe('forbidden')
  expect((await server.refused(STAFF, { token: ani.token })).code).toBe('forbidden')
  const own = decide((await ask(WRONG, admin.token)).id, 'accept', admin.token)
  expect((await server.refused(own.path, own.call)).code).toBe('forbidden')
})

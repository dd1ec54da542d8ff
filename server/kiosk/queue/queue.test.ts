import { afterEach, beforeEach, expect, it } from 'vitest'
import { resolveEventReply, staffEventsReply } from '../../../shared/contract/kiosk-events.ts'
import { todayBoardReply } from '../../../shared/contract/today.ts'
import { makePerson } from '../../test/test-capture.ts'
import { makeKiosk, openOutbox, sendEvents } from '../../test/test-kiosk.ts'
import { openTestServer, type TestDevice, type TestServer } from '../../test/test-server.ts'
import { enrol, makeStudent, type Student } from '../../test/test-student.ts'

let server: TestServer
let admin: string
let kiosk: TestDevice
let ani: Student
beforeEach(async () => {
  server = await openTestServer()
  admin = (await server.signedIn({ role: 'admin', kelas: null })).access_token
  kiosk = await makeKiosk(server, admin)
  ani = await makeStudent(server, { name: 'Ani' })
  await enrol(server, ani)
  for (let n = 0; n < 3; n++) await server.addUser()
})
afterEach(() => server.close())

const EVENTS = '/api/v1/kiosk/events'
const guruOf = async (kelas: string | null) => {
  const { access_token, user } = await server.signedIn({ role: 'guru', kelas: null })
  const given = { sql: 'INSERT INTO guru_kelas (user_id, kelas) VALUES (?, ?)', args: [user.id, kelas] }
  if (kelas !== null) await server.deps.db.write([given])
  return { token: access_token, id: user.id }
}
const list = async (token: string, query = '') =>
  (await server.ask(staffEventsReply, `${EVENTS}${query}`, { token })).data
const resolve = (token: string, id: string, body: unknown) =>
  server.ask(resolveEventReply, `${EVENTS}/${id}/resolve`, { body, token })
const refusal = async (token: string, id: string, body: unknown) =>
  (await server.refused(`${EVENTS}/${id}/resolve`, { body, token })).code
const rowsOf = (id: string) =>
  server.deps.db.read('SELECT id, status, grade, method, late_minutes FROM absensi WHERE user_id = ?', [id])
const present = (user_id: string, more = {}) => ({ decision: 'present', user_id, ...more })

it('shows each teacher what is hers to look at, with room, time and claim', async () => {
  const dodi = await server.addUser({ name: 'Dodi', kelas: 'X-2' })
  const everywhere = await makeKiosk(server, admin, null)
  const { makeEvent } = await openOutbox(server, kiosk)
  const other = await openOutbox(server, everywhere)
  await sendEvents(server, kiosk, [
    await makeEvent(ani.person),
    await makeEvent(makePerson()),
    await makeEvent(makePerson(), { nim: ani.nim }),
    await makeEvent(makePerson(), { nim: dodi.nim }),
  ])
  await sendEvents(server, everywhere, [
    await other.makeEvent(makePerson()),
    await other.makeEvent(makePerson(), { nim: 'x-y' }),
  ])
  const shown = async (token: string) =>
    (await list(token)).map(({ nim, kiosk: { id } }) => [id === kiosk.id ? 'X-1' : 'all', nim])
  const unnamed = ['X-1', null]
  const anywhere = [
    ['all', null],
    ['all', 'x-y'],
  ]
  expect(await shown(admin)).toEqual([unnamed, ['X-1', ani.nim], ['X-1', dodi.nim], ...anywhere])
  expect(await shown((await guruOf('X-1')).token)).toEqual([unnamed, ['X-1', ani.nim], ...anywhere])
  expect(await shown((await guruOf('X-2')).token)).toEqual([['X-1', dodi.nim], ...anywhere])
  expect(await shown((await guruOf(null)).token)).toEqual([])
  const counted = async (token: string) =>
    (await server.ask(todayBoardReply, '/api/v1/admin/today', { token })).queues.kiosk_events
  expect([
    await counted(admin),
    await counted((await guruOf('X-2')).token),
    await counted((await guruOf(null)).token),
  ]).toEqual([5, 3, 0])
  expect((await server.refused(EVENTS, { token: ani.token })).code).toBe('forbidden')
  const [, claimed] = await list(admin)
  expect(claimed).toMatchObject({
    kiosk: { label: 'Gerbang', room: 'Lobi' },
    reasons: ['not_claimed'],
    claim: { id: ani.id, name: 'Ani', kelas: 'X-1' },
    person: null,
    state: 'waiting',
    time_trusted: true,
  })
  expect(claimed?.captured_at).toMatch(/^2026-11-02T07:0.:..\+07:00$/)
  expect((await list(admin, '?state=done')).map(({ result }) => result)).toEqual(['hadir'])
})

it('marks by hand whom a teacher names, once, and keeps who did it', async () => {
  const guru = await guruOf('X-1')
  const stranger = await guruOf('X-2')
  const dodi = await server.addUser({ kelas: 'X-2' })
  const budi = await server.addUser({ name: 'Budi' })
  const { makeEvent } = await openOutbox(server, kiosk)
  server.clock.now += 20 * 60_000
  await sendEvents(server, kiosk, [
    await makeEvent(makePerson()),
    await makeEvent(makePerson()),
    await makeEvent(makePerson()),
  ])
  const [first, second, third] = (await list(guru.token)).map(({ id }) => id) as [string, string, string]
  expect(await refusal(stranger.token, first, present(dodi.id))).toBe('not_found')
  expect(await refusal(guru.token, first, present(dodi.id))).toBe('not_found')
  expect(await refusal(guru.token, first, present(budi.id, { session_id: 'lain' }))).toBe('bad_request')
  const [one, two] = await Promise.all([
    resolve(guru.token, first, present(budi.id, { reason: 'Saya lihat' })),
    resolve(guru.token, first, present(budi.id)),
  ])
  expect(two).toEqual(one)
  expect(one.event).toMatchObject({ state: 'resolved', person: { id: budi.id }, decided_by: { id: guru.id } })
  const [row] = await rowsOf(budi.id)
  expect(row).toMatchObject({
    id: one.event.absensi_id,
    status: 'terlambat',
    grade: 'verified',
    method: 'manual',
    late_minutes: 5,
  })
  // She came when she was captured, not when it was written down.
  const [captured] = await server.deps.db.read('SELECT captured_at FROM kiosk_events WHERE id = ?', [first])
  expect(await server.deps.db.read('SELECT timestamp FROM absensi WHERE user_id = ?', [budi.id])).toEqual([
    { timestamp: captured?.captured_at },
  ])
  expect(await refusal(guru.token, first, { decision: 'dismiss', reason: 'bukan' })).toBe('conflict')
  expect(await refusal(admin, first, present(ani.id))).toBe('conflict')
  // Whoever is there already stays as she is; a false one is dismissed.
  await resolve(guru.token, second, present(budi.id, { status: 'hadir' }))
  expect(await rowsOf(budi.id)).toEqual([row])
  const dismissed = await resolve(guru.token, third, { decision: 'dismiss', reason: 'Poster di dinding' })
  expect(dismissed.event).toMatchObject({ state: 'dismissed', note: 'Poster di dinding', absensi_id: null })
  expect(await list(guru.token)).toEqual([])
  const lines = await server.deps.db.read(
    "SELECT user_id, action FROM audit_logs WHERE entity_type = 'kiosk_event' AND user_id IS NOT NULL ORDER BY seq",
  )
  expect(lines.map(({ action }) => action)).toEqual([
    'resolve_kiosk_event',
    'resolve_kiosk_event',
    'dismiss_kiosk_event',
  ])
})

it('puts the teacher’s word in the place of an alfa, and needs a session where none was open', async () => {
  await server.deps.db.write([{ sql: "UPDATE sessions SET opens = '05:00', late_after = '05:15', closes = '06:30'" }])
  const { makeEvent } = await openOutbox(server, kiosk)
  const [receipt] = await sendEvents(server, kiosk, [await makeEvent(ani.person)])
  expect(receipt).toMatchObject({ result: 'review', reason: 'no_session', name: 'Ani' })
  const body = { session_id: 'harian', date: '2026-11-02', marks: [{ user_id: ani.id, status: 'alfa' }] }
  await server.call('/api/v1/absensi/admin/mark', { body, token: admin })
  const [event] = await list(admin)
  expect(event?.person).toMatchObject({ id: ani.id })
  const id = event?.id ?? ''
  expect(await refusal(admin, id, present(ani.id))).toBe('closed')
  await resolve(admin, id, present(ani.id, { session_id: 'harian', status: 'hadir', reason: 'Pintu terkunci' }))
  expect((await rowsOf(ani.id)).map(({ status, method }) => [status, method])).toEqual([['hadir', 'manual']])
  const corrections = await server.deps.db.read('SELECT reason, by_user IS NOT NULL AS named FROM corrections')
  expect(corrections).toEqual([{ reason: 'Pintu terkunci', named: 1 }])
})

it('says nothing was decided where somebody marked her otherwise in the same moment, and decides when asked again', async () => {
  const budi = await server.addUser({ name: 'Budi' })
  const { makeEvent } = await openOutbox(server, kiosk)
  await sendEvents(server, kiosk, [await makeEvent(makePerson())])
  const id = (await list(admin))[0]?.id ?? ''
  const { db } = server.deps
  const { write } = db
  db.write = async (statements) => {
    db.write = write
    const alfa = `INSERT INTO absensi (id, user_id, session_id, date, timestamp, status, grade, late_minutes, confidence, method,
      created_at) VALUES ('a', ?, 'harian', '2026-11-02', 0, 'alfa', 'verified', 0, 0, 'manual', 0)`
    await write([{ sql: alfa, args: [budi.id] }])
    return write(statements)
  }
  expect(await refusal(admin, id, present(budi.id))).toBe('conflict')
  expect((await list(admin)).map(({ state }) => state)).toEqual(['waiting'])
  await resolve(admin, id, present(budi.id))
  expect(await rowsOf(budi.id)).toMatchObject([{ status: 'hadir' }])
})

it('is no success for whoever decided on another session', async () => {
  const later = `INSERT INTO sessions (id, name, kelas, days, opens, late_after, closes, created_at, updated_at)
    VALUES ('siang', 'Siang', NULL, '[1,2,3,4,5]', '12:00', '12:15', '15:00', 0, 0)`
  await server.deps.db.write([{ sql: later }])
  const { makeEvent } = await openOutbox(server, kiosk)
  await sendEvents(server, kiosk, [await makeEvent(makePerson())])
  const id = (await list(admin))[0]?.id ?? ''
  await resolve(admin, id, present(ani.id, { session_id: 'harian' }))
  await resolve(admin, id, present(ani.id, { session_id: 'harian' }))
  await resolve(admin, id, present(ani.id))
  expect(await refusal(admin, id, present(ani.id, { session_id: 'siang' }))).toBe('conflict')
})

it('notes her leaving, where she was there in the hours of that', async () => {
  const leaving = "UPDATE sessions SET closes = '09:00', leaving_opens = '14:00', leaving_closes = '16:00'"
  await server.deps.db.write([{ sql: leaving }])
  const { makeEvent } = await openOutbox(server, kiosk)
  const came = await makeEvent(ani.person)
  server.clock.now = Date.parse('2026-11-02T14:30:00+07:00')
  const gate = await makeKiosk(server, (await server.signedIn({ role: 'admin', kelas: null })).access_token)
  const other = await openOutbox(server, gate)
  // The door by which she left has its network back first.
  await sendEvents(server, gate, [await other.makeEvent(ani.person)])
  const left = server.clock.now
  await sendEvents(server, kiosk, [came])
  const token = (await server.signedIn({ role: 'admin', kelas: null })).access_token
  const [waiting] = await list(token)
  expect(waiting).toMatchObject({ reasons: ['no_session'], person: { id: ani.id } })
  const { event } = await resolve(token, waiting?.id ?? '', present(ani.id))
  expect(event).toMatchObject({ state: 'resolved', absensi_id: expect.any(String) })
  const [row] = await server.deps.db.read('SELECT status, grade, left_at FROM absensi WHERE user_id = ?', [ani.id])
  expect(row).toEqual({ status: 'hadir', grade: 'provisional', left_at: left })
})

it('takes a leaving for one also where her coming was written by hand after it', async () => {
  const leaving = "UPDATE sessions SET closes = '09:00', leaving_opens = '14:00', leaving_closes = '16:00'"
  await server.deps.db.write([{ sql: leaving }])
  server.clock.now = Date.parse('2026-11-02T14:30:00+07:00')
  const token = (await server.signedIn({ role: 'admin', kelas: null })).access_token
  const { makeEvent } = await openOutbox(server, kiosk)
  const event = await makeEvent(ani.person)
  const left = server.clock.now
  server.clock.now += 10 * 60_000
  const mark = { session_id: 'harian', date: '2026-11-02', marks: [{ user_id: ani.id, status: 'hadir' }] }
  await server.call('/api/v1/absensi/admin/mark', { body: mark, token })
  expect(await sendEvents(server, kiosk, [event])).toMatchObject([{ result: 'hadir' }])
  const [row] = await server.deps.db.read('SELECT left_at, method FROM absensi WHERE user_id = ?', [ani.id])
  expect(row).toEqual({ left_at: left, method: 'manual' })
})

it('gives her the time at which she was there, where she was recorded as late', async () => {
  const { makeEvent } = await openOutbox(server, kiosk)
  const event = await makeEvent(ani.person)
  const { now } = server.clock
  server.clock.now += 40 * 60_000
  const marks = [{ user_id: ani.id, status: 'terlambat', late_minutes: 30 }]
  const body = { session_id: 'harian', date: '2026-11-02', marks }
  await server.call('/api/v1/absensi/admin/mark', { body, token: admin })
  await sendEvents(server, kiosk, [event])
  const [waiting] = await list(admin)
  expect(waiting).toMatchObject({ reasons: ['came_earlier'], person: { id: ani.id }, absensi_id: expect.any(String) })
  const decided = await resolve(admin, waiting?.id ?? '', present(ani.id))
  expect(decided.event).toMatchObject({ state: 'resolved', absensi_id: waiting?.absensi_id })
  const [row] = await server.deps.db.read('SELECT * FROM absensi WHERE user_id = ?', [ani.id])
  expect(row).toMatchObject({ status: 'hadir', late_minutes: 0, method: 'manual' })
  expect(Math.abs(Number(row?.timestamp) - now)).toBeLessThan(60_000)
  const [correction] = await server.deps.db.read('SELECT old_value, new_value FROM corrections')
  expect(JSON.parse(String(correction?.old_value))).toMatchObject({ status: 'terlambat', timestamp: server.clock.now })
  expect(JSON.parse(String(correction?.new_value))).toMatchObject({ status: 'hadir', timestamp: row?.timestamp })
})

it('forgets what was typed with the person it names', async () => {
  const { makeEvent } = await openOutbox(server, kiosk)
  await sendEvents(server, kiosk, [await makeEvent(makePerson(), { nim: ani.nim })])
  await server.deps.db.write([{ sql: 'DELETE FROM users WHERE id = ?', args: [ani.id] }])
  expect((await list(admin)).map(({ nim, claim }) => [nim, claim])).toEqual([[null, null]])
})

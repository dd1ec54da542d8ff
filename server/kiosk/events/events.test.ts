import { randomUUID } from 'node:crypto'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { reviewReply } from '../../../shared/contract/absensi-admin.ts'
import { tokensReply } from '../../../shared/contract/auth.ts'
import { closeSessions } from '../../attendance/close.ts'
import { between, holdStill, makePerson, type Person } from '../../test/test-capture.ts'
import {
  beat,
  drawKioskTicket,
  EVENTS,
  makeKiosk,
  openOutbox,
  revokeAtNextWrite,
  SCAN,
  scanAt,
  sendEvents,
  signCall,
} from '../../test/test-kiosk.ts'
import { openTestServer, PASSWORD, type TestDevice, type TestServer } from '../../test/test-server.ts'
import { addCrowd, enrol, makeStudent, type Student } from '../../test/test-student.ts'

const MINUTE = 60_000
const DAY = 86_400_000

let server: TestServer
let admin: string
let kiosk: TestDevice
let ani: Student
let budi: Student
beforeEach(async () => {
  server = await openTestServer()
  admin = (await server.signedIn({ nim: 'kepala', role: 'admin', kelas: null })).access_token
  kiosk = await makeKiosk(server, admin)
  ani = await enrolled({ name: 'Ani' })
  budi = await enrolled({ name: 'Budi' })
  for (let n = 0; n < 3; n++) await server.addUser()
})
afterEach(() => server.close())

const enrolled = async (user = {}, person = makePerson()) => {
  const student = await makeStudent(server, user, { person })
  await enrol(server, student)
  return student
}
const rows = () =>
  server.deps.db.read(
    'SELECT user_id, status, grade, method, timestamp, device_info FROM absensi ORDER BY created_at, rowid',
  )
const kept = () =>
  server.deps.db.read(
    'SELECT event_id, result, reasons, state, person_id, claim_id, clash FROM kiosk_events ORDER BY rowid',
  )

it('records an outbox at the times of its captures, once, with a receipt for each in order', async () => {
  const { makeEvent } = await openOutbox(server, kiosk)
  const events = [await makeEvent(ani.person, { nim: ani.nim })]
  server.clock.now += 20 * MINUTE
  events.push(await makeEvent(budi.person))
  server.clock.now += MINUTE
  events.push(await makeEvent(ani.person), await makeEvent(makePerson()))
  const still = await makeEvent(budi.person, { act: holdStill })
  const times = [events[0], events[1]].map((event) => Date.parse(event?.wall_time ?? ''))
  server.clock.now += 2 * DAY
  const receipts = await sendEvents(server, kiosk, [...events, still])
  expect(receipts).toEqual([
    {
      id: events[0]?.id,
      result: 'hadir',
      reason: null,
      name: 'Ani',
      status: 'hadir',
      time: expect.stringMatching(/^2026-11-02T07:0/),
    },
    {
      id: events[1]?.id,
      result: 'terlambat',
      reason: null,
      name: 'Budi',
      status: 'terlambat',
      time: expect.stringMatching(/^2026-11-02T07:2.*07:00$/),
    },
    { id: events[2]?.id, result: 'already', reason: null, name: 'Ani', status: 'hadir', time: expect.any(String) },
    { id: events[3]?.id, result: 'unknown', reason: 'unknown', name: null, status: null, time: expect.any(String) },
    { id: still.id, result: 'not_live', reason: null, name: null, status: null, time: expect.any(String) },
  ])
  const expected = [
    {
      user_id: ani.id,
      status: 'hadir',
      grade: 'provisional',
      method: 'kiosk',
      timestamp: times[0],
      device_info: 'offline',
    },
    {
      user_id: budi.id,
      status: 'terlambat',
      grade: 'provisional',
      method: 'kiosk',
      timestamp: times[1],
      device_info: 'offline',
    },
  ]
  expect(await rows()).toEqual(expected)
  // The same again, in another order and in two batches at once, changes nothing.
  const again = await Promise.all([
    sendEvents(server, kiosk, [...events].reverse()),
    sendEvents(server, kiosk, [still]),
  ])
  expect(again.flat()).toEqual([...receipts.slice(0, 4).reverse(), receipts[4]])
  expect(await rows()).toEqual(expected)
  expect((await kept()).map(({ state }) => state)).toEqual(['done', 'done', 'done', 'waiting', 'done'])
  const checks = await server.deps.db.read(
    'SELECT user_id, trace IS NULL AS empty FROM liveness_checks WHERE device_id = ? ORDER BY rowid',
    [kiosk.id],
  )
  expect(checks).toEqual([
    { user_id: ani.id, empty: 0 },
    { user_id: budi.id, empty: 0 },
    { user_id: ani.id, empty: 0 },
    { user_id: null, empty: 1 },
    { user_id: null, empty: 1 },
  ])
  const lines = await server.deps.db.read("SELECT details FROM audit_logs WHERE action = 'take_kiosk_event'")
  expect(lines).toHaveLength(5)
})

it('takes a batch again where the server was killed in the middle of it', async () => {
  const { makeEvent } = await openOutbox(server, kiosk)
  const events = [await makeEvent(ani.person), await makeEvent(budi.person)]
  const [first] = await sendEvents(server, kiosk, events.slice(0, 1))
  await server.stop()
  const { clock, folder } = server
  server = await openTestServer({}, folder)
  server.clock.now = clock.now
  const receipts = await sendEvents(server, kiosk, events)
  expect(receipts[0]).toEqual(first)
  expect(receipts.map(({ result }) => result)).toEqual(['hadir', 'hadir'])
  expect(await rows()).toHaveLength(2)
})

it('records what is doubted all the same, for a person to look at', async () => {
  const crowd: Student[] = []
  for (let n = 0; n < 8; n++) crowd.push(await enrolled())
  const box = await openOutbox(server, kiosk, 20)
  const { makeEvent, stock } = box
  const next = () => crowd.shift()?.person ?? makePerson()
  const reused = stock[0]
  const fine = await makeEvent(ani.person)
  const reusing = await makeEvent(next(), reused === undefined ? {} : { with: reused })
  const behind = await makeEvent(next(), { wall_time: new Date(server.clock.now - 3 * MINUTE).toISOString() })
  const gap = await makeEvent(next(), { counter: 9 })
  const clash = await makeEvent(next(), { counter: 9 })
  const reloaded = await makeEvent(next(), { counter: 10, elapsed_ms: null })
  const strange = await makeEvent(next(), { counter: 11, time_token: 'a.b.c' })
  const other = await makeKiosk(server, admin)
  const stolen = await makeEvent(next(), { counter: 12, time_token: (await beat(server, other)).time_token })
  const outside = await makeEvent(next(), { counter: 13, elapsed_ms: 5 * DAY })
  server.clock.now += 4 * DAY
  const late = await makeEvent(budi.person, { counter: 14 })
  const receipts = await sendEvents(server, kiosk, [
    fine,
    reusing,
    behind,
    gap,
    clash,
    reloaded,
    strange,
    stolen,
    outside,
    late,
  ])
  expect(receipts.map(({ result, reason }) => [result, reason])).toEqual([
    ['hadir', null],
    ['review', 'ticket_reused'],
    ['review', 'clock_back'],
    ['review', 'counter_gap'],
    ['review', 'counter_clash'],
    ['review', 'reloaded'],
    ['review', 'token_unknown'],
    ['review', 'token_unknown'],
    ['review', 'time_outside'],
    ['review', 'ticket_expired'],
  ])
  const found = await rows()
  expect(found.map(({ grade }) => grade)).toEqual(['provisional', ...Array(9).fill('review')])
  expect(found[4]?.device_info).toBe('offline counter_clash counter_gap')
  // A person accepts one of them, where all that waits is looked at.
  const signIn = { body: { nim: 'kepala', password: PASSWORD } }
  const token = (await server.ask(tokensReply, '/api/v1/auth/login', signIn)).access_token
  const [one] = await server.deps.db.read("SELECT id FROM absensi WHERE grade = 'review' LIMIT 1")
  const body = { decision: 'accept', reason: 'Saya lihat sendiri' }
  const reply = await server.ask(reviewReply, `/api/v1/absensi/admin/${one?.id}/review`, { body, token })
  expect(reply).toMatchObject({ outcome: 'accepted', absensi: { grade: 'verified' } })
})

it('asks a person whether somebody came again, where only the kiosk says when it was', async () => {
  const { makeEvent } = await openOutbox(server, kiosk)
  const first = await makeEvent(ani.person)
  const yesterday = new Date(server.clock.now + MINUTE).toISOString()
  server.clock.now += DAY
  // The tablet came up without network and with its clock of yesterday.
  const today = await makeEvent(ani.person, { elapsed_ms: null, wall_time: yesterday })
  const receipts = await sendEvents(server, kiosk, [first, today])
  expect(receipts.map(({ result, reason }) => [result, reason])).toEqual([
    ['hadir', null],
    ['review', 'reloaded'],
  ])
  expect(await kept()).toMatchObject([
    { state: 'done', person_id: ani.id },
    { state: 'waiting', person_id: ani.id, reasons: '["reloaded","another_day"]' },
  ])
  expect(await rows()).toHaveLength(1)
})

it('takes nobody’s coming of today for her leaving of yesterday, where only the kiosk says when it was', async () => {
  const leaving = "UPDATE sessions SET closes = '09:00', leaving_opens = '14:00', leaving_closes = '16:00'"
  await server.deps.db.write([{ sql: leaving }])
  expect(await scanAt(server, kiosk, ani.person)).toMatchObject({ result: 'recorded' })
  server.clock.now = Date.parse('2026-11-02T15:30:00+07:00')
  const { makeEvent } = await openOutbox(server, kiosk)
  const wall_time = new Date(server.clock.now + 10 * MINUTE).toISOString()
  // Switched off over night, it came up without network and with the time at which it went.
  server.clock.now = Date.parse('2026-11-03T06:58:00+07:00')
  const event = await makeEvent(ani.person, { elapsed_ms: null, wall_time })
  server.clock.now += 4 * 60 * MINUTE
  expect(await sendEvents(server, kiosk, [event])).toMatchObject([{ result: 'review', reason: 'reloaded' }])
  expect(await kept()).toMatchObject([{ state: 'waiting', reasons: '["reloaded","another_day"]' }])
  expect(await server.deps.db.read('SELECT left_at FROM absensi')).toEqual([{ left_at: null }])
})

it('goes by the class of that day where she is of another one by now, and doubts what it cannot tell', async () => {
  const other = `INSERT INTO sessions (id, name, kelas, days, opens, late_after, closes, created_at, updated_at)
    VALUES ('lain', 'Lain', '["X-2"]', '[1,2,3,4,5]', '06:00', '07:15', '23:00', 0, 0)`
  await server.deps.db.write([{ sql: `UPDATE sessions SET kelas = '["X-1"]', closes = '09:00'` }, { sql: other }])
  const everywhere = await makeKiosk(server, admin, null)
  const { makeEvent } = await openOutbox(server, everywhere)
  const [first, again] = [await makeEvent(ani.person), await makeEvent(budi.person)]
  expect(await scanAt(server, kiosk, budi.person)).toMatchObject({ result: 'recorded' })
  server.clock.now = Date.parse('2026-11-02T09:10:00+07:00')
  // Ani is alfa in her session, Budi present.
  await closeSessions(server.deps, server.clock.now)
  await server.deps.db.write([{ sql: "UPDATE users SET kelas = 'X-2' WHERE id IN (?, ?)", args: [ani.id, budi.id] }])
  expect(await sendEvents(server, everywhere, [first, again])).toMatchObject([
    { result: 'hadir', reason: null },
    { result: 'review', reason: 'timetable_changed' },
  ])
  const recorded = await server.deps.db.read(
    "SELECT user_id, session_id, status, grade FROM absensi WHERE status <> 'alfa' ORDER BY session_id DESC, user_id = ?",
    [budi.id],
  )
  expect(recorded).toEqual([
    { user_id: budi.id, session_id: 'lain', status: 'hadir', grade: 'review' },
    { user_id: ani.id, session_id: 'harian', status: 'hadir', grade: 'provisional' },
    { user_id: budi.id, session_id: 'harian', status: 'hadir', grade: 'verified' },
  ])
})

it('leaves open what cannot be resolved', async () => {
  const dodi = await enrolled({ name: 'Dodi', kelas: 'X-2' })
  await server.call('/api/v1/consents', { method: 'DELETE', token: budi.token })
  const { makeEvent } = await openOutbox(server, kiosk)
  const claimed = await makeEvent(ani.person, { nim: budi.nim })
  const nobody = await makeEvent(ani.person, { nim: 'tidak-ada' })
  const elsewhere = await makeEvent(dodi.person, { nim: dodi.nim })
  const unnamed = await makeEvent(dodi.person)
  const withdrawn = await makeEvent(budi.person)
  await server.deps.db.write([{ sql: "UPDATE sessions SET opens = '09:00', late_after = '09:15'" }])
  const early = await makeEvent(ani.person)
  const bad = { id: randomUUID(), counter: 7, nim: ['x'], rahasia: 'tidak-untuk-disimpan' }
  const forged = await makeEvent(ani.person, { counter: 8, ticket: 'a.b.c', nim: ani.nim })
  const garbled = await makeEvent(ani.person, { counter: 9, capture: 'a.b.c.d.e' })
  const fine = await makeEvent(ani.person, { counter: 10, nim: ani.nim })
  const receipts = await sendEvents(server, kiosk, [
    claimed,
    nobody,
    elsewhere,
    unnamed,
    withdrawn,
    early,
    bad,
    forged,
    garbled,
    fine,
  ])
  expect(receipts.map(({ result, reason, name }) => [result, reason, name])).toEqual([
    ['review', 'not_claimed', null],
    ['review', 'not_claimed', null],
    ['review', 'not_claimed', null],
    ['unknown', 'unknown', null],
    ['unknown', 'unknown', null],
    ['review', 'no_session', 'Ani'],
    ['bad', 'unreadable', null],
    ['bad', 'unreadable', null],
    ['bad', 'unreadable', null],
    ['review', 'no_session', 'Ani'],
  ])
  expect(await rows()).toEqual([])
  expect((await kept()).every(({ state }) => state === 'waiting')).toBe(true)
  expect((await kept()).slice(0, 3).map(({ claim_id }) => claim_id)).toEqual([budi.id, null, dodi.id])
  // Who came and when is kept, where she said it, also with a ticket that nobody can read.
  const [read] = await server.deps.db.read(
    'SELECT claim_id, nim, wall_at, captured_at, trusted FROM kiosk_events WHERE event_id = ?',
    [forged.id],
  )
  const wall = Date.parse(forged.wall_time)
  expect(read).toEqual({ claim_id: ani.id, nim: ani.nim, wall_at: wall, captured_at: wall, trusted: 0 })
  expect(JSON.stringify(await server.deps.db.read('SELECT * FROM kiosk_events'))).not.toContain('tidak-untuk-disimpan')
})

it('doubts the liveness and the likeness as at any door', async () => {
  const twin = await makeStudent(server, { name: 'Tia' }, { person: between(ani.person, makePerson(), 0.12) })
  const settled = `INSERT INTO face_cases (id, user_id, other_user_id, state, created_at) VALUES ('c', ?, ?, 'two_people', 0)`
  await server.deps.db.write([{ sql: settled, args: [twin.id, ani.id] }])
  await enrol(server, twin)
  const { makeEvent } = await openOutbox(server, kiosk)
  const events = [
    await makeEvent(budi.person, { camera: 'OBS Virtual Camera' }),
    await makeEvent(ani.person),
    await makeEvent(ani.person, { nim: twin.nim }),
    await makeEvent(budi.person, { second: ani.person }),
  ]
  const receipts = await sendEvents(server, kiosk, events)
  expect(receipts.map(({ result, reason, name }) => [result, reason, name])).toEqual([
    ['review', 'evidence', 'Budi'],
    ['unknown', 'ambiguous', null],
    ['review', 'twin_nearer', 'Tia'],
    ['review', 'several_people', null],
  ])
  expect((await rows()).map(({ user_id, grade }) => [user_id, grade])).toEqual([
    [budi.id, 'review'],
    [twin.id, 'review'],
  ])
  // Once more by the name of the other, who is recorded already: she herself would be nowhere.
  server.clock.now += 10 * MINUTE
  const again = await makeEvent(ani.person, { nim: twin.nim })
  expect(await sendEvents(server, kiosk, [again])).toMatchObject([{ result: 'review', reason: 'twin_nearer' }])
  expect((await kept()).at(-1)).toMatchObject({ state: 'waiting', person_id: twin.id })
  await addCrowd(server, 200, 'X-1')
  const [crowded] = await sendEvents(server, kiosk, [await makeEvent(ani.person)])
  expect(crowded).toMatchObject({ result: 'unknown', reason: 'many' })
})

it('marks nobody, and names nobody, once a kiosk is shut out in the middle of its batch', async () => {
  const { makeEvent } = await openOutbox(server, kiosk)
  const events = [await makeEvent(ani.person), await makeEvent(budi.person)]
  revokeAtNextWrite(server, kiosk)
  const receipts = await sendEvents(server, kiosk, events)
  expect(receipts.map(({ result, reason, name }) => [result, reason, name])).toEqual([
    ['review', 'kiosk_revoked', null],
    ['review', 'kiosk_revoked', null],
  ])
  expect(await rows()).toEqual([])
})

it('takes what a kiosk captured in for review after it was shut out, and nothing else of it', async () => {
  const { makeEvent } = await openOutbox(server, kiosk)
  const events = [await makeEvent(ani.person), await makeEvent(makePerson()), { id: randomUUID() }]
  await server.call(`/api/v1/kiosk/devices/${kiosk.id}`, { method: 'DELETE', token: admin })
  const receipts = await sendEvents(server, kiosk, events)
  expect(receipts.map(({ result, reason, name }) => [result, reason, name])).toEqual([
    ['review', 'kiosk_revoked', null],
    ['review', 'kiosk_revoked', null],
    ['bad', 'kiosk_revoked', null],
  ])
  expect(await rows()).toEqual([])
  expect((await kept())[0]).toMatchObject({ person_id: ani.id, state: 'waiting' })
  for (const path of ['/api/v1/kiosk/heartbeat', '/api/v1/kiosk/tickets', '/api/v1/kiosk/leases', SCAN]) {
    const refused = await server.refused(path, await signCall(server, kiosk, path, { body: {} }))
    expect(refused.code).toBe('unauthenticated')
  }
  const others = `WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 9996)
    INSERT INTO kiosk_events (id, kiosk_id, event_id, clash, received_at, captured_at, trusted, result, reasons, state)
    SELECT i, ?, i, 0, 0, 0, 0, 'bad', '["kiosk_revoked"]', 'waiting' FROM n`
  await server.deps.db.write([{ sql: others, args: [kiosk.id] }])
  const more = () => signCall(server, kiosk, EVENTS, { body: { events: [{ id: randomUUID() }] } })
  expect((await server.call(EVENTS, await more())).status).toBe(200)
  expect((await server.refused(EVENTS, await more())).code).toBe('forbidden')
  const forged = await signCall(server, kiosk, EVENTS, { body: { events } }, { signWith: budi.device })
  expect((await server.refused(EVENTS, forged)).code).toBe('unauthenticated')
})

it('knows a capture again whose online answer was lost, and one that comes under two ids', async () => {
  const { makeEvent } = await openOutbox(server, kiosk)
  const ticket = await drawKioskTicket(server, kiosk)
  const event = await makeEvent(ani.person, { with: ticket })
  const body = { ticket: event.ticket, capture: event.capture }
  await server.call(SCAN, await signCall(server, kiosk, SCAN, { body }))
  // Drawn online, the network gone before it could be sent.
  const drawn = await makeEvent(budi.person, { with: await drawKioskTicket(server, kiosk) })
  server.clock.now += DAY
  const receipts = await sendEvents(server, kiosk, [event, drawn, { ...drawn, id: randomUUID(), counter: 3 }])
  expect(receipts.map(({ result, name }) => [result, name])).toEqual([
    ['already', 'Ani'],
    ['hadir', 'Budi'],
    ['already', 'Budi'],
  ])
  expect((await rows()).map(({ grade }) => grade)).toEqual(['verified', 'provisional'])
})

it('puts a late arrival in the place of an alfa; what a person said of her stays, and a person looks again', async () => {
  const { makeEvent } = await openOutbox(server, kiosk)
  const events = [await makeEvent(ani.person), await makeEvent(budi.person)]
  const body = { session_id: 'harian', date: '2026-11-02', marks: [{ user_id: budi.id, status: 'sakit' }] }
  await server.call('/api/v1/absensi/admin/mark', { body, token: admin })
  server.clock.now += DAY
  await closeSessions(server.deps, server.clock.now)
  expect((await rows()).map(({ status }) => status)).toContain('alfa')
  const receipts = await sendEvents(server, kiosk, events)
  expect(receipts.map(({ result, status }) => [result, status])).toEqual([
    ['hadir', 'hadir'],
    ['review', 'sakit'],
  ])
  expect(receipts[1]?.reason).toBe('marked_absent')
  expect((await kept()).map(({ state }) => state)).toEqual(['done', 'waiting'])
  expect((await rows()).map(({ status }) => status)).toContain('sakit')
})

it('asks a person where somebody recorded as late was there in time, and only there', async () => {
  const { makeEvent } = await openOutbox(server, kiosk)
  const inTime = await makeEvent(ani.person)
  const [budiInTime, citra] = [await makeEvent(budi.person), await enrolled({ name: 'Citra' })]
  server.clock.now += 30 * MINUTE
  const [late, lateToo] = [await makeEvent(citra.person), await makeEvent(ani.person)]
  server.clock.now += 10 * MINUTE
  expect(await scanAt(server, kiosk, ani.person)).toMatchObject({ absensi: { status: 'terlambat' } })
  const marks = [{ user_id: budi.id, status: 'terlambat' }]
  const body = { session_id: 'harian', date: '2026-11-02', marks }
  await server.call('/api/v1/absensi/admin/mark', { body, token: admin })
  expect(await scanAt(server, kiosk, citra.person)).toMatchObject({ absensi: { status: 'terlambat' } })
  const receipts = await sendEvents(server, kiosk, [inTime, budiInTime, late, lateToo])
  expect(receipts.map(({ result, reason, status }) => [result, reason, status])).toEqual([
    ['review', 'came_earlier', 'terlambat'],
    ['review', 'came_earlier', 'terlambat'],
    ['already', null, 'terlambat'],
    ['already', null, 'terlambat'],
  ])
  expect((await kept()).map(({ state }) => state)).toEqual(['waiting', 'waiting', 'done', 'done'])
})

it('asks so also where she was recorded as late within five minutes, and takes nothing for a repeat of what came after it', async () => {
  await server.deps.db.write([
    { sql: "UPDATE sessions SET opens = '07:00', late_after = '07:15', closes = '07:20'" },
    {
      sql: `INSERT INTO sessions (id, name, kelas, days, opens, late_after, closes, created_at, updated_at)
        VALUES ('kedua', 'Kedua', '["X-1"]', '[1,2,3,4,5]', '07:20', '07:30', '09:00', 0, 0)`,
    },
  ])
  const start = Date.parse('2026-11-02T07:14:00+07:00')
  server.clock.now = start
  const { makeEvent } = await openOutbox(server, kiosk)
  const inTime = await makeEvent(ani.person)
  server.clock.now = start + 3 * MINUTE
  expect(await scanAt(server, kiosk, ani.person)).toMatchObject({ absensi: { status: 'terlambat' } })
  server.clock.now = start + 4 * MINUTE
  const first = await makeEvent(budi.person)
  server.clock.now = start + 8 * MINUTE
  expect(await scanAt(server, kiosk, budi.person)).toMatchObject({ absensi: { status: 'hadir' } })
  server.clock.now = start + 9 * MINUTE
  const again = await makeEvent(budi.person)
  const receipts = await sendEvents(server, kiosk, [inTime, first, again])
  expect(receipts.map(({ result, reason, status }) => [result, reason, status])).toEqual([
    ['review', 'came_earlier', 'terlambat'],
    ['terlambat', null, 'terlambat'],
    ['already', null, 'hadir'],
  ])
  expect((await rows()).map(({ user_id, status }) => [user_id, status])).toEqual(
    expect.arrayContaining([
      [ani.id, 'terlambat'],
      [budi.id, 'hadir'],
      [budi.id, 'terlambat'],
    ]),
  )
})

it('doubts what was captured before the hours of its session were changed', async () => {
  const { makeEvent } = await openOutbox(server, kiosk)
  const events = [await makeEvent(ani.person)]
  server.clock.now += DAY / 4
  await server.deps.db.write([
    { sql: "UPDATE sessions SET late_after = '06:30', updated_at = ?", args: [server.clock.now] },
  ])
  expect(await sendEvents(server, kiosk, events)).toMatchObject([{ result: 'review', reason: 'timetable_changed' }])
  expect(await rows()).toMatchObject([{ user_id: ani.id, status: 'terlambat', grade: 'review' }])
})

it('records who came in the last minutes of a session that was closed meanwhile', async () => {
  await server.deps.db.write([{ sql: "UPDATE sessions SET opens = '07:30', late_after = '07:31', closes = '07:40'" }])
  const { makeEvent } = await openOutbox(server, kiosk)
  server.clock.now += 37 * MINUTE
  const events = [await makeEvent(ani.person)]
  server.clock.now += 10 * MINUTE
  await closeSessions(server.deps, server.clock.now)
  expect((await rows()).map(({ user_id }) => user_id)).toContain(ani.id)
  expect(await sendEvents(server, kiosk, events)).toMatchObject([{ result: 'terlambat', status: 'terlambat' }])
  const ofAni = (await rows()).filter(({ user_id }) => user_id === ani.id)
  expect(ofAni).toMatchObject([{ status: 'terlambat', method: 'kiosk' }])
})

it('does not let an outbox full of strangers slow down who stands there now', async () => {
  const strangers: Person[] = Array.from({ length: 3 }, makePerson)
  const { makeEvent } = await openOutbox(server, kiosk)
  await sendEvents(server, kiosk, await Promise.all(strangers.map((one) => makeEvent(one))))
  const [counted] = await server.deps.db.read("SELECT count(*) AS n FROM tickets WHERE refusal = 'not_matched'")
  expect(counted?.n).toBe(3)
  expect((await scanAt(server, kiosk, ani.person)).result).toBe('recorded')
})

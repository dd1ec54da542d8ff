import { pbkdf2Sync } from 'node:crypto'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { kiosksReply } from '../../../shared/contract/kiosk.ts'
import { leaseReply, rosterReply } from '../../../shared/contract/kiosk-offline.ts'
import { actOut, makeCapture, makePerson, sealCapture } from '../../test/test-capture.ts'
import {
  askKiosk,
  beat,
  lease,
  makeKiosk,
  openOutbox,
  revokeAtNextWrite,
  SCAN,
  sendEvents,
  signCall,
} from '../../test/test-kiosk.ts'
import { openTestServer, type TestDevice, type TestServer } from '../../test/test-server.ts'
import { enrol, makeStudent } from '../../test/test-student.ts'
import { readTimeToken, signTimeToken } from './time-token.ts'

let server: TestServer
let admin: string
let kiosk: TestDevice
beforeEach(async () => {
  server = await openTestServer()
  admin = (await server.signedIn({ role: 'admin', kelas: null })).access_token
  kiosk = await makeKiosk(server, admin)
})
afterEach(() => server.close())

const ROSTER = '/api/v1/kiosk/roster'
const LEASES = '/api/v1/kiosk/leases'
const leased = async () =>
  Number((await server.deps.db.read('SELECT count(*) AS n FROM tickets WHERE lease_id IS NOT NULL'))[0]?.n)

it('tells a kiosk what it needs for a day without network, and notes what the kiosk tells', async () => {
  await server.addUser({ kelas: 'X-1' })
  const now = server.clock.now
  await server.deps.db.write([
    {
      sql: `INSERT INTO holidays (id, name, from_date, until_date, kelas, created_at) VALUES
        ('a', 'Libur', '2026-11-03', '2026-11-03', NULL, 0), ('b', 'Lain', '2026-11-04', '2026-11-04', '["X-2"]', 0)`,
    },
    { sql: `UPDATE sessions SET kelas = '["X-2"]', days = '[3]' WHERE id = 'harian'` },
    {
      sql: `INSERT INTO sessions (id, name, kelas, days, opens, late_after, closes, created_at, updated_at)
        VALUES ('pagi', 'Pagi', '["X-1","X-3"]', '[1,2,3]', '06:00', '07:15', '09:00', 0, 0)`,
    },
  ])
  const told = await beat(server, kiosk, {
    queue: 7,
    oldest: new Date(now - 1000).toISOString(),
    stock: 3,
    version: 'v9',
  })
  expect(told).toMatchObject({ epoch_ms: now, kiosk: { id: kiosk.id, room: 'Lobi' }, pin: null, stock_target: 3 })
  expect(told.renew_within).toBe(1.5 * 86_400)
  expect(told.days.map(({ date, holiday, sessions }) => [date, holiday, sessions.map(({ id }) => id).join()])).toEqual([
    ['2026-11-02', null, 'pagi'],
    ['2026-11-03', 'Libur', ''],
    ['2026-11-04', null, 'pagi'],
    ...['05', '06', '07', '08'].map((day) => [`2026-11-${day}`, null, '']),
  ])
  expect(await server.deps.db.read('SELECT queue, oldest, stock, version, told_at FROM kiosks')).toEqual([
    { queue: 7, oldest: now - 1000, stock: 3, version: 'v9', told_at: now },
  ])
  const { keyRing } = server.deps
  expect(await readTimeToken(keyRing, kiosk.id, told.time_token)).toBe(now)
  const other = await signTimeToken(keyRing, 'another kiosk', now)
  for (const text of ['', 'a.b.c', other, `${told.time_token}x`])
    expect(await readTimeToken(keyRing, kiosk.id, text)).toBeNull()
})

it('gives names and NIMs of its classes in pages, and a version that changes with them', async () => {
  for (const name of ['Cici', 'Ani', 'Budi'])
    await server.addUser({ name, kelas: 'X-1', email: `${name}@sekolah.test` })
  const out = await server.addUser({ name: 'Dodi', kelas: 'X-2' })
  await server.signedIn({ role: 'guru', kelas: 'X-1' })
  const page = await askKiosk(server, kiosk, rosterReply, `${ROSTER}?offset=1&limit=2`)
  expect(page).toMatchObject({ total: 3, students: [{ name: 'Budi' }, { name: 'Cici' }] })
  expect(JSON.stringify(page)).not.toContain('sekolah.test')
  expect((await beat(server, kiosk)).roster_version).toBe(page.version)
  await server.deps.db.write([{ sql: "UPDATE users SET kelas = 'X-1' WHERE id = ?", args: [out.id] }])
  expect((await beat(server, kiosk)).roster_version).not.toBe(page.version)
  expect((await server.refused(ROSTER, { token: admin })).code).toBe('unauthenticated')
})

it('leases three tickets a student at most, the same again for the same request, all of them gone with the kiosk', async () => {
  for (const _ of [1, 2]) await server.addUser({ kelas: 'X-1' })
  const id = crypto.randomUUID()
  const first = await lease(server, kiosk, 4, { id })
  expect(first).toHaveLength(4)
  expect(first[0]).toMatchObject({ purpose: 'identify', expires_in: 3 * 86_400, profile: 'school' })
  expect(await lease(server, kiosk, 4, { id })).toEqual(first)
  const held = 4
  const [a, b] = await Promise.all([lease(server, kiosk, 5, { held }), lease(server, kiosk, 5, { held })])
  expect([...a, ...b]).toHaveLength(2)
  expect(await lease(server, kiosk, 1, { held })).toEqual([])
  expect(await lease(server, kiosk, 5, { held: 6 })).toEqual([])
  expect(await leased()).toBe(6)
  // Half of their time is over: as many again, while these are still good.
  server.clock.now += 1.5 * 86_400_000
  expect(await lease(server, kiosk, 9)).toHaveLength(6)
  expect(await lease(server, kiosk, 1, { held: 3 })).toEqual([])
  server.clock.now += 1.5 * 86_400_000 + 1
  // The answer to it was lost, and all of it has ended.
  expect(await lease(server, kiosk, 4, { id })).toEqual([])
  await server.call('/api/v1/admin/settings', {
    method: 'PUT',
    body: { settings: { kiosk_lease_days: 7 }, updated_at: null },
    token: (await server.signedIn({ role: 'admin', kelas: null })).access_token,
  })
  expect((await lease(server, kiosk, 9)).map(({ expires_in }) => expires_in / 86_400)).toEqual(Array(6).fill(7))

  const other = await makeKiosk(server, (await server.signedIn({ role: 'admin', kelas: null })).access_token, ['X-9'])
  expect(await askKiosk(server, other, leaseReply, LEASES, { held: 0, count: 5 })).toEqual({
    tickets: [],
    stock_target: 0,
  })
  const revoked = await server.call(`/api/v1/kiosk/devices/${kiosk.id}`, {
    method: 'DELETE',
    token: (await server.signedIn({ role: 'admin', kelas: null })).access_token,
  })
  expect(revoked.status).toBe(200)
  const alive = await server.deps.db.read('SELECT 1 FROM tickets WHERE lease_id IS NOT NULL AND expires_at > ?', [
    server.clock.now,
  ])
  expect(alive).toEqual([])
  const call = await signCall(server, kiosk, LEASES, { body: { held: 0, count: 1 } })
  expect((await server.refused(LEASES, call)).code).toBe('unauthenticated')
})

it('leases anew to a kiosk that forgot its tickets, in the place of those', async () => {
  await server.addUser({ kelas: 'X-1' })
  const alive = () =>
    server.deps.db.read('SELECT id FROM tickets WHERE lease_id IS NOT NULL AND expires_at > ? ORDER BY rowid', [
      server.clock.now,
    ])
  const [before, outbox] = [await lease(server, kiosk, 2), await openOutbox(server, kiosk, 1)]
  server.clock.now += 60_000
  const student = await makeStudent(server, { kelas: 'X-1' })
  await enrol(server, student)
  const captured = await outbox.makeEvent(student.person)
  // Shut out by a server on an old backup, and known again.
  server.clock.now += 60_000
  const id = crypto.randomUUID()
  const anew = await lease(server, kiosk, 9, { id })
  expect(anew).toHaveLength(6)
  expect(await alive()).toEqual(anew.map((one) => ({ id: one.id })))
  expect(await lease(server, kiosk, 9, { id })).toEqual(anew)
  expect(await lease(server, kiosk, 9, { held: 6 })).toEqual([])
  // What was captured before with one of those is good; with one that came up again it is doubted.
  expect(await sendEvents(server, kiosk, [captured])).toMatchObject([{ result: 'hadir', reason: null }])
  server.clock.now += 2 * 60_000
  const again = await outbox.makeEvent(makePerson(), before[0] === undefined ? {} : { with: before[0] })
  await sendEvents(server, kiosk, [again])
  const [row] = await server.deps.db.read('SELECT reasons FROM kiosk_events WHERE event_id = ?', [again.id])
  expect(row?.reasons).toBe('["ticket_expired","unknown"]')
})

it('dates what it leases again from now, and leases nothing to a kiosk that is shut out meanwhile', async () => {
  await server.addUser({ kelas: 'X-1' })
  const id = crypto.randomUUID()
  const [first] = await lease(server, kiosk, 1, { id })
  server.clock.now += 86_400_000 + 500
  const [again] = await lease(server, kiosk, 1, { id })
  expect(again).toEqual({ ...first, expires_in: 2 * 86_400 - 1 })
  revokeAtNextWrite(server, kiosk)
  const call = await signCall(server, kiosk, LEASES, { body: { held: 0, count: 1 } })
  expect((await server.refused(LEASES, call)).code).toBe('unauthenticated')
  expect(await leased()).toBe(1)
})

it('takes no leased ticket for a check-in online', async () => {
  await server.addUser({ kelas: 'X-1' })
  const [ticket] = await lease(server, kiosk, 1)
  if (ticket === undefined) throw new Error('no ticket')
  const capture = await sealCapture(makeCapture(ticket, actOut(ticket), makePerson()), ticket, kiosk)
  const call = await signCall(server, kiosk, SCAN, { body: { ticket: ticket.ticket, capture } })
  expect((await server.refused(SCAN, call)).code).toBe('bad_capture')
})

it('sets a staff PIN that paired kiosks can check by themselves, and nobody else hears of', async () => {
  const put = (pin: string | null, token = admin) =>
    server.call('/api/v1/kiosk/pin', { method: 'PUT', body: { pin }, token })
  for (const pin of ['123', '123456789', '12a4', '']) expect((await put(pin)).status).toBe(400)
  expect((await put('1234', (await server.signedIn({ role: 'guru', kelas: null })).access_token)).status).toBe(403)
  const hasPin = async () => (await server.ask(kiosksReply, '/api/v1/kiosk/devices', { token: admin })).has_pin
  expect(await hasPin()).toBe(false)
  expect((await put('2580')).status).toBe(200)
  expect(await hasPin()).toBe(true)
  const { pin } = await beat(server, kiosk, { queue: 2, stock: 9, version: 'v1' })
  if (pin === null) throw new Error('no PIN')
  expect(pin.iterations).toBe(600_000)
  const salt = Buffer.from(pin.salt, 'base64url')
  expect(pbkdf2Sync('2580', salt, pin.iterations, 32, 'sha256').toString('base64url')).toBe(pin.hash)
  const devices = await server.ask(kiosksReply, '/api/v1/kiosk/devices', { token: admin })
  expect(devices.kiosks[0]?.told).toMatchObject({ queue: 2, oldest: null, stock: 9, version: 'v1' })
  for (const path of ['/api/v1/admin/settings', '/api/v1/kiosk/devices'])
    expect(await (await server.call(path, { token: admin })).text()).not.toContain(pin.hash)
  const lines = await server.deps.db.read("SELECT action, details FROM audit_logs WHERE action LIKE '%kiosk_pin'")
  expect(lines).toEqual([{ action: 'set_kiosk_pin', details: null }])
  await put(null)
  expect((await beat(server, kiosk)).pin).toBeNull()
  expect(await hasPin()).toBe(false)
})

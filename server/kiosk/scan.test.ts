import { afterEach, beforeEach, expect, it } from 'vitest'
import { scanAttendanceReply } from '../../shared/contract/kiosk.ts'
import { actOut, between, holdStill, makeCapture, makePerson, sealCapture } from '../test/test-capture.ts'
import { drawKioskTicket, kioskBody, makeKiosk, revokeAtNextWrite, SCAN, scanAt, signCall } from '../test/test-kiosk.ts'
import { makeDevice, openTestServer, registerDevice, type TestDevice, type TestServer } from '../test/test-server.ts'
import { addCrowd, checkIn, enrol, makeStudent } from '../test/test-student.ts'

let server: TestServer
let admin: string
let kiosk: TestDevice
beforeEach(async () => {
  server = await openTestServer()
  admin = (await server.signedIn({ role: 'admin' })).access_token
  kiosk = await makeKiosk(server, admin)
})
afterEach(() => server.close())

const enrolled = async (user = {}, person = makePerson()) => {
  const student = await makeStudent(server, user, { person })
  await enrol(server, student)
  return student
}
const rows = () => server.deps.db.read('SELECT user_id, method, grade, device_id FROM absensi')

it('checks in whoever stands there, once, and names only the matched person', async () => {
  const [ani] = [await enrolled({ name: 'Ani' }), await enrolled({ name: 'Budi' })]
  const first = await scanAt(server, kiosk, ani.person)
  expect(first).toMatchObject({
    success: true,
    result: 'recorded',
    absensi: { name: 'Ani', kelas: 'X-1', status: 'hadir', grade: 'verified', late_minutes: 0 },
  })
  expect(Object.keys(first.absensi ?? {})).not.toContain('user_id')
  expect(await rows()).toEqual([{ user_id: ani.id, method: 'kiosk', grade: 'verified', device_id: kiosk.id }])
  expect(await scanAt(server, kiosk, ani.person)).toMatchObject({ result: 'already', absensi: first.absensi })
  const nobody = await scanAt(server, kiosk, makePerson())
  expect(nobody).toMatchObject({ success: false, result: 'unknown', absensi: null })
  const checks = await server.deps.db.read(
    `SELECT user_id, trace IS NULL AS empty FROM liveness_checks WHERE device_id = '${kiosk.id}' ORDER BY created_at`,
  )
  expect(checks).toEqual([
    { user_id: ani.id, empty: 0 },
    { user_id: ani.id, empty: 0 },
    { user_id: null, empty: 1 },
  ])
  const [line] = await server.deps.db.read(
    "SELECT user_id, details FROM audit_logs WHERE action = 'submit_attendance' ORDER BY seq LIMIT 1",
  )
  expect(line).toMatchObject({ user_id: null })
  expect(JSON.parse(String(line?.details))).toEqual({ result: 'attendance', device: kiosk.id, user: ani.id })
})

it('records nobody for a kiosk that is shut out while it sends', async () => {
  const ani = await enrolled()
  const body = await kioskBody(server, kiosk, ani.person)
  const call = await signCall(server, kiosk, SCAN, { body })
  revokeAtNextWrite(server, kiosk)
  expect((await server.refused(SCAN, call)).code).toBe('unauthenticated')
  expect(await rows()).toEqual([])
})

it('records who goes home as a leaving, with the time of it, and repeats nothing', async () => {
  const ani = await enrolled()
  await server.deps.db.write([
    { sql: "UPDATE sessions SET leaving_opens = '14:00', leaving_closes = '15:00', late_after = '06:45'" },
  ])
  const came = await scanAt(server, kiosk, ani.person)
  expect(came).toMatchObject({ left: false, absensi: { status: 'terlambat', late_minutes: 15 } })
  server.clock.now = Date.parse('2026-11-02T14:05:00+07:00')
  expect(await scanAt(server, kiosk, ani.person)).toMatchObject({
    result: 'recorded',
    left: true,
    message: 'Kepulangan tercatat.',
    absensi: { status: 'terlambat', time: '2026-11-02T14:05:00+07:00' },
  })
  const again = await scanAt(server, kiosk, ani.person)
  expect(again).toMatchObject({ result: 'already', left: false, absensi: { time: came.absensi?.time } })
  expect(await rows()).toHaveLength(1)
})

it('answers the very same capture alike, refuses a spent ticket, and somebody who does not move', async () => {
  const ani = await enrolled()
  const body = await kioskBody(server, kiosk, ani.person)
  const send = async (what: unknown) => server.call(SCAN, await signCall(server, kiosk, SCAN, { body: what }))
  const replies = await Promise.all([send(body), send(body)])
  const parsed = await Promise.all(replies.map(async (reply) => scanAttendanceReply.parse(await reply.json())))
  expect(parsed[0]).toEqual(parsed[1])
  expect(await rows()).toHaveLength(1)
  const other = { ...(await kioskBody(server, kiosk, ani.person)), ticket: body.ticket }
  expect(await (await send(other)).json()).toMatchObject({ code: 'ticket_spent' })
  expect(await (await send(await kioskBody(server, kiosk, ani.person, { act: holdStill }))).json()).toMatchObject({
    code: 'not_live',
  })
})

it("takes no phone's ticket, no other kiosk's, and no ticket of its own from a phone", async () => {
  const ani = await enrolled()
  const second = await makeKiosk(server, admin)
  const mine = await kioskBody(server, kiosk, ani.person)
  const refused = async (body: unknown) =>
    (await server.refused(SCAN, await signCall(server, second, SCAN, { body }))).code
  expect(await refused(mine)).toBe('bad_capture')
  const ticket = await drawKioskTicket(server, kiosk)
  const capture = await sealCapture(makeCapture(ticket, actOut(ticket), ani.person), ticket, kiosk)
  const body = { ticket: ticket.ticket, capture }
  expect((await server.refused('/api/v1/absensi/submit', { body, token: ani.token })).code).toBe('bad_capture')
  expect((await server.refused(SCAN, { body, token: ani.token })).code).toBe('unauthenticated')
  const draw = { body: { purpose: 'identify', device_id: ani.device.id }, token: ani.token }
  expect((await server.refused('/api/v1/face/tickets', draw)).code).toBe('bad_request')
})

it('looks among its classes only, active and consenting people', async () => {
  const other = await enrolled({ kelas: 'X-2' })
  expect((await scanAt(server, kiosk, other.person)).result).toBe('unknown')
  expect((await scanAt(server, kiosk, other.person, { nim: other.nim })).result).toBe('unknown')
  const everywhere = await makeKiosk(server, admin, null)
  expect((await scanAt(server, everywhere, other.person)).result).toBe('recorded')
  const ani = await enrolled()
  await server.call('/api/v1/consents', { method: 'DELETE', token: ani.token })
  expect((await scanAt(server, kiosk, ani.person)).result).toBe('unknown')
  const budi = await enrolled()
  await server.deps.db.write([{ sql: 'UPDATE users SET is_active = 0 WHERE id = ?', args: [budi.id] }])
  expect((await scanAt(server, kiosk, budi.person)).result).toBe('unknown')
})

it('tells nobody by a ticket whether somebody has a NIM', async () => {
  const ani = await enrolled()
  const claimsOf = async (nim: string) => {
    const { ticket } = await drawKioskTicket(server, kiosk, nim)
    return JSON.parse(Buffer.from(ticket.split('.')[1] ?? '', 'base64url').toString()) as { user: unknown }
  }
  expect([(await claimsOf(ani.nim)).user, (await claimsOf('nobody')).user]).toEqual([null, null])
})

it('compares with the person of a NIM alone, by her accommodation', async () => {
  const ani = await enrolled({ accommodation: { challenges: ['smile'], poses: 'any', slow: true } })
  const budi = await enrolled()
  const ticket = await drawKioskTicket(server, kiosk, ani.nim)
  expect(ticket).toMatchObject({ purpose: 'identify', challenges: ['smile'], slow: true })
  expect((await scanAt(server, kiosk, budi.person, { ticketNim: ani.nim })).result).toBe('unknown')
  expect((await scanAt(server, kiosk, budi.person, { nim: ani.nim })).result).toBe('unknown')
  expect((await scanAt(server, kiosk, ani.person, { ticketNim: budi.nim, nim: ani.nim })).result).toBe('unknown')
  expect((await scanAt(server, kiosk, ani.person, { nim: 'nobody' })).result).toBe('unknown')
  expect((await scanAt(server, kiosk, ani.person, { ticketNim: ani.nim })).result).toBe('recorded')
  expect((await scanAt(server, kiosk, budi.person, { nim: budi.nim })).result).toBe('recorded')
})

it('asks for the NIM between settled twins, and a person looks when the twin is nearer', async () => {
  const ani = await enrolled()
  const twin = await makeStudent(server, {}, { person: between(ani.person, makePerson(), 0.12) })
  await server.deps.db.write([
    {
      sql: `INSERT INTO face_cases (id, user_id, other_user_id, state, created_at) VALUES ('c', ?, ?, 'two_people', 0)`,
      args: [twin.id, ani.id],
    },
  ])
  await enrol(server, twin)
  expect((await scanAt(server, kiosk, ani.person)).result).toBe('ambiguous')
  // Ani, who types her twin's NIM, is near enough to the twin, but nearer to herself.
  const swapped = await scanAt(server, kiosk, ani.person, { nim: twin.nim })
  expect(swapped).toMatchObject({ result: 'recorded', absensi: { grade: 'review' } })
  const own = await scanAt(server, kiosk, ani.person, { nim: ani.nim })
  expect(own).toMatchObject({ result: 'recorded', absensi: { grade: 'verified' } })
})

it('does not mark somebody again who was marked a moment ago by another door', async () => {
  const ani = await enrolled()
  await checkIn(server, ani)
  await server.deps.db.write([{ sql: "UPDATE absensi SET session_id = 'pagi'" }])
  expect((await scanAt(server, kiosk, ani.person)).result).toBe('already')
  server.clock.now += 5 * 60_000
  expect((await scanAt(server, kiosk, ani.person)).result).toBe('recorded')
})

it('records whoever stands there, whatever was written of her by hand a moment ago', async () => {
  const ani = await enrolled()
  const mark = async (date: string) => {
    const body = { session_id: 'harian', date, marks: [{ user_id: ani.id, status: 'sakit' }] }
    expect((await server.call('/api/v1/absensi/admin/mark', { body, token: admin })).status).toBe(200)
  }
  await mark('2026-10-30')
  server.clock.now += 3 * 60_000
  expect((await scanAt(server, kiosk, ani.person)).result).toBe('recorded')
})

it('asks for one thing, and for two just after a refused face', async () => {
  const asked = async () => (await drawKioskTicket(server, kiosk)).challenges.length
  expect(await asked()).toBe(1)
  await scanAt(server, kiosk, makePerson())
  expect(await asked()).toBe(2)
  server.clock.now += 30_000
  expect(await asked()).toBe(1)
})

it('lets a crowd of unknown faces pass, then waits', async () => {
  await scanAt(server, kiosk, makePerson())
  const failed = `INSERT INTO tickets SELECT id || :n, user_id, device_id, purpose, challenges, slow, poses, sealing_kid,
    issued_at, expires_at, spent_at, capture_hash, receipt, refusal, lease_id FROM tickets WHERE length(id) = 36`
  await server.deps.db.write(Array.from({ length: 38 }, (_, n) => ({ sql: failed, args: { n: `-${n}` } })))
  const path = '/api/v1/kiosk/tickets'
  const draw = async () => server.call(path, await signCall(server, kiosk, path, { body: {} }))
  expect((await draw()).status).toBe(201)
  expect((await scanAt(server, kiosk, makePerson())).result).toBe('unknown')
  expect((await draw()).status).toBe(429)
  const other = await makeKiosk(server, admin)
  expect((await server.call(path, await signCall(server, other, path, { body: {} }))).status).toBe(201)
})

it('asks for the NIM where there are more people than were measured', async () => {
  const ani = await enrolled()
  const everywhere = await makeKiosk(server, admin, null)
  await addCrowd(server, 200)
  expect(await scanAt(server, everywhere, ani.person)).toMatchObject({ success: false, result: 'many', absensi: null })
  expect((await scanAt(server, everywhere, ani.person, { nim: ani.nim })).result).toBe('recorded')
})

it('approves the one phone of hers that waits, for she stood there in person', async () => {
  const ani = await enrolled()
  const phone = await makeDevice()
  expect((await registerDevice(server, phone, ani.token)).status).toBe('pending')
  expect((await scanAt(server, kiosk, ani.person)).absensi?.grade).toBe('verified')
  const devices = await server.deps.db.read('SELECT id, status FROM devices WHERE user_id = ?', [ani.id])
  expect(new Map(devices.map(({ id, status }) => [id, status]))).toEqual(
    new Map([
      [ani.device.id, 'revoked'],
      [phone.id, 'active'],
    ]),
  )
})

import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { submitReply, todayReply } from '../../shared/contract/absensi.ts'
import { between, makePerson, type Person } from '../test/test-capture.ts'
import { makeDevice, openTestServer, registerDevice, type TestServer } from '../test/test-server.ts'
import { checkIn, checkInBody, drawTicket, enrol, makeStudent } from '../test/test-student.ts'

let server: TestServer
beforeEach(async () => {
  server = await openTestServer({ ACCESS_TOKEN_EXPIRE_MINUTES: '1440' })
})
afterEach(() => server.close())

const submit = '/api/v1/absensi/submit'
const minutes = (count: number) => {
  server.clock.now += count * 60_000
}

/** Somebody a little like a person, and clearly somebody else. */
const likeA = (person: Person) => between(person, makePerson(), 0.75)

describe('checking in', () => {
  it('records an enrolled student, on time, and shows it today', async () => {
    const ani = await makeStudent(server)
    await enrol(server, ani)
    const before = await server.ask(todayReply, '/api/v1/absensi/today', { token: ani.token })
    expect(before).toMatchObject({ date: '2026-11-02', time_zone: 'Asia/Jakarta', absensi: null })
    expect(before.session).toMatchObject({
      state: 'open',
      late_after: expect.stringMatching(/^\d{4}-\d\d-\d\dT07:15:00\+07:00$/),
      name: 'Harian',
    })

    const reply = await checkIn(server, ani)
    expect(reply).toMatchObject({ success: true, is_duplicate: false, message: 'Kehadiran tercatat.' })
    expect(reply.absensi).toMatchObject({
      user_id: ani.id,
      nim: ani.nim,
      date: '2026-11-02',
      status: 'hadir',
      grade: 'verified',
      late_minutes: 0,
      confidence: 'high',
    })
    expect(reply.absensi.timestamp).toMatch(/^2026-11-02T07:0\d:\d\d\+07:00$/)
    const after = await server.ask(todayReply, '/api/v1/absensi/today', { token: ani.token })
    expect(after.absensi).toEqual(reply.absensi)
  })

  it('answers a second check-in of the day with the first', async () => {
    const ani = await makeStudent(server)
    await enrol(server, ani)
    const first = await checkIn(server, ani)
    minutes(60)
    const second = await checkIn(server, ani)
    expect(second).toMatchObject({ is_duplicate: true, absensi: first.absensi })
    minutes(17 * 60)
    expect(await checkIn(server, ani)).toMatchObject({ is_duplicate: false, absensi: { date: '2026-11-03' } })
  })

  it("counts lateness from the ticket's issue, not from the capture's arrival", async () => {
    const ani = await makeStudent(server)
    await enrol(server, ani)
    server.clock.now = Date.parse('2026-11-02T07:15:58+07:00')
    expect((await checkIn(server, ani)).absensi).toMatchObject({ status: 'hadir', late_minutes: 0 })
    const budi = await makeStudent(server)
    await enrol(server, budi)
    server.clock.now = Date.parse('2026-11-02T07:40:00+07:00')
    expect((await checkIn(server, budi)).absensi).toMatchObject({ status: 'terlambat', late_minutes: 25 })
  })

  it("belongs to the day of the ticket's issue when midnight comes in between", async () => {
    const ani = await makeStudent(server)
    await enrol(server, ani)
    server.clock.now = Date.parse('2026-11-02T23:59:58+07:00')
    const body = await checkInBody(server, ani)
    expect(server.clock.now).toBeGreaterThan(Date.parse('2026-11-03T00:00:00+07:00'))
    const { absensi } = await server.ask(submitReply, submit, { body, token: ani.token })
    expect(absensi).toMatchObject({ date: '2026-11-02', status: 'terlambat' })
    expect((await checkIn(server, ani)).absensi).toMatchObject({ date: '2026-11-03', status: 'hadir' })
  })

  const setHours = (opens: string, lateAfter: string, closes: string) =>
    server.deps.db.write([
      { sql: 'UPDATE sessions SET opens = ?, late_after = ?, closes = ?', args: [opens, lateAfter, closes] },
    ])

  it('is closed outside the hours of the session, before a walk begins and after', async () => {
    const ani = await makeStudent(server)
    await enrol(server, ani)
    await setHours('06:00', '07:15', '08:00')
    const body = await checkInBody(server, ani)
    await setHours('05:00', '05:30', '06:30')
    expect((await server.refused(submit, { body, token: ani.token })).code).toBe('closed')
    const request = { purpose: 'check-in', device_id: ani.device.id }
    expect((await server.refused('/api/v1/face/tickets', { body: request, token: ani.token })).code).toBe('closed')
    expect(
      (await server.call('/api/v1/face/tickets', { body: { ...request, purpose: 'enrol' }, token: ani.token })).ok,
    ).toBe(true)
  })

  it('looks the same for another face, for nobody enrolled, and for somebody nearer', async () => {
    const ani = await makeStudent(server)
    await enrol(server, ani)
    const nobody = await makeStudent(server)
    const budi = await makeStudent(server, {}, { person: likeA(ani.person) })
    await enrol(server, budi)
    const other = await server.refused(submit, { body: await checkInBody(server, ani, budi.person), token: ani.token })
    const unknown = await server.refused(submit, { body: await checkInBody(server, nobody), token: nobody.token })
    const near = between(ani.person, budi.person, 0.6)
    const nearer = await server.refused(submit, { body: await checkInBody(server, ani, near), token: ani.token })
    for (const problem of [other, unknown, nearer]) {
      expect(problem.code).toBe('not_matched')
      expect({ ...problem, request_id: '' }).toEqual({ ...other, request_id: '' })
    }
    expect(await server.deps.db.read('SELECT id FROM absensi')).toEqual([])
  })

  it('lets a face between two people in when the other is of another class and never used the phone', async () => {
    const ani = await makeStudent(server)
    await enrol(server, ani)
    const far = await makeStudent(server, { kelas: 'XII-9' }, { person: likeA(ani.person) })
    await enrol(server, far)
    const body = await checkInBody(server, ani, between(ani.person, far.person, 0.6))
    expect((await server.ask(submitReply, submit, { body, token: ani.token })).success).toBe(true)
  })

  it("looks at this phone's earlier users too, in whatever class they are", async () => {
    const device = await makeDevice()
    const person = makePerson()
    const far = await makeStudent(server, { kelas: 'XII-9' }, { device, person: likeA(person) })
    await enrol(server, far)
    const ani = await makeStudent(server, {}, { device, person })
    await enrol(server, ani)
    const body = await checkInBody(server, ani, between(ani.person, far.person, 0.6))
    expect((await server.refused(submit, { body, token: ani.token })).code).toBe('not_matched')
    expect((await checkIn(server, ani)).absensi.grade).toBe('review')
  })

  it('grades what a phone records that still waits for approval for review', async () => {
    const ani = await makeStudent(server)
    await enrol(server, ani)
    const second = await makeDevice()
    expect((await registerDevice(server, second, ani.token)).status).toBe('pending')
    expect((await checkIn(server, { ...ani, device: second })).absensi.grade).toBe('review')
  })

  it('knows nobody without a live consent', async () => {
    const ani = await makeStudent(server)
    await enrol(server, ani)
    const body = await checkInBody(server, ani)
    await server.call('/api/v1/consents', { method: 'DELETE', token: ani.token })
    expect((await server.refused(submit, { body, token: ani.token })).code).toBe('consent_required')
    const request = { purpose: 'check-in', device_id: ani.device.id }
    expect((await server.refused('/api/v1/face/tickets', { body: request, token: ani.token })).code).toBe(
      'consent_required',
    )
  })

  it('lets a pair of person and phone wait after five refusals in three minutes, and nobody else', async () => {
    const ani = await makeStudent(server)
    await enrol(server, ani)
    const stranger = makePerson()
    const bodies = []
    for (let i = 0; i < 6; i++) bodies.push(await checkInBody(server, ani, stranger))
    for (const body of bodies.slice(0, 5))
      expect((await server.refused(submit, { body, token: ani.token })).code).toBe('not_matched')
    const refused = await server.refused(submit, { body: bodies[5], token: ani.token })
    expect(refused).toMatchObject({ code: 'slow_down', retry_after: 180 })
    const request = { purpose: 'check-in', device_id: ani.device.id }
    expect((await server.refused('/api/v1/face/tickets', { body: request, token: ani.token })).code).toBe('slow_down')

    const second = await makeDevice()
    await registerDevice(server, second, ani.token)
    expect((await checkIn(server, { ...ani, device: second })).success).toBe(true)
    server.clock.now += 181_000
    await drawTicket(server, ani, 'check-in')
  })
})

import { afterAll, beforeAll, expect, it } from 'vitest'
import { faceFailuresReply, todayBoardReply } from '../../shared/contract/today.ts'
import { putAttendance } from '../test/test-attendance.ts'
import { holdStill, makePerson } from '../test/test-capture.ts'
import { openTestServer, type TestServer } from '../test/test-server.ts'
import { makeAdmin, makeGuru } from '../test/test-staff.ts'
import { bodyOf, checkInBody, drawTicket, enrol, makeStudent, type Student } from '../test/test-student.ts'

const TODAY = '/api/v1/admin/today'
let server: TestServer
let admin: string
let guru: string

beforeAll(async () => {
  server = await openTestServer()
  admin = (await makeAdmin(server)).token
  guru = (await makeGuru(server, 'X-1')).token
  const ani = await server.addUser({ name: 'Ani', kelas: 'X-1' })
  const dewi = await server.addUser({ name: 'Dewi', kelas: 'X-2' })
  await server.addUser({ name: 'Budi', kelas: 'X-1' })
  await putAttendance(server, ani.id, { date: '2026-11-02', status: 'hadir' })
  await putAttendance(server, dewi.id, { date: '2026-11-02', status: 'sakit' })
})
afterAll(() => server?.close())

it('counts the school for an admin and her own classes for a guru', async () => {
  const all = await server.ask(todayBoardReply, TODAY, { token: admin })
  expect(all.sessions).toMatchObject([{ id: 'harian', students: 3, hadir: 1, sakit: 1, belum: 1, alfa: 0 }])
  expect(all.sessions[0]?.kelas.map(({ kelas, students }) => [kelas, students])).toEqual([
    ['X-1', 2],
    ['X-2', 1],
  ])
  expect(all.queues).toMatchObject({
    without_face: 3,
    izin: 0,
    kiosks_silent: 0,
    uploads: 0,
    face_failures: 0,
    kiosk_events: 0,
  })
  expect(all.school).toBe('Sekolah')
  const own = await server.ask(todayBoardReply, TODAY, { token: guru })
  expect(own.sessions[0]?.kelas.map(({ kelas }) => kelas)).toEqual(['X-1'])
  expect(own.queues).toMatchObject({ without_face: 2, devices: null, kiosks_silent: null, accounts: null })
})

it('names the classes of her scope, also on a day without any session', async () => {
  const kelasOf = async (token: string) => (await server.ask(todayBoardReply, TODAY, { token })).kelas
  await server.addUser({ name: 'Citra', kelas: 'X-10' })
  await server.deps.db.write([{ sql: 'UPDATE sessions SET is_active = 0' }])
  server.clock.now += 10_000
  expect(await kelasOf(admin)).toEqual(['X-1', 'X-2', 'X-10'])
  expect(await kelasOf(guru)).toEqual(['X-1'])
  await server.deps.db.write([
    { sql: 'UPDATE sessions SET is_active = 1' },
    { sql: "UPDATE users SET is_active = 0 WHERE kelas = 'X-10'" },
  ])
  server.clock.now += 10_000
  expect(await kelasOf(admin)).toEqual(['X-1', 'X-2'])
})

it('tells the same as an event to staff, and nothing to a student', async () => {
  const reply = await server.call(`${TODAY}/events?seconds=0`, { token: guru })
  expect(reply.headers.get('content-type')).toContain('text/event-stream')
  const text = await reply.text()
  expect(text.match(/^event: .*$/gm)).toEqual(['event: today'])
  const board = todayBoardReply.parse(JSON.parse(/^data: (.*)$/m.exec(text)?.[1] ?? ''))
  expect(board.sessions[0]).toMatchObject({ students: 2, hadir: 1 })
  const student = (await server.signedIn({ kelas: 'X-1' })).access_token
  expect(await server.refused(TODAY, { token: student })).toMatchObject({ code: 'forbidden' })
  expect(await server.refused(`${TODAY}/events?seconds=0`, { token: student })).toMatchObject({ code: 'forbidden' })
  expect(await server.refused(`${TODAY}/events?seconds=61`, { token: guru })).toMatchObject({ code: 'bad_request' })
})

it('names whose face failed today, within her scope, until something is recorded', async () => {
  const failures = (token: string) => server.ask(faceFailuresReply, `${TODAY}/face-failures`, { token })
  const counted = async (token: string) => {
    server.clock.now += 10_000
    return (await server.ask(todayBoardReply, TODAY, { token })).queues.face_failures
  }
  const siti = await makeStudent(server, { nim: 'siti-7', name: 'Siti', kelas: 'X-1' })
  const tono = await makeStudent(server, { nim: 'tono-7', name: 'Tono', kelas: 'X-2' })
  for (const student of [siti, tono]) await enrol(server, student)
  expect(await failures(admin)).toMatchObject({ total: 0, data: [] })
  const send = async (student: Student, body: unknown) =>
    (await server.refused('/api/v1/absensi/submit', { body, token: student.token })).code
  // Somebody else's face twice, then somebody who does nothing she is asked.
  for (const student of [siti, siti, tono])
    expect(await send(student, await checkInBody(server, student, makePerson()))).toBe('not_matched')
  const ticket = await drawTicket(server, tono, 'check-in')
  const still = holdStill(ticket)
  expect(await send(tono, await bodyOf(server, tono, ticket, still))).toBe('not_live')
  expect(await failures(admin)).toMatchObject({
    total: 2,
    data: [
      { id: tono.id, nim: 'tono-7', name: 'Tono', kelas: 'X-2', tries: 2, why: 'not_live' },
      { id: siti.id, tries: 2, why: 'not_matched', at: expect.stringMatching(/^2026-11-02T.*\+07:00$/) },
    ],
  })
  expect((await failures(guru)).data.map(({ name }) => name)).toEqual(['Siti'])
  expect([await counted(admin), await counted(guru)]).toEqual([2, 1])
  await putAttendance(server, tono.id, { date: '2026-11-02', status: 'hadir' })
  expect((await failures(admin)).data.map(({ name }) => name)).toEqual(['Siti'])
  expect(await server.refused(`${TODAY}/face-failures`, { token: siti.token })).toMatchObject({ code: 'forbidden' })
  server.clock.now += 12 * 3_600_000
  expect(await failures((await makeAdmin(server)).token)).toMatchObject({ total: 0 })
})

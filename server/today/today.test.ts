import { afterAll, beforeAll, expect, it } from 'vitest'
import { todayBoardReply } from '../../shared/contract/today.ts'
import { putAttendance } from '../test/test-attendance.ts'
import { openTestServer, type TestServer } from '../test/test-server.ts'
import { makeAdmin, makeGuru } from '../test/test-staff.ts'

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

import { afterEach, beforeEach, expect, it } from 'vitest'
import { scanAttendanceReply } from '../../shared/contract/kiosk.ts'
import { actOut, makeCapture, makePerson, sealCapture } from '../test/test-capture.ts'
import {
  drawKioskTicket,
  kioskBody,
  makeKiosk,
  openOutbox,
  SCAN,
  scanAt,
  sendEvents,
  signCall,
} from '../test/test-kiosk.ts'
import { openTestServer, type TestDevice, type TestServer } from '../test/test-server.ts'
import { addCrowd, enrol, makeStudent } from '../test/test-student.ts'

let server: TestServer
let kiosk: TestDevice
beforeEach(async () => {
  server = await openTestServer()
  kiosk = await makeKiosk(server, (await server.signedIn({ role: 'admin', kelas: null })).access_token, null)
})
afterEach(() => server.close())

const enrolled = async (kelas: string) => {
  const student = await makeStudent(server, { kelas }, { person: makePerson() })
  await enrol(server, student)
  return student
}
const write = (sql: string) => server.deps.db.write([{ sql }])
const session = (id: string, kelas: string | null, opens: string, closes: string) =>
  server.deps.db.write([
    {
      sql: `INSERT INTO sessions (id, name, kelas, days, opens, late_after, closes, created_at, updated_at)
        VALUES (?, ?, ?, '[1,2,3,4,5,6,7]', ?, ?, ?, 0, 0)`,
      args: [id, id, kelas, opens, opens, closes],
    },
  ])
const scan = async (person: readonly number[]) => (await scanAt(server, kiosk, person)).result

it('looks among the classes whose session is open, and tells the others that it is not theirs', async () => {
  const [ani, dodi] = [await enrolled('X-1'), await enrolled('X-2')]
  await addCrowd(server, 200)
  expect(await scan(ani.person)).toBe('many')
  await write("DELETE FROM sessions WHERE id = 'harian'")
  await session('pagi', '["X-1"]', '06:00', '09:00')
  await session('siang', '["X-2"]', '12:00', '15:00')
  expect(await scan(ani.person)).toBe('recorded')
  // Beyond what was measured nobody else is looked for.
  expect(await scan(dodi.person)).toBe('unknown')
  await write("UPDATE users SET is_active = 0 WHERE kelas = 'X-9'")
  const body = await kioskBody(server, kiosk, dodi.person)
  for (const _ of ['once', 'again']) {
    const reply = await server.ask(scanAttendanceReply, SCAN, await signCall(server, kiosk, SCAN, { body }))
    expect(reply).toMatchObject({ success: false, result: 'not_your_session', absensi: null })
  }
  expect((await scanAt(server, kiosk, dodi.person, { nim: dodi.nim })).result).toBe('not_your_session')
  expect(await scan(makePerson())).toBe('unknown')
  // A session for everybody besides: everybody is looked for again.
  await session('semua', null, '06:00', '09:00')
  expect(await scan(dodi.person)).toBe('recorded')
})

it('tells a holiday and a closed school apart, and of who came before her first time', async () => {
  const [ani, dodi] = [await enrolled('X-1'), await enrolled('X-2')]
  const first = await scanAt(server, kiosk, ani.person)
  server.clock.now += 30 * 60_000
  const again = await scanAt(server, kiosk, ani.person)
  expect([again.result, again.absensi?.time]).toEqual(['already', first.absensi?.time])
  await write(`INSERT INTO holidays (id, from_date, until_date, name, kelas, created_at)
    VALUES ('l', '2026-11-02', '2026-11-02', 'Libur', '["X-2"]', 0)`)
  expect(await scan(dodi.person)).toBe('holiday')
  await write("UPDATE sessions SET opens = '05:00', late_after = '05:15', closes = '06:30'")
  server.clock.now += 6 * 60_000
  expect(await scan(ani.person)).toBe('closed')
})

it('counts from when somebody stood there, not from when the kiosk drew its ticket', async () => {
  const ani = await enrolled('X-1')
  server.clock.now += 15 * 60_000 + 10_000
  const ticket = await drawKioskTicket(server, kiosk)
  server.clock.now += 60_000
  const act = actOut(ticket)
  server.clock.now += act.frames.at(-1)?.t ?? 0
  const capture = await sealCapture(makeCapture(ticket, act, ani.person), ticket, kiosk)
  const call = await signCall(server, kiosk, SCAN, { body: { ticket: ticket.ticket, capture } })
  expect((await server.ask(scanAttendanceReply, SCAN, call)).absensi).toMatchObject({
    status: 'terlambat',
    late_minutes: 1,
  })
})

it('goes by the session of the captured time for what comes out of an outbox', async () => {
  const [ani, dodi] = [await enrolled('X-1'), await enrolled('X-2')]
  await write("DELETE FROM sessions WHERE id = 'harian'")
  await session('pagi', '["X-1"]', '06:00', '09:00')
  await session('siang', '["X-2"]', '12:00', '15:00')
  const { makeEvent } = await openOutbox(server, kiosk, 3)
  const events = [await makeEvent(ani.person), await makeEvent(dodi.person)]
  server.clock.now += 6 * 3_600_000
  const receipts = await sendEvents(server, kiosk, events)
  expect(receipts.map(({ result, reason }) => [result, reason])).toEqual([
    ['terlambat', null],
    ['review', 'no_session'],
  ])
})

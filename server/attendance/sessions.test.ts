import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import {
  checkStatusReply,
  historyReply,
  statisticsReply,
  submitReply,
  todayReply,
} from '../../shared/contract/absensi.ts'
import type { PlaceRule } from '../../shared/contract/timetable.ts'
import { putAttendance } from '../test/test-attendance.ts'
import { makeDevice, openTestServer, registerDevice, type TestServer } from '../test/test-server.ts'
import { checkIn, checkInBody, enrol, makeStudent, type Student } from '../test/test-student.ts'
import { attend } from './attend.ts'
import { closeSessions } from './close.ts'

let server: TestServer
let ani: Student
beforeEach(async () => {
  server = await openTestServer({ ACCESS_TOKEN_EXPIRE_MINUTES: '1440' })
  ani = await makeStudent(server)
  await enrol(server, ani)
})
afterEach(() => server.close())

const SUBMIT = '/api/v1/absensi/submit'
const at = (time: string) => {
  server.clock.now = Date.parse(`2026-11-02T${time}:00+07:00`)
}
const set = (sql: string, args: (string | null)[] = []) => server.deps.db.write([{ sql, args }])
const addSession = (id: string, opens: string, late: string, closes: string, rest = '') =>
  set(
    `INSERT INTO sessions (id, name, days, opens, late_after, closes, created_at, updated_at)
      VALUES (?, ?, '[1,2,3,4,5]', ?, ?, ?, 0, 0)`,
    [id, id, opens, late, closes],
  ).then(() => (rest === '' ? [] : set(`UPDATE sessions SET ${rest} WHERE id = '${id}'`)))
const askTicket = (language = 'id') =>
  server.refused('/api/v1/face/tickets', {
    body: { purpose: 'check-in', device_id: ani.device.id },
    token: ani.token,
    headers: { 'accept-language': language },
  })
const today = (token = ani.token) => server.ask(todayReply, '/api/v1/absensi/today', { token })

describe('several sessions a day', () => {
  beforeEach(async () => {
    await set('DELETE FROM sessions')
    await addSession('pagi', '06:00', '07:15', '08:00', "leaving_opens = '15:00', leaving_closes = '16:00'")
    await addSession('siang', '12:00', '12:10', '14:00', 'grace_minutes = 5')
    await addSession('lain', '06:00', '07:15', '23:00', `kelas = '["X-9"]'`)
  })

  it('records one attendance in each, and the leaving of one, once', async () => {
    at('07:00')
    const first = await checkIn(server, ani)
    expect(first.absensi).toMatchObject({ session_id: 'pagi', status: 'hadir', left_at: null })
    expect(await checkIn(server, ani)).toMatchObject({ is_duplicate: true, absensi: { id: first.absensi.id } })
    at('12:15')
    expect((await checkIn(server, ani)).absensi).toMatchObject({ session_id: 'siang', status: 'hadir' })
    const budi = await makeStudent(server)
    await enrol(server, budi)
    at('12:16')
    expect((await checkIn(server, budi)).absensi).toMatchObject({ status: 'terlambat', late_minutes: 6 })

    at('15:30')
    const left = await checkIn(server, ani)
    expect(left).toMatchObject({
      left: true,
      is_duplicate: false,
      message: 'Kepulangan tercatat.',
      absensi: { id: first.absensi.id, left_at: '2026-11-02T15:30:00+07:00', timestamp: first.absensi.timestamp },
    })
    expect(await checkIn(server, ani)).toMatchObject({ left: false, is_duplicate: true, absensi: left.absensi })
    // She was not there in the morning.
    expect((await server.refused('/api/v1/face/tickets', ticketOf(budi))).code).toBe('closed')
    expect(await server.deps.db.read('SELECT id FROM absensi')).toHaveLength(3)
  })

  it('says why it is closed: not yet, over, a holiday, no session', async () => {
    at('05:00')
    expect(await askTicket()).toMatchObject({ code: 'closed', detail: 'Absensi dibuka pukul 06.00.' })
    at('09:00')
    expect((await askTicket('en')).detail).toBe('Attendance opens at 12:00.')
    at('14:01')
    expect((await askTicket()).detail).toBe('Absensi sudah ditutup sejak pukul 14.00.')
    await set("INSERT INTO holidays VALUES ('a', '2026-11-01', '2026-11-03', 'Hari Pahlawan', '[\"X-1\"]', 0)")
    at('07:00')
    expect((await askTicket('en')).detail).toBe('Today is a holiday: Hari Pahlawan.')
    expect(await today()).toMatchObject({
      session: null,
      absensi: null,
      holiday: 'Hari Pahlawan',
      check_in: 'closed',
      why_closed: 'Hari ini libur: Hari Pahlawan.',
      sessions: [{ state: 'holiday' }, { state: 'holiday' }],
    })
    await set('DELETE FROM holidays')
    await set("UPDATE sessions SET days = '[2]'")
    expect((await askTicket()).detail).toBe('Tidak ada sesi untukmu hari ini. Kalau keliru, temui gurumu.')
    expect(await today()).toMatchObject({ session: null, sessions: [], holiday: null })
  })

  it('shows them all today, with what is recorded and what a check-in would be', async () => {
    at('07:20')
    const before = await today()
    expect(before).toMatchObject({ session: { id: 'pagi', state: 'late' }, check_in: 'arrive', why_closed: null })
    expect(before.sessions?.map(({ id, state, wants_location }) => [id, state, wants_location])).toEqual([
      ['pagi', 'late', false],
      ['siang', 'before', false],
    ])
    expect(before.sessions?.[0]?.leaving).toEqual({
      opens: '2026-11-02T15:00:00+07:00',
      closes: '2026-11-02T16:00:00+07:00',
      open: false,
    })
    const status = () => server.ask(checkStatusReply, '/api/v1/absensi/check-status', { token: ani.token })
    expect(await status()).toMatchObject({ has_attended: false, status: null, can_check_in: true, message: null })
    const { absensi } = await checkIn(server, ani)
    expect(await today()).toMatchObject({ absensi: { id: absensi.id }, check_in: 'repeat' })
    expect(await status()).toMatchObject({ has_attended: true, status: 'terlambat', can_check_in: false })
    at('09:00')
    expect(await today()).toMatchObject({ session: { id: 'siang', state: 'before' }, absensi: null })
    expect(await status()).toMatchObject({ has_attended: false, message: 'Absensi dibuka pukul 12.00.' })
  })

  it('counts for the session of the moment the ticket was issued', async () => {
    at('08:00')
    const body = await checkInBody(server, ani)
    server.clock.now += 60_000
    expect((await server.ask(submitReply, SUBMIT, { body, token: ani.token })).absensi.session_id).toBe('pagi')
  })

  it('records whoever came in time though the session was closed before her capture arrived', async () => {
    at('08:00')
    const body = await checkInBody(server, ani)
    server.clock.now = Date.parse('2026-11-02T08:01:10+07:00')
    await closeSessions(server.deps, server.clock.now)
    expect((await today()).sessions?.[0]).toMatchObject({
      state: 'closed',
      absensi: { status: 'alfa', confidence: null },
    })
    const reply = await server.ask(submitReply, SUBMIT, { body, token: ani.token })
    expect(reply).toMatchObject({ is_duplicate: false, absensi: { status: 'terlambat', late_minutes: 45 } })
    expect((await today()).sessions?.[0]?.absensi).toEqual(reply.absensi)
    const corrections = await server.deps.db.read('SELECT by_user, reason, new_value FROM corrections')
    expect(corrections).toEqual([{ by_user: null, reason: 'check-in', new_value: 'null' }])
    await closeSessions(server.deps, server.clock.now)
    expect(await server.deps.db.read('SELECT status FROM absensi')).toEqual([{ status: 'terlambat' }])
  })

  it('puts a leaving in the queue that comes from a phone nobody approved', async () => {
    at('07:00')
    await checkIn(server, ani)
    const device = await makeDevice()
    await registerDevice(server, device, ani.token)
    at('15:30')
    expect(await checkIn(server, { ...ani, device })).toMatchObject({ left: true, absensi: { grade: 'review' } })
  })

  it('takes a check-in at a kiosk of the school for one at the place', async () => {
    const place = JSON.stringify({ mode: 'refuse', networks: ['10.1.0.0/16'] })
    await set('UPDATE sessions SET place = ?', [place])
    const arrival = {
      instant: Date.parse('2026-11-02T07:00:00+07:00'),
      confidence: 0.9,
      grade: 'provisional',
      method: 'kiosk',
      deviceId: 'kiosk',
      checkId: null,
      deviceInfo: undefined,
      ipAddress: '192.0.2.1',
      from: 'here',
    } as const
    const user = { id: ani.id, kelas: 'X-1' }
    const elsewhere = await attend(server.deps, user, { ...arrival, from: { location: undefined } })
    expect(elsewhere).toEqual({ receipt: { kind: 'refused', code: 'outside' }, statements: [] })
    const { receipt, statements } = await attend(server.deps, user, arrival)
    expect(receipt).toMatchObject({ kind: 'attendance', is_duplicate: false })
    await server.deps.db.write(statements)
    const rows = await server.deps.db.read('SELECT method, grade, place, device_id FROM absensi')
    expect(rows).toEqual([{ method: 'kiosk', grade: 'provisional', place: null, device_id: 'kiosk' }])
  })

  it('records two check-ins that come at the same moment from two phones once', async () => {
    at('07:00')
    const device = await makeDevice()
    await registerDevice(server, device, ani.token)
    const bodies = [await checkInBody(server, ani), await checkInBody(server, { ...ani, device })]
    const replies = await Promise.all(bodies.map((body) => server.ask(submitReply, SUBMIT, { body, token: ani.token })))
    expect(replies.map(({ is_duplicate }) => is_duplicate).sort()).toEqual([false, true])
    expect(new Set(replies.map(({ absensi }) => absensi.id)).size).toBe(1)
  })
})

const ticketOf = (student: Student) => ({
  body: { purpose: 'check-in', device_id: student.device.id },
  token: student.token,
})

describe('the place of a session', () => {
  const setPlace = (place: PlaceRule) => set('UPDATE sessions SET place = ?', [JSON.stringify(place)])
  const monas = { latitude: -6.175392, longitude: 106.827153 }
  const circle = { ...monas, radius: 100 }
  const submit = async (extra: object, address?: string) => {
    const student = await makeStudent(server)
    await enrol(server, student)
    at('07:00')
    const body = { ...(await checkInBody(server, student)), ...extra }
    const call = { body, token: student.token, ...(address === undefined ? {} : { address }) }
    const reply = await server.call(SUBMIT, call)
    const json: unknown = await reply.json()
    const [row] = await server.deps.db.read('SELECT grade, place, location FROM absensi WHERE user_id = ?', [
      student.id,
    ])
    return { json, row: row ?? null }
  }
  const here = { location: { ...monas, accuracy: 20.4 } }
  const there = { location: { latitude: -6.2, longitude: 106.8, accuracy: 20 } }

  it('flags who is elsewhere or does not say, and keeps the distance only', async () => {
    await setPlace({ mode: 'flag', circle })
    expect((await today()).sessions?.[0]?.wants_location).toBe(true)
    expect((await submit(here)).row).toEqual({
      grade: 'verified',
      place: 'inside',
      location: '{"distance":0,"accuracy":20}',
    })
    expect((await submit(there)).row).toMatchObject({ grade: 'review', place: 'outside' })
    expect((await submit({})).row).toEqual({ grade: 'review', place: 'unknown', location: null })
    const rows = JSON.stringify(await server.deps.db.read('SELECT * FROM absensi'))
    expect(rows).not.toContain('106.8')
  })

  it('refuses them where the session says so', async () => {
    await setPlace({ mode: 'refuse', circle })
    expect((await submit(here)).row).toMatchObject({ place: 'inside' })
    for (const extra of [there, {}, { location: { ...monas, accuracy: 900 } }])
      expect(await submit(extra)).toMatchObject({ json: { code: 'outside' }, row: null })
    expect((await submit({ location: { latitude: 100, longitude: 0, accuracy: 1 } })).json).toMatchObject({
      code: 'bad_request',
    })
  })

  it("goes by the caller's address where the session names networks", async () => {
    await setPlace({ mode: 'refuse', networks: ['10.1.0.0/16', '2001:db8::/32'] })
    expect((await today()).sessions?.[0]?.wants_location).toBe(false)
    expect((await submit({}, '10.1.2.3')).row).toMatchObject({ place: 'inside', grade: 'verified' })
    expect((await submit({}, '2001:db8::7')).row).toMatchObject({ place: 'inside' })
    expect(await submit(here, '10.2.0.1')).toMatchObject({ json: { code: 'outside' } })
    await setPlace({ mode: 'off', networks: ['10.1.0.0/16'] })
    expect((await submit({}, '10.2.0.1')).row).toMatchObject({ place: null, grade: 'verified' })
  })
})

describe('what is recorded of a person', () => {
  it('is hers alone, newest first, in pages and between days', async () => {
    const other = await server.addUser()
    await putAttendance(server, other.id)
    for (const date of ['2026-10-30', '2026-11-01', '2026-11-02'])
      await putAttendance(server, ani.id, { date, status: date === '2026-11-01' ? 'alfa' : 'hadir' })
    const history = (query: string) => server.ask(historyReply, `/api/v1/absensi/history${query}`, { token: ani.token })
    const all = await history('')
    expect(all).toMatchObject({ total: 3, limit: 50, offset: 0 })
    expect(all.data.map(({ date }) => date)).toEqual(['2026-11-02', '2026-11-01', '2026-10-30'])
    expect(all.data[0]).toMatchObject({ session_name: 'Harian', user_id: ani.id, confidence: expect.any(String) })
    expect((await history('?limit=1&offset=2')).data.map(({ date }) => date)).toEqual(['2026-10-30'])
    expect(await history('?from=2026-11-01&until=2026-11-01')).toMatchObject({ total: 1, data: [{ status: 'alfa' }] })
    for (const query of ['?limit=0', '?offset=-1', '?from=1.11.2026'])
      expect((await server.refused(`/api/v1/absensi/history${query}`, { token: ani.token })).code).toBe('bad_request')
    expect((await server.refused('/api/v1/absensi/history')).code).toBe('unauthenticated')

    const statistics = await server.ask(statisticsReply, '/api/v1/absensi/statistics', { token: ani.token })
    expect(statistics.overall).toMatchObject({ hadir: 2, alfa: 1, total: 3, percentage: 66.7 })
    expect(statistics.current_month).toMatchObject({ month: '2026-11', hadir: 1, alfa: 1, percentage: 50 })
    expect(statistics.months.map(({ month, total }) => [month, total])).toEqual([
      ['2026-11', 2],
      ['2026-10', 1],
    ])
  })
})

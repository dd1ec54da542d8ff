import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { Status } from '../../shared/contract/absensi.ts'
import {
  dailyReportReply,
  dashboardReply,
  reportReply,
  schoolStatisticsReply,
  statisticsReply,
} from '../../shared/contract/reports.ts'
import { closeSessions } from '../attendance/close.ts'
import { putAttendance } from '../test/test-attendance.ts'
import { openTestServer, type TestServer } from '../test/test-server.ts'
import { makeAdmin, makeGuru } from '../test/test-staff.ts'

const STATISTICS = '/api/v1/absensi/admin/statistics'
const DAILY = '/api/v1/absensi/admin/daily-report'
const REPORT = '/api/v1/admin/report'

let server: TestServer
let admin: string
let guru: string
/** Three students of X-1 (the guru's), two of X-2. Today is Monday 2 November 2026, 07:00. */
let people: Record<'ani' | 'budi' | 'citra' | 'dewi' | 'eko', { id: string; nim: string }>

beforeEach(async () => {
  server = await openTestServer()
  admin = (await makeAdmin(server)).token
  guru = (await makeGuru(server, 'X-1')).token
  const add = (name: string, kelas: string) => server.addUser({ name, kelas })
  people = {
    ani: await add('Ani', 'X-1'),
    budi: await add('Budi', 'X-1'),
    citra: await add('Citra', 'X-1'),
    dewi: await add('Dewi', 'X-2'),
    eko: await add('Eko', 'X-2'),
  }
})
afterEach(() => server.close())

const mark = (who: keyof typeof people, date: string, status: Status, options?: Parameters<typeof putAttendance>[2]) =>
  putAttendance(server, people[who].id, { date, status, ...options })

describe('statistics of a period', () => {
  beforeEach(async () => {
    await mark('ani', '2026-10-29', 'hadir')
    await mark('budi', '2026-10-29', 'terlambat', { late: 10 })
    await mark('dewi', '2026-10-29', 'sakit')
    await mark('ani', '2026-10-30', 'alfa')
    await mark('ani', '2026-10-30', 'hadir', { session: 'pelajaran' })
    await mark('ani', '2026-08-01', 'alfa')
  })

  it('counts by status and day, within the days, class and session asked for', async () => {
    const all = await server.ask(statisticsReply, STATISTICS, { token: admin })
    expect(all).toMatchObject({ from: '2026-10-04', until: '2026-11-02', hadir: 2, terlambat: 1, sakit: 1, alfa: 1 })
    expect(all).toMatchObject({ total: 5, percentage: 60, izin: 0 })
    expect(all.per_day.map(({ date, total, percentage }) => [date, total, percentage])).toEqual([
      ['2026-10-29', 3, 66.7],
      ['2026-10-30', 2, 50],
    ])
    const ask = (query: string) => server.ask(statisticsReply, `${STATISTICS}?${query}`, { token: admin })
    expect((await ask('kelas=X-2')).total).toBe(1)
    expect((await ask('session=pelajaran')).total).toBe(1)
    expect((await ask('from=2026-08-01&until=2026-08-31')).alfa).toBe(1)
    expect(await ask('kelas=nowhere')).toMatchObject({ total: 0, percentage: null, per_day: [] })
  })

  it('shows a guru her classes only, whatever she asks for', async () => {
    expect((await server.ask(statisticsReply, STATISTICS, { token: guru })).total).toBe(4)
    expect((await server.ask(statisticsReply, `${STATISTICS}?kelas=X-2`, { token: guru })).total).toBe(0)
    const none = (await makeGuru(server)).token
    expect((await server.ask(statisticsReply, STATISTICS, { token: none })).total).toBe(0)
  })

  it.each([
    'from=2026-11-03&until=2026-11-02',
    'from=2020-01-01&until=2026-01-01',
    'from=2026-02-30',
    'until=x',
    `kelas=${'x'.repeat(41)}`,
  ])('refuses %s', async (query) => {
    expect((await server.refused(`${STATISTICS}?${query}`, { token: admin })).code).toBe('bad_request')
  })
})

describe('the daily report', () => {
  it('tells who has not come yet apart from alfa until the session closes', async () => {
    await mark('ani', '2026-11-02', 'hadir')
    await mark('dewi', '2026-11-02', 'terlambat', { time: '07:31', late: 16 })
    await mark('eko', '2026-11-02', 'izin')
    const open = await server.ask(dailyReportReply, DAILY, { token: admin })
    expect(open).toMatchObject({ date: '2026-11-02', students: 5, hadir: 1, terlambat: 1, izin: 1, alfa: 0, belum: 2 })
    expect(open).toMatchObject({ percentage: 40, session: { id: 'harian', state: 'open', meets: true, holiday: null } })
    expect(open.kelas.map(({ kelas, students, belum }) => [kelas, students, belum])).toEqual([
      ['X-1', 3, 2],
      ['X-2', 2, 0],
    ])
    expect(open.late).toMatchObject([
      { name: 'Dewi', kelas: 'X-2', status: 'terlambat', time: '07:31:00', late_minutes: 16 },
    ])
    expect(open.absent).toMatchObject([{ name: 'Eko', status: 'izin', time: null }])
    expect(open.not_yet.map(({ name, status }) => [name, status])).toEqual([
      ['Budi', null],
      ['Citra', null],
    ])

    server.clock.now += 86_400_000
    const token = (await server.signedIn({ role: 'admin', kelas: null })).access_token
    const closed = await server.ask(dailyReportReply, `${DAILY}?date=2026-11-02`, { token })
    expect(closed).toMatchObject({ alfa: 2, belum: 0, session: { state: 'closed' } })
    expect(closed.absent.map(({ name, status }) => [name, status])).toEqual([
      ['Budi', 'alfa'],
      ['Citra', 'alfa'],
      ['Eko', 'izin'],
    ])
    expect(closed.not_yet).toEqual([])
  })

  it('misses nobody on a holiday, on a day without the session, or of a class that does not meet', async () => {
    await server.deps.db.write([
      {
        sql: `INSERT INTO holidays (id, from_date, until_date, name, kelas, created_at) VALUES
          ('a', '2026-11-04', '2026-11-05', 'Libur', NULL, 0), ('b', '2026-11-06', '2026-11-06', 'Studi', '["X-2"]', 0)`,
      },
      { sql: `UPDATE sessions SET days = '[1,2,3,4,5]' WHERE id = 'harian'` },
    ])
    const on = (date: string) => server.ask(dailyReportReply, `${DAILY}?date=${date}`, { token: admin })
    expect(await on('2026-11-05')).toMatchObject({
      students: 0,
      belum: 0,
      percentage: null,
      session: { meets: false, holiday: 'Libur' },
      not_yet: [],
    })
    expect(await on('2026-11-07')).toMatchObject({ belum: 0, session: { meets: false, holiday: null } })
    const partly = await on('2026-11-06')
    expect(partly).toMatchObject({ students: 3, belum: 3, session: { meets: true, state: 'before' } })
    expect(partly.not_yet.map(({ name }) => name)).toEqual(['Ani', 'Budi', 'Citra'])
  })

  it('misses nobody whom the close of the session did not ask for, or will not', async () => {
    const write = (sql: string) => server.deps.db.write([{ sql }])
    await mark('ani', '2026-11-02', 'hadir')
    await mark('dewi', '2026-11-02', 'hadir')
    await mark('eko', '2026-11-02', 'izin')
    await write(`INSERT INTO holidays (id, from_date, until_date, name, kelas, created_at)
      VALUES ('a', '2026-11-02', '2026-11-02', 'Studi', '["X-1"]', 0)`)
    server.clock.now = Date.parse('2026-11-03T01:00:00+07:00')
    const token = (await server.signedIn({ role: 'admin', kelas: null })).access_token
    const daily = (query: string) => server.ask(dailyReportReply, `${DAILY}?${query}`, { token })
    // Came to the school after the session, which is not closed yet.
    await server.addUser({ name: 'Fajar', kelas: 'X-2' })
    expect(await daily('date=2026-11-02')).toMatchObject({ students: 3, hadir: 2, izin: 1, alfa: 0, percentage: 66.7 })

    // Closed while X-1 was free; then the holiday is taken back.
    expect(await closeSessions(server.deps, server.clock.now)).toEqual({ closed: 1 })
    await write('DELETE FROM holidays')
    const closed = await daily('date=2026-11-02')
    expect(closed).toMatchObject({ students: 3, alfa: 0, absent: [{ name: 'Eko', status: 'izin' }] })

    // A day before the school began with it, and one of a session that was made later.
    expect(await daily('date=2026-10-30')).toMatchObject({ students: 0, alfa: 0, percentage: null, absent: [] })
    await write(`INSERT INTO sessions (id, name, kelas, days, opens, late_after, closes, created_at, updated_at)
      VALUES ('lab', 'Praktikum', NULL, '[1]', '08:00', '08:30', '09:00', ${server.clock.now}, ${server.clock.now})`)
    expect(await daily('date=2026-11-02&session=lab')).toMatchObject({ students: 0, alfa: 0, absent: [] })
  })

  it('counts who is excused from the moment it is approved, before anything is recorded', async () => {
    const approve = (id: string, kind: string, state = 'approved') => ({
      sql: `INSERT INTO izin_requests (id, user_id, kind, from_date, until_date, reason, state, created_at)
        VALUES (?, ?, ?, '2026-11-02', '2026-11-03', 'demam', ?, 0)`,
      args: [`${id}-${state}`, id, kind, state],
    })
    await server.deps.db.write([
      approve(people.ani.id, 'izin'),
      approve(people.budi.id, 'sakit'),
      approve(people.citra.id, 'sakit', 'open'),
      approve(people.dewi.id, 'izin'),
      approve(people.eko.id, 'izin'),
      {
        sql: `INSERT INTO holidays (id, from_date, until_date, name, kelas, created_at)
          VALUES ('a', '2026-11-02', '2026-11-02', 'Studi', '["X-2"]', 0)`,
      },
    ])
    await mark('ani', '2026-11-02', 'hadir')
    const open = await server.ask(dailyReportReply, DAILY, { token: admin })
    expect(open).toMatchObject({ students: 3, hadir: 1, sakit: 1, izin: 0, belum: 1, alfa: 0 })
    expect(open.absent).toMatchObject([{ name: 'Budi', status: 'sakit', time: null }])
    expect(open.not_yet.map(({ name }) => name)).toEqual(['Citra'])

    server.clock.now = Date.parse('2026-11-03T00:01:00+07:00')
    const token = (await server.signedIn({ role: 'admin', kelas: null })).access_token
    const ended = await server.ask(dailyReportReply, `${DAILY}?date=2026-11-02`, { token })
    expect(ended).toMatchObject({ students: 3, hadir: 1, sakit: 1, alfa: 1 })
    await closeSessions(server.deps, server.clock.now)
    const closed = await server.ask(dailyReportReply, `${DAILY}?date=2026-11-02`, { token })
    expect({ ...closed, absent: closed.absent.map(({ name }) => name) }).toEqual({
      ...ended,
      absent: ended.absent.map(({ name }) => name),
    })
  })

  it('takes a session of some classes for what it is, and none of a name that is not there', async () => {
    await server.deps.db.write([
      { sql: 'UPDATE users SET created_at = 0' },
      {
        sql: `INSERT INTO sessions (id, name, kelas, days, opens, late_after, closes, created_at, updated_at)
          VALUES ('lab', 'Praktikum', '["X-2"]', '[1]', '05:00', '05:30', '06:00', 0, 0)`,
      },
    ])
    const lab = await server.ask(dailyReportReply, `${DAILY}?session=lab`, { token: admin })
    expect(lab).toMatchObject({ students: 2, alfa: 2, belum: 0, session: { name: 'Praktikum', state: 'closed' } })
    expect(lab.absent.map(({ name }) => name)).toEqual(['Dewi', 'Eko'])
    expect((await server.refused(`${DAILY}?session=none`, { token: admin })).code).toBe('not_found')
  })

  it('keeps what is recorded of who has left the school since', async () => {
    await mark('ani', '2026-11-02', 'hadir')
    await mark('budi', '2026-11-02', 'izin')
    await server.deps.db.write([{ sql: "UPDATE users SET is_active = 0 WHERE kelas = 'X-1'" }])
    const day = await server.ask(dailyReportReply, `${DAILY}?kelas=X-1`, { token: admin })
    expect(day).toMatchObject({ students: 2, hadir: 1, izin: 1, belum: 0, not_yet: [], absent: [{ name: 'Budi' }] })
  })

  it('is about the session that may be attended, among those of the reader’s classes', async () => {
    await server.deps.db.write([
      { sql: `UPDATE sessions SET kelas = '["X-2"]', opens = '06:00', late_after = '07:15', closes = '08:00'` },
      {
        sql: `INSERT INTO sessions (id, name, kelas, days, opens, late_after, closes, created_at, updated_at)
          VALUES ('siang', 'Siang', '["X-1"]', '[1]', '12:00', '12:30', '13:00', 0, 0)`,
      },
    ])
    const shown = async (token: string) => (await server.ask(dailyReportReply, DAILY, { token })).session.id
    expect(await Promise.all([admin, guru].map(shown))).toEqual(['harian', 'siang'])
    server.clock.now += 1.5 * 3_600_000
    const later = (await server.signedIn({ role: 'admin', kelas: null })).access_token
    expect(await shown(later)).toBe('siang')
    server.clock.now += 8 * 3_600_000
    const last = (await server.signedIn({ role: 'admin', kelas: null })).access_token
    expect(await shown(last)).toBe('siang')
    expect((await server.ask(dailyReportReply, `${DAILY}?date=2026-10-26`, { token: last })).session.id).toBe('harian')
  })

  it('shows a guru her class, counts active students only, and cuts the lists', async () => {
    await server.deps.db.write([{ sql: 'UPDATE users SET is_active = 0 WHERE id = ?', args: [people.citra.id] }])
    const own = await server.ask(dailyReportReply, `${DAILY}?limit=1`, { token: guru })
    expect(own).toMatchObject({ students: 2, belum: 2 })
    expect(own.kelas.map(({ kelas }) => kelas)).toEqual(['X-1'])
    expect(own.not_yet).toHaveLength(1)
    expect(await server.ask(dailyReportReply, `${DAILY}?kelas=X-2`, { token: guru })).toMatchObject({
      students: 0,
      kelas: [],
      not_yet: [],
    })
  })
})

describe('the dashboard and the school’s statistics', () => {
  it('are remembered for five minutes, each reader’s scope apart', async () => {
    await mark('ani', '2026-11-02', 'hadir')
    await mark('eko', '2026-11-02', 'hadir', { grade: 'review' })
    const path = '/api/v1/admin/dashboard'
    const first = await server.ask(dashboardReply, path, { token: admin })
    expect(first).toMatchObject({ date: '2026-11-02', students: { total: 5, with_face: 0, without_face: 5 } })
    expect(first).toMatchObject({ today: { hadir: 2, belum: 3 }, trend: [{ date: '2026-11-02', hadir: 2 }] })
    expect(first.queues).toEqual({ izin: 0, review: 1, face_cases: 0, devices: 0, accounts: 0 })
    const own = await server.ask(dashboardReply, path, { token: guru })
    expect(own).toMatchObject({ students: { total: 3 }, today: { hadir: 1, belum: 2 } })
    expect(own.queues).toEqual({ izin: 0, review: 0, face_cases: null, devices: null, accounts: null })

    await mark('budi', '2026-11-02', 'hadir')
    server.clock.now += 299_000
    expect(await server.ask(dashboardReply, path, { token: admin })).toEqual(first)
    server.clock.now += 2_000
    expect((await server.ask(dashboardReply, path, { token: admin })).today.hadir).toBe(3)
  })

  it('give the last thirty days by day and class', async () => {
    await mark('ani', '2026-10-30', 'hadir')
    await mark('dewi', '2026-10-30', 'alfa')
    const path = '/api/v1/admin/statistics'
    const all = await server.ask(schoolStatisticsReply, path, { token: admin })
    expect(all).toMatchObject({ total: 2, percentage: 50, staff: { guru: 1, admin: 1 }, students: { total: 5 } })
    expect(all.per_kelas.map(({ kelas, percentage }) => [kelas, percentage])).toEqual([
      ['X-1', 100],
      ['X-2', 0],
    ])
    const own = await server.ask(schoolStatisticsReply, path, { token: guru })
    expect(own).toMatchObject({ total: 1, staff: null, students: { total: 3 } })
    expect(own.per_kelas).toHaveLength(1)
  })
})

describe('the report', () => {
  const ask = (query: string, token = admin) => server.ask(reportReply, `${REPORT}?${query}`, { token })
  beforeEach(async () => {
    for (const day of ['26', '27', '28', '29', '30']) {
      await mark('ani', `2026-10-${day}`, 'hadir')
      await mark('budi', `2026-10-${day}`, ['26', '28', '30'].includes(day) ? 'alfa' : 'hadir')
      await mark('dewi', `2026-10-${day}`, day >= '28' ? 'alfa' : 'terlambat', day >= '28' ? {} : { late: 7 })
    }
  })

  it('flags who came too seldom and who missed three in a row, person by person', async () => {
    const { data, total } = await ask('below=50')
    expect(total).toBe(5)
    expect(data.map((row) => [row.name, row.percentage, row.is_below, row.three_absences])).toEqual([
      ['Ani', 100, false, false],
      ['Budi', 40, true, false],
      ['Citra', null, false, false],
      ['Dewi', 40, true, true],
      ['Eko', null, false, false],
    ])
    expect(data[3]).toMatchObject({ nim: people.dewi.nim, kelas: 'X-2', late_minutes: 14, terlambat: 2, alfa: 3 })
    expect((await ask('below=40')).data.map(({ is_below }) => is_below)).not.toContain(true)
    const flagged = await ask('below=40&flagged=true')
    expect([flagged.total, flagged.data.map(({ name }) => name)]).toEqual([1, ['Dewi']])
  })

  it('pages, and groups by class and by session', async () => {
    const page = await ask('limit=2&offset=1')
    expect([page.total, page.data.map(({ name }) => name)]).toEqual([5, ['Budi', 'Citra']])
    const classes = await ask('by=kelas')
    expect(classes.data.map(({ id, total, percentage }) => [id, total, percentage])).toEqual([
      ['X-1', 10, 70],
      ['X-2', 5, 40],
    ])
    const sessions = await ask('by=session&from=2026-10-30')
    expect(sessions.data).toMatchObject([{ id: 'harian', name: 'Harian', total: 3, alfa: 2, is_below: true }])
  })

  it('shows a guru her students only', async () => {
    expect((await ask('', guru)).data.map(({ name }) => name)).toEqual(['Ani', 'Budi', 'Citra'])
    expect((await ask('by=kelas', guru)).data.map(({ id }) => id)).toEqual(['X-1'])
    expect((await ask('kelas=X-2', guru)).total).toBe(0)
  })
})

it.each([
  STATISTICS,
  DAILY,
  REPORT,
  '/api/v1/admin/dashboard',
  '/api/v1/admin/statistics',
  '/api/v1/absensi/admin/export',
])('%s is for staff', async (path) => {
  expect((await server.refused(path)).code).toBe('unauthenticated')
  const { access_token } = await server.signedIn()
  expect((await server.refused(path, { token: access_token })).code).toBe('forbidden')
})

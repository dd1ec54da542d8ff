import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { putAttendance, readRows } from '../test/test-attendance.ts'
import { openTestServer, type TestServer } from '../test/test-server.ts'
import { closeSessions } from './close.ts'

let server: TestServer
beforeEach(async () => {
  server = await openTestServer()
})
afterEach(() => server.close())

const close = (iso: string) => closeSessions(server.deps, Date.parse(iso))
const alfa = (date: string) => ({ date, session_id: 'harian', status: 'alfa', method: 'close' })
const set = (sql: string) => server.deps.db.write([{ sql }])
const closings = async () =>
  (await server.deps.db.read('SELECT date, missing FROM session_closings ORDER BY date')).map(
    ({ date, missing }) => `${date} ${missing}`,
  )

describe('the close of a session', () => {
  it('makes whoever has no row alfa, once, from the minute after', async () => {
    const [ani, budi] = [await server.addUser(), await server.addUser()]
    await putAttendance(server, ani.id, { status: 'terlambat' })
    expect(await close('2026-11-02T23:59:59+07:00')).toEqual({ closed: 0 })
    expect(await close('2026-11-03T00:00:00+07:00')).toEqual({ closed: 1 })
    expect(await close('2026-11-03T00:05:00+07:00')).toEqual({ closed: 0 })
    expect(await readRows(server, ani.id)).toMatchObject([{ status: 'terlambat' }])
    expect(await readRows(server, budi.id)).toEqual([alfa('2026-11-02')])
    expect(await closings()).toEqual(['2026-11-02 1'])
    const [row] = await server.deps.db.read('SELECT * FROM absensi WHERE user_id = ?', [budi.id])
    expect(row).toMatchObject({
      timestamp: Date.parse('2026-11-03T00:00:00+07:00'),
      grade: 'verified',
      confidence: 0,
      late_minutes: 0,
    })
    expect(row?.id).toMatch(/^[\da-f]{8}-[\da-f]{4}-4[\da-f]{3}-[89ab][\da-f]{3}-[\da-f]{12}$/)
  })

  it('asks nobody of a class she was moved to that day, who was present in that of before at these hours', async () => {
    const [ani, budi] = [await server.addUser({ kelas: 'X-1' }), await server.addUser({ kelas: 'X-1' })]
    await set(`UPDATE sessions SET kelas = '["X-1"]', opens = '06:00', closes = '12:00' WHERE id = 'harian'`)
    await set(`INSERT INTO sessions (id, name, kelas, days, opens, late_after, closes, created_at, updated_at)
      VALUES ('lain', 'Lain', '["X-2"]', '[1]', '07:00', '07:15', '12:00', 0, 0),
        ('semua', 'Semua', NULL, '[1]', '06:00', '07:15', '12:00', 0, 0),
        ('sore', 'Sore', '["X-2"]', '[1]', '13:00', '13:15', '15:00', 0, 0)`)
    await putAttendance(server, ani.id, { status: 'hadir' })
    await set("UPDATE users SET kelas = 'X-2'")
    await close('2026-11-02T15:01:00+07:00')
    const of = async (id: string) =>
      (
        await server.deps.db.read(
          "SELECT session_id || ' ' || status AS said FROM absensi WHERE user_id = ? ORDER BY session_id",
          [id],
        )
      ).map(({ said }) => said)
    expect(await of(ani.id)).toEqual(['harian hadir', 'semua alfa', 'sore alfa'])
    expect(await of(budi.id)).toEqual(['lain alfa', 'semua alfa', 'sore alfa'])
  })

  it('is done once by several servers at the same moment', async () => {
    const { id } = await server.addUser()
    const done = await Promise.all([1, 2, 3].map(() => close('2026-11-04T01:00:00+07:00')))
    expect(done.reduce((sum, { closed }) => sum + closed, 0)).toBe(2)
    expect(await readRows(server, id)).toEqual([alfa('2026-11-02'), alfa('2026-11-03')])
    const lines = await server.deps.db.read("SELECT details FROM audit_logs WHERE action = 'close_session'")
    expect(lines).toHaveLength(2)
  })

  it('asks for active students only who were there before it counted as late', async () => {
    const left = await server.addUser()
    await set(`UPDATE users SET is_active = 0 WHERE id = '${left.id}'`)
    const waiting = await server.addUser()
    await set(`UPDATE users SET approval = 'pending' WHERE id = '${waiting.id}'`)
    const staff = [await server.addUser({ role: 'guru' }), await server.addUser({ role: 'admin' })]
    server.clock.now = Date.parse('2026-11-02T09:00:00+07:00')
    const fresh = await server.addUser()
    await close('2026-11-03T00:00:00+07:00')
    for (const { id } of [left, waiting, fresh, ...staff]) expect(await readRows(server, id)).toEqual([])
    await close('2026-11-04T00:00:00+07:00')
    expect(await readRows(server, fresh.id)).toEqual([alfa('2026-11-03')])
  })

  it('makes up for the days the server was down, fourteen at most', async () => {
    const { id } = await server.addUser()
    await close('2026-11-30T12:00:00+07:00')
    const dates = (await server.deps.db.read('SELECT date FROM absensi WHERE user_id = ? ORDER BY date', [id])).map(
      ({ date }) => date,
    )
    expect(dates).toHaveLength(14)
    expect([dates[0], dates[13]]).toEqual(['2026-11-16', '2026-11-29'])
  })

  it('leaves days without the session, other classes and holidays alone', async () => {
    const [ani, budi] = [await server.addUser(), await server.addUser({ kelas: 'X-2' })]
    const nobody = await server.addUser({ kelas: null })
    await set(`UPDATE sessions SET days = '[1,2,3]', kelas = '["X-1","X-2"]', closes = '15:00'`)
    await set(`INSERT INTO holidays VALUES ('a', '2026-11-03', '2026-11-03', 'Semua', NULL, 0),
      ('b', '2026-11-04', '2026-11-05', 'X-2 saja', '["X-2"]', 0)`)
    expect(await close('2026-11-06T12:00:00+07:00')).toEqual({ closed: 3 })
    expect(await readRows(server, ani.id)).toEqual([alfa('2026-11-02'), alfa('2026-11-04')])
    expect(await readRows(server, budi.id)).toEqual([alfa('2026-11-02')])
    expect(await readRows(server, nobody.id)).toEqual([])
    expect(await closings()).toEqual(['2026-11-02 2', '2026-11-03 0', '2026-11-04 1'])
  })

  it('makes izin and sakit of what was approved', async () => {
    const [ani, budi] = [await server.addUser(), await server.addUser()]
    await set(`INSERT INTO izin_requests (id, user_id, kind, from_date, until_date, reason, state, created_at) VALUES
      ('a', '${ani.id}', 'sakit', '2026-11-02', '2026-11-02', '-', 'approved', 0),
      ('b', '${budi.id}', 'izin', '2026-11-02', '2026-11-02', '-', 'open', 0)`)
    await close('2026-11-04T00:00:00+07:00')
    expect(await readRows(server, ani.id)).toEqual([
      { date: '2026-11-02', session_id: 'harian', status: 'sakit', method: 'izin' },
      alfa('2026-11-03'),
    ])
    expect(await readRows(server, budi.id)).toEqual([alfa('2026-11-02'), alfa('2026-11-03')])
  })

  it('takes ten thousand students in one batch', async () => {
    await set(`INSERT INTO users (id, nim, name, role, kelas, accommodation, created_at, updated_at)
      WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 10000)
      SELECT 'u' || i, 'N' || i, 'Siswa', 'user', 'K' || (i % 300), '{}', 0, 0 FROM n`)
    await set(`UPDATE sessions SET updated_at = ${Date.parse('2026-11-02T00:00:00+07:00')}`)
    expect(await close('2026-11-03T00:00:00+07:00')).toEqual({ closed: 1 })
    expect(await closings()).toEqual(['2026-11-02 10000'])
    const [distinct] = await server.deps.db.read('SELECT count(DISTINCT id) AS ids FROM absensi')
    expect(distinct).toEqual({ ids: 10_000 })
  })
})

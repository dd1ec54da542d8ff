import { parse } from 'csv-parse/sync'
import { readSheet } from 'read-excel-file/node'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { putAttendance } from '../../test/test-attendance.ts'
import { openTestServer, type TestServer } from '../../test/test-server.ts'
import { makeAdmin, makeGuru } from '../../test/test-staff.ts'

const EXPORT = '/api/v1/absensi/admin/export'

let server: TestServer
let admin: string
let ani: { id: string; nim: string }
let eko: { id: string; nim: string }

beforeEach(async () => {
  server = await openTestServer()
  admin = (await makeAdmin(server)).token
  ani = await server.addUser({ name: '=Ani, "A"\n🌸', kelas: 'X-1' })
  eko = await server.addUser({ name: 'إيكو', kelas: 'X-2' })
  await putAttendance(server, eko.id, {
    date: '2026-10-29',
    status: 'terlambat',
    time: '07:31',
    late: 16,
    grade: 'review',
  })
  await putAttendance(server, ani.id, { date: '2026-10-29', status: 'hadir', time: '06:59' })
  await putAttendance(server, ani.id, { date: '2026-10-30', status: 'alfa' })
})
afterEach(() => server.close())

const download = async (query: string, token = admin) => {
  const reply = await server.call(`${EXPORT}?${query}`, { token })
  expect(reply.status).toBe(200)
  return reply
}
const rowsOf = async (query: string, token = admin): Promise<string[][]> =>
  parse(await (await download(query, token)).text(), { bom: true })

it('exports as CSV, by day, class by class', async () => {
  const reply = await download('')
  expect(reply.headers.get('content-type')).toBe('text/csv; charset=utf-8')
  expect(reply.headers.get('content-disposition')).toBe('attachment; filename="absensi_2026-10-04_2026-11-02.csv"')
  expect(Buffer.from(await reply.clone().arrayBuffer()).subarray(0, 3)).toEqual(Buffer.from([0xef, 0xbb, 0xbf]))
  expect(parse(await reply.text(), { bom: true })).toEqual([
    ['date', 'nim', 'name', 'kelas', 'session', 'status', 'time', 'late_minutes', 'method', 'grade', 'confidence'],
    ['2026-10-29', ani.nim, '\'=Ani, "A"\n🌸', 'X-1', 'Harian', 'hadir', '06:59:00', '0', 'face', 'verified', '0.913'],
    ['2026-10-29', eko.nim, 'إيكو', 'X-2', 'Harian', 'terlambat', '07:31:00', '16', 'face', 'review', '0.913'],
    ['2026-10-30', ani.nim, '\'=Ani, "A"\n🌸', 'X-1', 'Harian', 'alfa', '', '0', 'close', 'verified', ''],
  ])
})

it('tells no time of who was marked by hand on another day', async () => {
  const timestamp = Date.parse('2026-10-29T14:32:00+07:00')
  await putAttendance(server, eko.id, { date: '2026-10-28', status: 'hadir', method: 'manual', timestamp })
  await putAttendance(server, ani.id, { date: '2026-10-28', status: 'hadir', method: 'manual', time: '07:10' })
  const rows = await rowsOf('until=2026-10-28')
  expect(rows.slice(1).map((row) => [row[1], row[6]])).toEqual([
    [ani.nim, '07:10:00'],
    [eko.nim, ''],
  ])
})

const HEADS_AFTER_TIME = ['Menit terlambat', 'Cara', 'Tingkat', 'Keyakinan']

it('exports as Excel what opens again, in words, names as they are', async () => {
  const reply = await download('format=xlsx')
  expect(reply.headers.get('content-disposition')).toContain('.xlsx"')
  const rows = await readSheet(Buffer.from(await reply.arrayBuffer()))
  expect(rows).toHaveLength(4)
  expect(rows[1]?.slice(0, 3)).toEqual(['2026-10-29', ani.nim, '=Ani, "A"\n🌸'])
  expect(rows[2]?.slice(5)).toEqual(['Terlambat', '07:31:00', 16, 'Wajah, ponsel', 'Perlu dilihat', 0.913])
  expect(rows[0]).toEqual(['Tanggal', 'NIM', 'Nama', 'Kelas', 'Sesi', 'Status', 'Pukul', ...HEADS_AFTER_TIME])
})

it('exports as Excel in the language asked for', async () => {
  const reply = await server.call(`${EXPORT}?format=xlsx`, { token: admin, headers: { 'accept-language': 'en' } })
  const rows = await readSheet(Buffer.from(await reply.arrayBuffer()))
  expect(rows[0]?.slice(5, 9)).toEqual(['Status', 'Time', 'Minutes late', 'How'])
  expect(rows[3]?.slice(5)).toEqual(['Absent', null, 0, 'Session closed', 'Verified', null])
})

it.each([
  ['status=alfa', 1],
  ['kelas=X-2', 1],
  ['grade=review', 1],
  ['from=2026-10-30', 1],
  ['session=other', 0],
  ['status=izin', 0],
])('filters by %s', async (query, count) => {
  expect(await rowsOf(query)).toHaveLength(count + 1)
})

it('filters by user, and shows a guru her classes only', async () => {
  expect(await rowsOf(`user=${ani.id}`)).toHaveLength(3)
  const guru = (await makeGuru(server, 'X-2')).token
  expect((await rowsOf('', guru)).slice(1).map(([, nim]) => nim)).toEqual([eko.nim])
  expect(await rowsOf(`user=${ani.id}`, guru)).toHaveLength(1)
  expect(await rowsOf('kelas=X-1', guru)).toHaveLength(1)
})

it('goes through a class that fills several pages, everybody once', async () => {
  const now = server.clock.now
  const people = Array.from({ length: 2_100 }, (_, index) => [`id-${index}`, `n-${index}`, `Nama ${index % 700}`])
  await server.deps.db.write([
    {
      sql: `INSERT INTO users (id, nim, name, role, kelas, accommodation, created_at, updated_at)
        SELECT value ->> 0, value ->> 1, value ->> 2, 'user', NULL, '{}', 0, 0 FROM json_each(?)`,
      args: [JSON.stringify(people)],
    },
    {
      sql: `INSERT INTO absensi (id, user_id, session_id, date, timestamp, status, grade, late_minutes, confidence, created_at)
        SELECT 'a-' || id, id, 'harian', '2026-10-28', ?, 'hadir', 'verified', 0, 0.9, 0 FROM users WHERE id LIKE 'id-%'`,
      args: [now],
    },
  ])
  const rows = await rowsOf('until=2026-10-28')
  expect(rows).toHaveLength(2_101)
  expect(new Set(rows.map(([, nim]) => nim)).size).toBe(2_101)
})

it('notes who took what, and no name', async () => {
  await download('format=xlsx&kelas=X-1')
  const [line] = await server.deps.db.read("SELECT * FROM audit_logs WHERE action = 'export_absensi'")
  expect(JSON.parse(String(line?.details))).toEqual({
    format: 'xlsx',
    kelas: 'X-1',
    from: '2026-10-04',
    until: '2026-11-02',
  })
  expect(JSON.stringify(line)).not.toContain(ani.nim)
})

it('refuses what it does not know, and a reader in too great a hurry', async () => {
  for (const query of ['format=pdf', 'status=here', 'user=1', 'from=2026-11-03&until=2026-11-01'])
    expect((await server.refused(`${EXPORT}?${query}`, { token: admin })).code).toBe('bad_request')
  for (let i = 0; i < 16; i++) await (await download('')).text()
  expect((await server.refused(EXPORT, { token: admin })).code).toBe('slow_down')
})

it('names its files in the language that is asked for', async () => {
  const nameIn = async (language: string, path: string) => {
    const reply = await server.call(path, { token: admin, headers: { 'accept-language': language } })
    return /filename="(.*)"/.exec(reply.headers.get('content-disposition') ?? '')?.[1]
  }
  const days = '2026-10-04_2026-11-02'
  const report = (by: string) => `/api/v1/admin/report?format=csv&by=${by}`
  expect(await nameIn('id', report('student'))).toBe(`laporan_siswa_${days}.csv`)
  expect(await nameIn('id', report('kelas'))).toBe(`laporan_kelas_${days}.csv`)
  expect(await nameIn('id', report('session'))).toBe(`laporan_sesi_${days}.csv`)
  expect(await nameIn('en', report('student'))).toBe(`report_students_${days}.csv`)
  expect(await nameIn('en', `${EXPORT}?format=xlsx`)).toBe(`attendance_${days}.xlsx`)
})

it('exports the report too', async () => {
  const report = await server.call('/api/v1/admin/report?format=csv&below=90', { token: admin })
  const rows: string[][] = parse(await report.text(), { bom: true })
  expect(rows[0]?.slice(0, 3)).toEqual(['nim', 'name', 'kelas'])
  expect(rows.slice(1).map((row) => [row[0], row[9], row[11]])).toEqual([
    [ani.nim, '50', 'ya'],
    [eko.nim, '100', ''],
  ])
  const classes = await server.call('/api/v1/admin/report?format=xlsx&by=kelas', { token: admin })
  expect(await readSheet(Buffer.from(await classes.arrayBuffer()))).toHaveLength(3)
  expect(await server.deps.db.read("SELECT 1 FROM audit_logs WHERE action = 'export_report'")).toHaveLength(2)
})

import { afterAll, beforeAll, expect, it } from 'vitest'
import { publicApi } from '../../shared/contract/api/public.ts'
import { reportsApi } from '../../shared/contract/api/reports.ts'
import { schoolSettingsSchema } from '../../shared/contract/settings.ts'
import { putSchoolSettings } from '../settings/store.ts'
import { seedSmall } from '../test/test-attendance.ts'
import { openTestServer, type TestServer } from '../test/test-server.ts'
import { makeAdmin, makeGuru } from '../test/test-staff.ts'

/** Every query that the routes below put to the database, as they put it. */
const asked: { sql: string; args: unknown }[] = []
let server: TestServer

beforeAll(async () => {
  server = await openTestServer()
  await seedSmall(server)
  await server.deps.db.write([putSchoolSettings(schoolSettingsSchema.parse({ public_privacy: 'open' }), 0)])
  const readers = [(await makeAdmin(server)).token, (await makeGuru(server, 'X-1', 'XI-1')).token]
  const [{ id, nim } = { id: '', nim: '' }] = await server.deps.db.read("SELECT id, nim FROM users WHERE role = 'user'")
  const { read } = server.deps.db
  server.deps.db.read = (sql, args) => {
    asked.push({ sql, args })
    return read(sql, args)
  }
  const queries: Readonly<Record<string, readonly string[]>> = {
    [reportsApi.statistics.path]: ['', '?kelas=X-1', '?session=harian'],
    [reportsApi.dailyReport.path]: ['', '?date=2026-10-30', '?kelas=X-1'],
    [reportsApi.exportAbsensi.path]: ['', '?kelas=X-1', `?user=${id}`, '?status=alfa&grade=verified&session=harian'],
    [reportsApi.dashboard.path]: [''],
    [reportsApi.schoolStatistics.path]: [''],
    [reportsApi.report.path]: ['', '?kelas=X-1', '?by=kelas', '?by=session', '?flagged=true', '?format=csv'],
    [publicApi.todayStats.path]: [''],
    [publicApi.latest.path]: [''],
    [publicApi.history.path]: ['', '?until=2026-10-30'],
    [publicApi.checkStatus.path]: [''],
  }
  for (const { path } of [...Object.values(reportsApi), ...Object.values(publicApi)])
    for (const query of queries[path] ?? ['?untested'])
      for (const token of readers) {
        const reply = await server.call(`/api/v1${path.replace('{nim}', String(nim))}${query}`, { token })
        if (!reply.ok) throw new Error(`${path}${query}: ${await reply.text()}`)
        await reply.arrayBuffer()
      }
  server.deps.db.read = read
})
afterAll(() => server.close())

/** `users_waiting` holds nobody but those it is asked for. */
const isFullScan = (line: string) => /^SCAN (a|u|c|absensi|users)\b/.test(line) && !/ users_waiting$/.test(line)

it('asks for no person or attendance by reading all of them', async () => {
  const statements = [...new Map(asked.map((one) => [one.sql, one])).values()]
  expect(statements.length).toBeGreaterThan(25)
  for (const { sql, args } of statements) {
    const plan = await server.deps.db.read(`EXPLAIN QUERY PLAN ${sql}`, args as never)
    const scans = plan.map(({ detail }) => String(detail)).filter(isFullScan)
    expect([sql, scans]).toEqual([sql, []])
  }
})

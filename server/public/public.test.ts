import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import {
  latestReply,
  publicCheckStatusReply,
  publicHistoryReply,
  todayStatsReply,
} from '../../shared/contract/public.ts'
import { type SchoolSettings, schoolSettingsSchema } from '../../shared/contract/settings.ts'
import { putSchoolSettings } from '../settings/store.ts'
import { putAttendance } from '../test/test-attendance.ts'
import { openTestServer, type TestServer } from '../test/test-server.ts'
import { makeAdmin } from '../test/test-staff.ts'
import { maskName } from './sight.ts'

const PUBLIC = '/api/v1/public'
const INSIDE = '10.20.3.4'

let server: TestServer
let siti: { id: string; nim: string }
let quiet: { id: string; nim: string }

beforeEach(async () => {
  server = await openTestServer()
  siti = await server.addUser({ nim: 'S/1.a', name: 'Siti  Rahma' })
  quiet = await server.addUser({ name: 'Budi' })
  await putAttendance(server, siti.id, { date: '2026-11-02', status: 'hadir', time: '06:41' })
  await putAttendance(server, siti.id, { date: '2026-10-30', status: 'sakit' })
})
afterEach(() => server.close())

const set = (settings: Partial<SchoolSettings>) =>
  server.deps.db.write([putSchoolSettings(schoolSettingsSchema.parse(settings), 0)])
const masked = () => set({ public_privacy: 'masked', school_networks: ['10.20.0.0/16', 'fd00::/8'] })
const history = (nim: string) => `${PUBLIC}/history/${encodeURIComponent(nim)}`
const status = (nim: string) => `${PUBLIC}/check-status/${encodeURIComponent(nim)}`

it('shows counts to everybody and names to nobody by default', async () => {
  expect(await server.ask(todayStatsReply, `${PUBLIC}/today-stats`)).toEqual({
    date: '2026-11-02',
    students: 2,
    hadir: 1,
    terlambat: 0,
    izin: 0,
    sakit: 0,
    alfa: 0,
    belum: 1,
    percentage: 50,
  })
  expect(await server.ask(latestReply, `${PUBLIC}/latest-attendance`)).toEqual({
    date: '2026-11-02',
    count: 1,
    data: [],
  })
})

it('knows no NIM by default, wherever one asks from', async () => {
  await set({ school_networks: ['10.20.0.0/16'] })
  const answers = []
  for (const path of [history(siti.nim), history('nobody'), status(siti.nim), status('$'), history('x'.repeat(150))])
    answers.push(await server.refused(path, { address: INSIDE }))
  for (const answer of answers) expect({ ...answer, request_id: '' }).toEqual({ ...answers[0], request_id: '' })
  expect(answers[0]?.code).toBe('not_found')
})

describe('masked', () => {
  beforeEach(masked)

  it('shows masked names, to the school’s networks only', async () => {
    expect(await server.ask(publicHistoryReply, history('s/1.A'), { address: INSIDE })).toEqual({
      nim: 's/1.A',
      name: 'S*** R***',
      data: [
        { date: '2026-11-02', session: 'Harian', status: 'hadir', time: '06:41:00' },
        { date: '2026-10-30', session: 'Harian', status: 'sakit', time: null },
      ],
    })
    expect((await server.ask(latestReply, `${PUBLIC}/latest-attendance`, { address: INSIDE })).data).toEqual([
      { name: 'S*** R***', kelas: 'X-1', status: 'hadir', time: '06:41:00' },
    ])
    for (const address of ['192.0.2.1', '10.21.0.1', '2001:db8::1', '10.9.0.1']) {
      expect((await server.refused(history(siti.nim), { address })).code).toBe('not_found')
      expect((await server.ask(latestReply, `${PUBLIC}/latest-attendance`, { address })).data).toEqual([])
    }
    expect((await server.ask(publicHistoryReply, history(siti.nim), { address: 'fd00::5' })).data).toHaveLength(2)
  })

  it('does not believe an address the caller wrote herself', async () => {
    const headers = { 'x-forwarded-for': INSIDE }
    expect((await server.refused(history(siti.nim), { headers })).code).toBe('not_found')
  })

  it('answers an unknown NIM, one without attendance, and what is no NIM alike', async () => {
    await server.deps.db.write([{ sql: 'UPDATE users SET is_active = 0 WHERE id = ?', args: [siti.id] }])
    const guru = await server.addUser({ role: 'guru', nim: 'G-1' })
    await putAttendance(server, guru.id, { date: '2026-11-02', status: 'hadir' })
    for (const nim of [quiet.nim, 'nobody', 'no nim at all!', siti.nim, 'G-1']) {
      expect(await server.ask(publicHistoryReply, history(nim), { address: INSIDE })).toEqual({
        nim,
        name: null,
        data: [],
      })
      expect(await server.ask(publicCheckStatusReply, status(nim), { address: INSIDE })).toEqual({
        nim,
        name: null,
        date: '2026-11-02',
        has_attended: false,
        absensi: [],
      })
    }
  })

  it('counts questions strictly, and an address apart from others', async () => {
    for (let i = 0; i < 30; i++) await server.call(history(`n-${i}`), { address: INSIDE })
    const problem = await server.refused(status('n-31'), { address: INSIDE })
    expect(problem.code).toBe('slow_down')
    expect((await server.call(status('n-31'), { address: '10.20.3.5' })).ok).toBe(true)
  })
})

it('shows everything where the school has opened it', async () => {
  await set({ public_privacy: 'open' })
  expect((await server.ask(publicHistoryReply, `${history(siti.nim)}?limit=1`)).data).toHaveLength(1)
  expect((await server.ask(publicHistoryReply, `${history(siti.nim)}?until=2026-10-31`)).data).toHaveLength(1)
  expect(await server.ask(publicCheckStatusReply, status(siti.nim))).toMatchObject({
    name: 'Siti  Rahma',
    has_attended: true,
    absensi: [{ status: 'hadir' }],
  })
  expect((await server.ask(latestReply, `${PUBLIC}/latest-attendance?limit=5`)).data[0]?.name).toBe('Siti  Rahma')
  expect((await server.refused(`${PUBLIC}/latest-attendance?limit=51`)).code).toBe('bad_request')
})

it('masks any name', () => {
  expect(['Siti Rahma', '  ', "Nur'aini", '🌸 علي'].map(maskName)).toEqual(['S*** R***', '', 'N***', '🌸*** ع***'])
})

it('counts nobody whose account still waits for an admin', async () => {
  const waiting = await server.addUser({ name: 'Bukan Siapa-siapa', kelas: 'X-1' })
  await server.deps.db.write([{ sql: "UPDATE users SET approval = 'pending' WHERE id = ?", args: [waiting.id] }])
  expect(await server.ask(todayStatsReply, `${PUBLIC}/today-stats`)).toMatchObject({ students: 2, belum: 1 })
  const { token } = await makeAdmin(server)
  const admin = '/api/v1/admin'
  for (const path of ['/api/v1/absensi/admin/daily-report', `${admin}/report`, `${admin}/report?format=csv`]) {
    const reply = await server.call(path, { token })
    expect([path, reply.status, await reply.text()]).toEqual([path, 200, expect.not.stringContaining('Bukan Siapa')])
  }
  const dashboard = (await (await server.call(`${admin}/dashboard`, { token })).json()) as { students: unknown }
  expect(dashboard.students).toMatchObject({ total: 2 })
})

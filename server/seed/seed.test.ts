import { afterEach, beforeEach, expect, it } from 'vitest'
import { openFaces } from '../face/faces.ts'
import { openTestServer, type TestServer } from '../test/test-server.ts'
import { createDice } from './random.ts'
import { SeedProblem, seedSchool } from './seed-school.ts'
import { planTerm } from './term.ts'

let server: TestServer
beforeEach(async () => {
  server = await openTestServer()
})
afterEach(() => server.close())

const seed = async (into: TestServer, students = 80, days = 25, number = 7) => {
  const faces = await openFaces(into.deps)
  const { db, audit, now, config } = into.deps
  try {
    const desk = { db, audit, vault: faces.vault, model: faces.model, timeZone: config.timeZone, now: now() }
    const seeded = await seedSchool(desk, { students, days, seed: number, faces: true })
    return { seeded, warm: await faces.gallery.warm() }
  } finally {
    faces.close()
  }
}
const one = async (sql: string) => Number(Object.values((await server.deps.db.read(sql))[0] ?? {})[0])
const dump = async (of: TestServer) => [
  await of.deps.db.read('SELECT id, nim, name, role, kelas, has_face FROM users ORDER BY id'),
  await of.deps.db.read('SELECT * FROM absensi ORDER BY id'),
  await of.deps.db.read('SELECT * FROM izin_requests ORDER BY id'),
  await of.deps.db.read('SELECT user_id, kelas FROM guru_kelas ORDER BY 1, 2'),
]

it('makes up a believable school whose faces the gallery can open', async () => {
  server.clock.now = Date.parse('2026-11-06T16:00:00+07:00')
  const { seeded, warm } = await seed(server, 80, 40)
  expect(seeded.students).toBe(80)
  expect(seeded.classes).toBe(3)
  expect(warm * 3).toBe(seeded.encodings)
  expect(warm).toBeGreaterThan(65)
  const share = async (where: string) => (await one(`SELECT count(*) FROM absensi WHERE ${where}`)) / seeded.absensi
  expect(await share("status = 'hadir'")).toBeGreaterThan(0.75)
  for (const status of ['terlambat', 'izin', 'sakit', 'alfa']) {
    expect(await share(`status = '${status}'`)).toBeGreaterThan(0.001)
    expect(await share(`status = '${status}'`)).toBeLessThan(0.15)
  }
  expect(await one("SELECT count(*) FROM absensi WHERE (status = 'terlambat') <> (late_minutes > 0)")).toBe(0)
  expect(await one('SELECT count(*) FROM session_closings')).toBe(39)
  expect(await one("SELECT count(*) FROM absensi WHERE date = '2026-11-06' AND status = 'alfa'")).toBe(0)
  expect(await one("SELECT count(*) FROM izin_requests WHERE state = 'approved'")).toBeGreaterThan(0)
  expect(
    await one('SELECT count(*) FROM absensi a, holidays h WHERE a.date BETWEEN h.from_date AND h.until_date'),
  ).toBe(0)
  expect(await one("SELECT count(*) FROM audit_logs WHERE action = 'seed_school'")).toBe(1)
})

it('gives the same school for the same seed, and another for another', async () => {
  const [same, other] = [await openTestServer(), await openTestServer()]
  try {
    await seed(server, 40, 5)
    await seed(same, 40, 5)
    await seed(other, 40, 5, 8)
    expect(await dump(same)).toEqual(await dump(server))
    expect(await dump(other)).not.toEqual(await dump(server))
  } finally {
    await same.close()
    await other.close()
  }
})

it('comes among no real students, and leaves the admin as she is', async () => {
  const admin = await server.addUser({ role: 'admin', kelas: null })
  const before = await server.deps.db.read('SELECT * FROM users WHERE id = ?', [admin.id])
  await seed(server, 10, 2)
  expect(await server.deps.db.read('SELECT * FROM users WHERE id = ?', [admin.id])).toEqual(before)
  await expect(seed(server, 10, 2)).rejects.toThrow(SeedProblem)
  expect(await one("SELECT count(*) FROM users WHERE role = 'user'")).toBe(10)
})

it('counts school days only, around holidays', () => {
  const { days, holidays } = planTerm('2027-01-08', 30)
  expect(days).toHaveLength(30)
  expect(days.at(-1)).toBe('2027-01-08')
  expect(days).not.toContain('2027-01-01')
  expect(days).not.toContain('2027-01-02')
  expect(days).not.toContain('2026-12-25')
  expect(holidays.map(({ name }) => name)).toEqual(['Libur tengah semester', 'Hari Raya Natal', 'Tahun Baru Masehi'])
})

it('throws dice that are even and make ids', () => {
  const dice = createDice(3)
  const throws = Array.from({ length: 2000 }, () => dice.between(1, 6))
  for (const face of [1, 2, 3, 4, 5, 6]) expect(throws.filter((value) => value === face).length).toBeGreaterThan(250)
  expect(dice.id(0x20000001)).toMatch(/^20000001-[0-9a-f]{4}-8[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/)
})

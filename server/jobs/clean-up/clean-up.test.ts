import { afterEach, beforeEach, expect, it } from 'vitest'
import { checkChain } from '../../audit/verify.ts'
import { openTestServer, type TestServer } from '../../test/test-server.ts'
import { makeAdmin } from '../../test/test-staff.ts'
import { checkIn, enrol, makeStudent } from '../../test/test-student.ts'

let server: TestServer
beforeEach(async () => {
  server = await openTestServer()
})
afterEach(() => server.close())

const DAY = 86_400_000
const count = async () =>
  (
    await server.deps.db.read(`SELECT (SELECT count(*) FROM tickets) AS tickets,
      (SELECT count(*) FROM refresh_tokens) AS tokens,
      (SELECT count(*) FROM liveness_checks) AS checks,
      (SELECT count(*) FROM liveness_checks WHERE trace IS NOT NULL) AS traces,
      (SELECT count(*) FROM absensi) AS absensi,
      (SELECT count(*) FROM audit_logs WHERE ip_address IS NOT NULL) AS addresses`)
  )[0]
const cleanUpAfter = async (days: number) => {
  server.clock.now += days * DAY
  await server.runner.start('clean-up', server.clock.now)
  await server.runner.idle()
}

it('lets everything go when its time is over, and nothing before', async () => {
  const ani = await makeStudent(server)
  await enrol(server, ani)
  await checkIn(server, ani)
  const before = await count()
  expect(before).toMatchObject({ tickets: 2, tokens: 1, checks: 2, traces: 2, absensi: 1 })
  await cleanUpAfter(6)
  expect(await count()).toEqual(before)
  await cleanUpAfter(9)
  expect(await count()).toMatchObject({ tickets: 2, tokens: 0, checks: 2, traces: 0, absensi: 1 })
  // What was written about attendances goes with them, also about one that was removed.
  await server.deps.db.write([
    {
      sql: `INSERT INTO izin_requests (id, user_id, kind, from_date, until_date, reason, state, created_at)
        VALUES ('i', ?, 'sakit', '2026-11-02', '2026-11-03', 'demam', 'approved', 0)`,
      args: [ani.id],
    },
    {
      sql: `INSERT INTO correction_requests (id, user_id, session_id, date, status, reason, state, created_at)
        VALUES ('k', ?, 'harian', '2026-11-02', 'sakit', 'demam', 'refused', 0)`,
      args: [ani.id],
    },
    {
      sql: `INSERT INTO corrections (id, absensi_id, user_id, by_user, reason, old_value, new_value, created_at)
        VALUES ('c', 'gone', ?, NULL, 'ditolak', '{}', 'null', ?)`,
      args: [ani.id, server.clock.now],
    },
  ])
  const words = async () =>
    (
      await server.deps.db.read(`SELECT (SELECT count(*) FROM izin_requests) AS izin,
        (SELECT count(*) FROM correction_requests) AS asked, (SELECT count(*) FROM corrections) AS corrections`)
    )[0]
  await cleanUpAfter(20)
  expect(await count()).toMatchObject({ tickets: 0, checks: 2, absensi: 1, addresses: before?.addresses })
  await cleanUpAfter(720)
  expect(await count()).toMatchObject({ addresses: 0, absensi: 1 })
  expect(await words()).toEqual({ izin: 1, asked: 1, corrections: 1 })
  expect((await checkChain(server.deps.db, server.deps.keyRing)).brokenAt).toBeNull()
  await server.deps.db.write([{ sql: "INSERT INTO jobs (name, next_at) VALUES ('gone', ?)", args: [server.clock.now] }])
  await cleanUpAfter(1200)
  expect(await server.deps.db.read("SELECT 1 FROM jobs WHERE name = 'gone'")).toEqual([])
  expect(await count()).toMatchObject({ checks: 0, absensi: 0 })
  expect(await words()).toEqual({ izin: 0, asked: 0, corrections: 0 })
  const [last] = (await server.runner.list()).filter(({ job }) => job.name === 'clean-up')
  expect(last?.state).toMatchObject({
    lastResult: 'ok',
    lastDetail: { absensi: 1, liveness_checks: 2, faces: 0, backups: 0 },
  })
})

it('erases the face of whoever has left, a month after, and of nobody who came back', async () => {
  const [admin, ani, budi] = [await makeAdmin(server), await makeStudent(server), await makeStudent(server)]
  for (const student of [ani, budi]) await enrol(server, student)
  const put = async (id: string, is_active: boolean) => {
    server.clock.now += 60_000
    const call = { method: 'PUT', body: { is_active }, token: admin.token }
    expect((await server.call(`/api/v1/admin/users/${id}`, call)).status).toBe(200)
  }
  for (const { id } of [ani, budi]) await put(id, false)
  await put(budi.id, true)
  const enrolled = () => server.deps.db.read('SELECT DISTINCT user_id FROM face_encodings ORDER BY created_at')
  await cleanUpAfter(29)
  expect(await enrolled()).toHaveLength(2)
  await cleanUpAfter(2)
  expect(await enrolled()).toEqual([{ user_id: budi.id }])
  const lines = await server.deps.db.read("SELECT user_id, entity_id FROM audit_logs WHERE action = 'unregister_face'")
  expect(lines).toEqual([{ user_id: null, entity_id: ani.id }])
  const [last] = (await server.runner.list()).filter(({ job }) => job.name === 'clean-up')
  expect(last?.state).toMatchObject({ lastResult: 'ok', lastDetail: { faces: 1 } })
})

import { afterEach, beforeEach, expect, it } from 'vitest'
import { checkTraceReply } from '../../../shared/contract/liveness.ts'
import { openTestServer, type TestServer } from '../../test/test-server.ts'
import { makeAdmin, makeGuru } from '../../test/test-staff.ts'
import { checkIn, enrol, makeStudent, type Student } from '../../test/test-student.ts'

let server: TestServer
let ani: Student
let id: string
beforeEach(async () => {
  server = await openTestServer()
  ani = await makeStudent(server, { name: 'Ani', kelas: 'X-1' })
  await enrol(server, ani)
  id = (await checkIn(server, ani)).absensi.id
})
afterEach(() => server.close())

const pathOf = (of = id) => `/api/v1/absensi/admin/${of}/trace`

it('shows her teacher what was asked and measured, notes it, and shows nobody else anything', async () => {
  const guru = (await makeGuru(server, 'X-1')).token
  const { state, check, asked, rest, samples } = await server.ask(checkTraceReply, pathOf(), { token: guru })
  expect(state).toBe('kept')
  expect(check).toMatchObject({ result: 'live', reason: 'ok', signals: { challenges: { says: 'live' } } })
  expect(asked.map(({ name }) => name)).toEqual(check?.challenges)
  expect(asked.every(({ at, met_at, attempt }) => met_at !== null && met_at > at && attempt === 1)).toBe(true)
  expect(rest?.ear).toBeGreaterThan(0.2)
  expect(samples.length).toBeGreaterThan(30)
  const text = await (await server.call(pathOf(), { token: guru })).text()
  expect(text).not.toMatch(/embedding|vector|points|model/)
  const lines = await server.deps.db.read("SELECT entity_id FROM audit_logs WHERE action = 'read_trace'")
  expect(lines).toEqual([{ entity_id: id }, { entity_id: id }])
  const stranger = (await makeGuru(server, 'X-2')).token
  expect((await server.refused(pathOf(), { token: stranger })).code).toBe('not_found')
  expect((await server.refused(pathOf(), { token: ani.token })).code).toBe('forbidden')
})

it('says that a trace is gone when it is, and that none was made', async () => {
  const { token } = await makeAdmin(server)
  const other = await server.addUser({ kelas: 'X-1' })
  const body = { session_id: 'harian', date: '2026-11-02', marks: [{ user_id: other.id, status: 'hadir' }] }
  await server.call('/api/v1/absensi/admin/mark', { body, token })
  const [marked] = await server.deps.db.read('SELECT id FROM absensi WHERE user_id = ?', [other.id])
  expect(await server.ask(checkTraceReply, pathOf(String(marked?.id)), { token })).toMatchObject({
    state: 'none',
    check: null,
  })
  await server.call('/api/v1/consents', { method: 'DELETE', token: ani.token })
  const erased = await server.ask(checkTraceReply, pathOf(), { token })
  expect(erased).toMatchObject({ state: 'gone', check: { result: 'live' }, samples: [], asked: [], kept_until: null })
})

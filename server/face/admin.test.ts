import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { type Ticket, ticketReply } from '../../shared/contract/capture.ts'
import { faceRegisterReply, registeredReply } from '../../shared/contract/face.ts'
import { actAndShoot, type Person } from '../test/test-capture.ts'
import { openTestServer, type TestServer } from '../test/test-server.ts'
import { confirmed } from '../test/test-staff.ts'
import { bodyOf, checkIn, enrol, hasFace, makeStudent, type Student } from '../test/test-student.ts'

let server: TestServer
let admin: Student
beforeEach(async () => {
  server = await openTestServer()
  admin = await makeStudent(server, { role: 'admin', kelas: null })
})
afterEach(() => server.close())

const FACE = '/api/v1/face'
const ticketFor = (person: Student, purpose: 'enrol') =>
  server.ask(ticketReply, `${FACE}/tickets`, {
    body: { purpose, device_id: admin.device.id, user_id: person.id },
    token: admin.token,
  })

describe('enrolling somebody else', () => {
  const send = async (ticket: Ticket, person: Person) => ({
    body: await bodyOf(server, admin, ticket, actAndShoot(ticket), person),
    token: admin.token,
  })

  it("is done at the admin's own device, with the person's consent", async () => {
    const ani = await makeStudent(server)
    const path = `${FACE}/admin/register`
    const call = await send(await ticketFor(ani, 'enrol'), ani.person)
    expect((await server.refused(`${FACE}/register`, call)).code).toBe('bad_capture')
    expect((await server.ask(faceRegisterReply, path, call)).encodings_saved).toBe(3)
    expect(await hasFace(server, ani)).toBe(true)
    expect(await hasFace(server, admin)).toBe(false)
    expect((await checkIn(server, ani)).success).toBe(true)
    const [line] = await server.deps.db.read(
      "SELECT user_id, details FROM audit_logs WHERE action = 'register_face' ORDER BY seq DESC LIMIT 1",
    )
    expect(line?.user_id).toBe(admin.id)
    expect(JSON.parse(String(line?.details))).toMatchObject({ user: ani.id, result: 'enrolled' })
    const late = await ticketFor(ani, 'enrol')
    await server.call('/api/v1/consents', { method: 'DELETE', token: ani.token })
    expect((await server.refused(path, await send(late, ani.person))).code).toBe('consent_required')
  })

  it('is for admins, for people who consented, for enrolments', async () => {
    const [ani, budi] = [await makeStudent(server), await makeStudent(server)]
    const ask = async (body: object, token = admin.token) =>
      (await server.refused(`${FACE}/tickets`, { body: { device_id: admin.device.id, ...body }, token })).code
    expect(await ask({ purpose: 'enrol', device_id: budi.device.id, user_id: ani.id }, budi.token)).toBe('forbidden')
    expect(await ask({ purpose: 'check-in', user_id: ani.id })).toBe('bad_request')
    expect(await ask({ purpose: 'enrol', user_id: crypto.randomUUID() })).toBe('not_found')
    const { id } = await server.addUser()
    expect(await ask({ purpose: 'enrol', user_id: id })).toBe('consent_required')
    expect(await ask({ purpose: 'enrol', user_id: ani.id, device_id: ani.device.id })).toBe('wrong_device')
  })

  it('is erased by an admin who confirmed her password', async () => {
    const ani = await makeStudent(server)
    await enrol(server, ani)
    const path = `${FACE}/admin/unregister/${ani.id}`
    const call = { method: 'DELETE', token: admin.token }
    expect((await server.refused(path, call)).code).toBe('confirm_password')
    const headers = await confirmed(server, admin.token)
    expect((await server.call(path, { ...call, headers })).status).toBe(200)
    expect(await hasFace(server, ani)).toBe(false)
    const nobody = `${FACE}/admin/unregister/${crypto.randomUUID()}`
    expect((await server.refused(nobody, { ...call, headers })).code).toBe('not_found')
    expect((await server.refused(path, { method: 'DELETE', token: ani.token })).code).toBe('forbidden')
  })
})

it('lists who is enrolled, within the scope, narrowed', async () => {
  const [ani, budi] = [await makeStudent(server, { name: 'Ani 100%' }), await makeStudent(server, { kelas: 'X-2' })]
  for (const one of [ani, budi]) await enrol(server, one)
  const guru = await makeStudent(server, { role: 'guru', kelas: null })
  await server.deps.db.write([{ sql: "INSERT INTO guru_kelas VALUES (?, 'X-2')", args: [guru.id] }])
  const ids = async (query = '', token = admin.token) => {
    const reply = await server.ask(registeredReply, `${FACE}/registered-users${query}`, { token })
    return [reply.total, ...reply.data.map(({ id }) => id)]
  }
  expect(await ids()).toEqual([2, ani.id, budi.id])
  expect(await ids('?limit=1&offset=1')).toEqual([2, budi.id])
  expect(await ids('', guru.token)).toEqual([1, budi.id])
  expect(await ids('?search=100%25')).toEqual([1, ani.id])
  expect(await ids(`?search=${budi.nim}&kelas=X-2&quality=90&model=dlib-resnet-v1`)).toEqual([1, budi.id])
  expect(await ids('?quality=99')).toEqual([0])
  expect(await ids('?since=2026-11-03T00:00:00Z')).toEqual([0])
  expect((await server.refused(`${FACE}/registered-users`, { token: ani.token })).code).toBe('forbidden')
  expect((await server.refused(`${FACE}/registered-users?since=gestern`, { token: admin.token })).code).toBe(
    'bad_request',
  )
})

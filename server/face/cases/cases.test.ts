import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { casesReply, faceCaseSchema } from '../../../shared/contract/face.ts'
import { actAndShoot, between, makePerson } from '../../test/test-capture.ts'
import { openTestServer, type TestServer } from '../../test/test-server.ts'
import { bodyOf, checkIn, drawTicket, enrol, hasFace, makeStudent, type Student } from '../../test/test-student.ts'
import { insertCase } from './store.ts'

let server: TestServer
let admin: Student
beforeEach(async () => {
  server = await openTestServer()
  admin = await makeStudent(server, { role: 'admin', kelas: null })
})
afterEach(() => server.close())

const FACE = '/api/v1/face'
const codeOf = async (reply: Response) => ((await reply.json()) as { code?: string }).code ?? reply.status

describe('same-face cases', () => {
  const CASES = `${FACE}/admin/cases`
  /** Somebody whose enrolment looks like the first one's. */
  async function openCase() {
    const ani = await makeStudent(server)
    await enrol(server, ani)
    server.clock.now += 60_000
    const twin = await makeStudent(server, {}, { person: between(ani.person, makePerson(), 0.12) })
    const tryEnrol = async () => {
      const ticket = await drawTicket(server, twin, 'enrol')
      const body = await bodyOf(server, twin, ticket, actAndShoot(ticket))
      return codeOf(await server.call(`${FACE}/register`, { body, token: twin.token }))
    }
    expect(await tryEnrol()).toBe('waiting_for_review')
    const { data } = await server.ask(casesReply, CASES, { token: admin.token })
    return { ani, twin, tryEnrol, id: data[0]?.id ?? '' }
  }
  const settle = (id: string, decision: string, token = admin.token) =>
    server.call(`${CASES}/${id}`, { body: { decision, reason: 'Keduanya hadir' }, token })

  it('two people: both enrol; who looks more like the twin is recorded for a second look', async () => {
    const { ani, twin, tryEnrol, id } = await openCase()
    const settled = faceCaseSchema.parse(await (await settle(id, 'two_people')).json())
    expect(settled).toMatchObject({ state: 'two_people', settled_by: admin.id, reason: 'Keduanya hadir' })
    expect(await tryEnrol()).toBe(201)
    expect((await checkIn(server, twin)).absensi.grade).toBe('verified')
    expect((await checkIn(server, { ...ani, person: twin.person })).absensi.grade).toBe('review')
    expect((await server.ask(casesReply, CASES, { token: admin.token })).total).toBe(0)
    expect((await server.ask(casesReply, `${CASES}?state=two_people`, { token: admin.token })).total).toBe(1)
  })

  it("one person: the newer account's face is erased, key and all", async () => {
    const { ani, twin, id } = await openCase()
    await server.deps.db.write([
      { sql: 'UPDATE users SET created_at = created_at + 100000 WHERE id = ?', args: [ani.id] },
    ])
    expect((await settle(id, 'one_person')).status).toBe(200)
    expect([await hasFace(server, ani), await hasFace(server, twin)]).toEqual([false, false])
    expect(await server.deps.db.read('SELECT 1 FROM face_encodings')).toEqual([])
    const lines = await server.deps.db.read("SELECT entity_id FROM audit_logs WHERE action = 'unregister_face'")
    expect(lines).toEqual([{ entity_id: ani.id }])
  })

  it('one person who tries again is shown again, from either account', async () => {
    const { ani, twin, tryEnrol, id } = await openCase()
    expect((await settle(id, 'one_person')).status).toBe(200)
    expect(await tryEnrol()).toBe('waiting_for_review')
    const open = async () => (await server.ask(casesReply, CASES, { token: admin.token })).data
    expect(await open()).toMatchObject([{ id, state: 'open', settled_by: null, reason: null }])
    expect((await settle(id, 'one_person')).status).toBe(200)
    const mirrored = crypto.randomUUID()
    await server.deps.db.write([insertCase({ id: mirrored, userId: ani.id, otherUserId: twin.id }, 0)])
    expect(await open()).toMatchObject([{ id: mirrored }])
    expect((await settle(mirrored, 'two_people')).status).toBe(200)
    expect(await tryEnrol()).toBe(201)
  })

  it('an error may come again; a case is settled once, by one of two admins', async () => {
    const { tryEnrol, id } = await openCase()
    expect((await settle(id, 'error')).status).toBe(200)
    expect(await tryEnrol()).toBe('waiting_for_review')
    const { state } = await server.ask(faceCaseSchema, `${CASES}/${id}`, { token: admin.token })
    expect(state).toBe('open')
    const [one] = await server.deps.db.read('SELECT user_id, other_user_id FROM face_cases')
    const mirrored = { id: 'x', userId: String(one?.other_user_id), otherUserId: String(one?.user_id) }
    await server.deps.db.write([insertCase(mirrored, 0)])
    expect(await server.deps.db.read('SELECT id FROM face_cases')).toEqual([{ id }])
    const replies = await Promise.all([settle(id, 'two_people'), settle(id, 'one_person')])
    expect(replies.map(({ status }) => status).sort()).toEqual([200, 409])
  })

  it('is for admins, with a reason, of cases there are', async () => {
    const { ani, id } = await openCase()
    expect(await codeOf(await settle(id, 'two_people', ani.token))).toBe('forbidden')
    expect((await server.refused(`${CASES}/${id}`, { token: ani.token })).code).toBe('forbidden')
    expect(await codeOf(await settle(crypto.randomUUID(), 'error'))).toBe('not_found')
    expect(await codeOf(await settle(id, 'open'))).toBe('bad_request')
    const body = { decision: 'two_people', reason: ' ' }
    expect((await server.refused(`${CASES}/${id}`, { body, token: admin.token })).code).toBe('bad_request')
  })
})

import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { confirmReply } from '../../shared/contract/auth.ts'
import { type Ticket, ticketReply } from '../../shared/contract/capture.ts'
import {
  casesReply,
  faceCaseSchema,
  faceRegisterReply,
  faceUploadReply,
  registeredReply,
  uploadsReply,
} from '../../shared/contract/face.ts'
import { drawFace } from '../../shared/liveness/testing/drawn-face.ts'
import { traceFrame } from '../../shared/liveness/trace.ts'
import {
  actAndShoot,
  actOut,
  between,
  makeCapture,
  makePerson,
  type Person,
  sealCapture,
} from '../test/test-capture.ts'
import { openTestServer, PASSWORD, type TestServer } from '../test/test-server.ts'
import { bodyOf, checkIn, checkInBody, drawTicket, enrol, makeStudent, type Student } from '../test/test-student.ts'
import { insertCase } from './cases/store.ts'

let server: TestServer
let admin: Student
beforeEach(async () => {
  server = await openTestServer()
  admin = await makeStudent(server, { role: 'admin', kelas: null })
})
afterEach(() => server.close())

const FACE = '/api/v1/face'
const hasFace = async ({ id }: Student) =>
  (await server.deps.db.read('SELECT has_face FROM users WHERE id = ?', [id]))[0]?.has_face === 1
const ticketFor = (person: Student, purpose: 'enrol' | 'upload', by = admin) =>
  server.ask(ticketReply, `${FACE}/tickets`, {
    body: { purpose, device_id: by.device.id, user_id: person.id },
    token: by.token,
  })

/** Photographs, a frame each. */
async function photosOf(ticket: Ticket, by: Student, person: Person, count = 3, quality = 90) {
  const pixels = { light: 120, sharpness: 300, skin: [170, 130, 110] as const }
  const frames = Array.from({ length: count }, (_, t) =>
    traceFrame({ t, faces: 1, landmarks: drawFace({}, t), width: 640, pixels }, -Infinity),
  )
  const embeddings = frames.map((_, frame) => ({ frame, shot: true, quality }))
  const capture = await sealCapture(makeCapture(ticket, { frames, embeddings }, person), ticket, by.device)
  return { ticket: ticket.ticket, capture }
}
async function upload(student: Student, person = student.person) {
  const body = await photosOf(await drawTicket(server, student, 'upload'), student, person)
  return server.ask(faceUploadReply, `${FACE}/register-upload`, { body, token: student.token })
}
const uploads = async () => (await server.ask(uploadsReply, `${FACE}/admin/uploads`, { token: admin.token })).data
const decide = (id: string, decision: string, token = admin.token) =>
  server.call(`${FACE}/admin/uploads/${id}`, { body: { decision }, token })
const codeOf = async (reply: Response) => ((await reply.json()) as { code?: string }).code ?? reply.status

describe('photographs', () => {
  it('are in no gallery until a live capture matched and an admin confirmed', async () => {
    const ani = await makeStudent(server)
    const { upload_id, photos } = await upload(ani)
    expect(photos).toBe(3)
    expect(await hasFace(ani)).toBe(false)
    expect(await uploads()).toMatchObject([
      { id: upload_id, user_id: ani.id, by_user: ani.id, photos: 3, matched_at: null },
    ])
    expect(await codeOf(await decide(upload_id, 'confirm'))).toBe('conflict')

    // Somebody else in front of the camera is no match, she herself is, though she has no face yet.
    const body = await checkInBody(server, ani, makePerson())
    expect((await server.refused('/api/v1/absensi/submit', { body, token: ani.token })).code).toBe('not_matched')
    expect((await uploads())[0]?.matched_at).toBeNull()
    const own = await checkInBody(server, ani)
    expect((await server.refused('/api/v1/absensi/submit', { body: own, token: ani.token })).code).toBe('not_matched')
    expect((await uploads())[0]?.matched_at).not.toBeNull()
    expect(await hasFace(ani)).toBe(false)

    const both = await Promise.all([decide(upload_id, 'confirm'), decide(upload_id, 'confirm')])
    expect(both.filter(({ ok }) => ok)).toHaveLength(1)
    expect(await hasFace(ani)).toBe(true)
    expect((await checkIn(server, ani)).absensi.grade).toBe('verified')
    expect(await uploads()).toEqual([])
    expect(await codeOf(await decide(upload_id, 'refuse'))).toBe('not_found')
    const [row] = await server.deps.db.read('SELECT state, sealed, decided_by FROM face_uploads')
    expect(row).toEqual({ state: 'confirmed', sealed: null, decided_by: admin.id })
  })

  it('are refused by an admin, replaced by newer ones, and erased with the consent', async () => {
    const ani = await makeStudent(server)
    const first = await upload(ani)
    const second = await upload(ani)
    expect((await uploads()).map(({ id }) => id)).toEqual([second.upload_id])
    expect(await codeOf(await decide(first.upload_id, 'refuse'))).toBe('not_found')
    expect((await decide(second.upload_id, 'refuse')).status).toBe(200)
    expect(await uploads()).toEqual([])
    await upload(ani)
    await server.call('/api/v1/consents', { method: 'DELETE', token: ani.token })
    expect(await server.deps.db.read('SELECT 1 FROM face_uploads')).toEqual([])
  })

  it('have to be three good ones of one person, and open a case when somebody enrolled looks the same', async () => {
    const [ani, budi] = [await makeStudent(server), await makeStudent(server)]
    await enrol(server, budi)
    const send = async (count: number, quality: number) => {
      const body = await photosOf(await drawTicket(server, ani, 'upload'), ani, ani.person, count, quality)
      return (await server.refused(`${FACE}/register-upload`, { body, token: ani.token })).code
    }
    expect(await send(2, 90)).toBe('poor_shots')
    expect(await send(3, 85)).toBe('poor_shots')
    const { upload_id } = await upload(ani, budi.person)
    const body = await checkInBody(server, ani, budi.person)
    await server.refused('/api/v1/absensi/submit', { body, token: ani.token })
    expect(await codeOf(await decide(upload_id, 'confirm'))).toBe('waiting_for_review')
    expect(await hasFace(ani)).toBe(false)
    const { data } = await server.ask(casesReply, `${FACE}/admin/cases`, { token: admin.token })
    expect(data).toMatchObject([{ person: { id: ani.id }, other: { id: budi.id } }])
  })

  it('are taken of somebody else by an admin', async () => {
    const ani = await makeStudent(server)
    const body = await photosOf(await ticketFor(ani, 'upload'), admin, ani.person)
    expect((await server.refused(`${FACE}/register-upload`, { body, token: admin.token })).code).toBe('bad_capture')
    await server.ask(faceUploadReply, `${FACE}/admin/register-upload`, { body, token: admin.token })
    expect(await uploads()).toMatchObject([{ user_id: ani.id, by_user: admin.id }])
    expect(await codeOf(await decide(admin.id, 'confirm', ani.token))).toBe('forbidden')
  })
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
    expect(await hasFace(ani)).toBe(true)
    expect(await hasFace(admin)).toBe(false)
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
    const { confirmation } = await server.ask(confirmReply, '/api/v1/auth/confirm', {
      body: { password: PASSWORD },
      token: admin.token,
    })
    const headers = { 'X-Confirmation': confirmation }
    expect((await server.call(path, { ...call, headers })).status).toBe(200)
    expect(await hasFace(ani)).toBe(false)
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
    expect([await hasFace(ani), await hasFace(twin)]).toEqual([false, false])
    expect(await server.deps.db.read('SELECT 1 FROM face_encodings')).toEqual([])
    const lines = await server.deps.db.read("SELECT entity_id FROM audit_logs WHERE action = 'unregister_face'")
    expect(lines).toEqual([{ entity_id: ani.id }])
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

it('keeps an unfinished match from somebody whose capture was not live', async () => {
  const ani = await makeStudent(server)
  await upload(ani)
  const ticket = await drawTicket(server, ani, 'check-in')
  const frames = actOut(ticket).frames.slice(0, 40)
  const body = await bodyOf(server, ani, ticket, {
    frames,
    embeddings: [15, 30].map((frame) => ({ frame, shot: false, quality: 0 })),
  })
  expect((await server.refused('/api/v1/absensi/submit', { body, token: ani.token })).code).toBe('not_live')
  expect((await uploads())[0]?.matched_at).toBeNull()
})

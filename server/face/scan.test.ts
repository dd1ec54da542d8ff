import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { Capture } from '../../shared/contract/capture.ts'
import { faceScanReply, faceVerifyReply } from '../../shared/contract/face.ts'
import { vectorToBytes } from '../../shared/face/bytes.ts'
import { drawFace } from '../../shared/liveness/testing/drawn-face.ts'
import { traceFrame } from '../../shared/liveness/trace.ts'
import {
  actOut,
  between,
  embed,
  holdStill,
  makeCapture,
  makePerson,
  type Person,
  sealCapture,
} from '../test/test-capture.ts'
import { openTestServer, type TestServer } from '../test/test-server.ts'
import { addCrowd, bodyOf, drawTicket, enrol, makeStudent, type Student } from '../test/test-student.ts'

let server: TestServer
beforeEach(async () => {
  server = await openTestServer()
})
afterEach(() => server.close())

const SCAN = '/api/v1/face/scan'
const VERIFY = '/api/v1/face/verify'
const boxAt = (face: number) => ({ x: 0.1 + face * 0.3, y: 0.2, width: 0.25, height: 0.3 })

/** A picture of several people, as the scan page sends it. */
async function scanBody(by: Student, people: readonly Person[], change = (capture: Capture): Capture => capture) {
  const ticket = await drawTicket(server, by, 'scan')
  const picture = {
    t: 100,
    faces: people.length,
    landmarks: drawFace({}, 1),
    width: 640,
    pixels: { light: 120, sharpness: 300, skin: [170, 130, 110] as const },
  }
  const capture = makeCapture(ticket, { frames: [traceFrame(picture, -Infinity)], embeddings: [] }, people[0] ?? [])
  const embeddings = people.map((person, face) => ({
    frame: 0,
    shot: false,
    quality: 90,
    vector: Buffer.from(vectorToBytes(embed(person))).toString('base64url'),
    face,
    box: boxAt(face),
  }))
  server.clock.now += 300
  return { ticket: ticket.ticket, capture: await sealCapture(change({ ...capture, embeddings }), ticket, by.device) }
}
const scan = async (by: Student, people: readonly Person[], more = {}) =>
  server.ask(faceScanReply, SCAN, { body: { ...(await scanBody(by, people)), ...more }, token: by.token })
const enrolled = async (user = {}) => {
  const student = await makeStudent(server, user)
  await enrol(server, student)
  return student
}

describe('scanning a picture', () => {
  it('names a student only herself, whoever else is in it', async () => {
    const [ani, budi] = [await enrolled({ name: 'Ani' }), await enrolled()]
    const reply = await scan(ani, [budi.person, ani.person])
    const nobody = { user_id: null, name: null, nim: null, confidence: null }
    expect(reply).toMatchObject({ recognized: true, message: 'Wajah dikenali.' })
    expect(reply.faces).toEqual([
      { ...nobody, bounding_box: { x: 64, y: 128, width: 160, height: 192 } },
      { user_id: ani.id, name: 'Ani', nim: ani.nim, confidence: 'high', bounding_box: expect.anything() },
    ])
    expect(await scan(budi, [ani.person])).toMatchObject({ recognized: false, faces: [nobody] })
    expect(await server.deps.db.read('SELECT 1 FROM absensi')).toEqual([])
    expect(await server.deps.db.read("SELECT 1 FROM audit_logs WHERE action = 'scan_faces'")).toHaveLength(2)
  })

  it('names staff everybody in their scope, with a number', async () => {
    const [ani, budi] = [await enrolled(), await enrolled({ kelas: 'X-2' })]
    const guru = await makeStudent(server, { role: 'guru', kelas: null })
    const admin = await makeStudent(server, { role: 'admin', kelas: null })
    const ids = async (by: Student, more = {}) =>
      (await scan(by, [ani.person, budi.person], more)).faces.map(({ user_id }) => user_id)
    expect(await ids(guru)).toEqual([null, null])
    await server.deps.db.write([{ sql: "INSERT INTO guru_kelas VALUES (?, 'X-1')", args: [guru.id] }])
    expect(await ids(guru)).toEqual([ani.id, null])
    expect(await ids(guru, { kelas: 'X-2' })).toEqual([null, null])
    await server.call('/api/v1/consents', { method: 'DELETE', token: guru.token })
    expect(await ids(guru, { kelas: 'X-1' })).toEqual([ani.id, null])
    expect(await ids(admin)).toEqual([ani.id, budi.id])
    expect(await ids(admin, { kelas: 'X-2' })).toEqual([null, budi.id])
    const { faces } = await scan(admin, [ani.person, ani.person])
    expect(faces.map(({ user_id }) => user_id).filter((id) => id !== null)).toEqual([ani.id])
    const confidence = faces.find(({ user_id }) => user_id !== null)?.confidence
    expect(confidence).toBeGreaterThan(0.8)
  })

  it('lets a student guess at herself no more often than a check-in does', async () => {
    const ani = await enrolled()
    const admin = await makeStudent(server, { role: 'admin', kelas: null })
    const strangers = [makePerson(), makePerson()]
    const crowd = await scanBody(ani, [...strangers, ani.person])
    expect((await server.refused(SCAN, { body: crowd, token: ani.token })).code).toBe('bad_capture')
    expect((await scan(ani, [ani.person])).recognized).toBe(true)
    for (let i = 0; i < 5; i++) {
      expect((await scan(ani, strangers)).recognized).toBe(false)
      await scan(admin, [...strangers, makePerson()])
    }
    const ask = (by: Student) =>
      server.call('/api/v1/face/tickets', { body: { purpose: 'scan', device_id: by.device.id }, token: by.token })
    expect((await ask(ani)).status).toBe(429)
    expect((await ask(admin)).status).toBe(201)
  })

  it('takes faces told apart for a scan only, and answers the same picture alike', async () => {
    const ani = await enrolled()
    const body = await scanBody(ani, [ani.person, makePerson()])
    const replies = [1, 2].map(() => server.ask(faceScanReply, SCAN, { body, token: ani.token }))
    const [first, second] = await Promise.all(replies)
    expect(first).toEqual(second)
    const budi = await makeStudent(server)
    expect((await server.refused(SCAN, { body, token: budi.token })).code).toBe('bad_capture')
    expect((await server.refused(VERIFY, { body, token: ani.token })).code).toBe('bad_capture')
    const ticket = await drawTicket(server, ani, 'verify')
    const act = actOut(ticket)
    const capture = makeCapture(ticket, act, ani.person)
    const several = { ...capture, embeddings: capture.embeddings.map((one, face) => ({ ...one, face })) }
    server.clock.now += 60_000
    const sealed = { ticket: ticket.ticket, capture: await sealCapture(several, ticket, ani.device) }
    expect((await server.refused(VERIFY, { body: sealed, token: ani.token })).code).toBe('bad_capture')
    const tooFar = await scanBody(ani, [ani.person], (one) => ({
      ...one,
      embeddings: one.embeddings.map((e) => ({ ...e, frame: 7 })),
    }))
    expect((await server.refused(SCAN, { body: tooFar, token: ani.token })).code).toBe('bad_capture')
  })

  it('names nobody in a crowd that is larger than was measured', async () => {
    const admin = await makeStudent(server, { role: 'admin', kelas: null })
    const ani = await enrolled()
    await addCrowd(server, 200)
    expect(await scan(admin, [ani.person])).toMatchObject({
      recognized: false,
      message: 'Terlalu banyak orang untuk dicari sekaligus. Pilih satu kelas.',
    })
    expect((await scan(admin, [ani.person], { kelas: 'X-1' })).recognized).toBe(true)
  })
})

describe('verifying', () => {
  const verify = async (student: Student, person = student.person, act = actOut) => {
    const ticket = await drawTicket(server, student, 'verify')
    return { body: await bodyOf(server, student, ticket, act(ticket), person), token: student.token }
  }
  const ask = async (...given: Parameters<typeof verify>) => server.ask(faceVerifyReply, VERIFY, await verify(...given))

  it('says yes to the live person alone, and marks nothing', async () => {
    const [ani, budi] = [await enrolled(), await enrolled()]
    expect(await ask(ani)).toEqual({ verified: true, confidence: 'high', message: 'Benar, ini wajahmu.' })
    expect(await ask(ani, budi.person)).toMatchObject({ verified: false, confidence: null })
    expect((await server.refused(VERIFY, await verify(ani, ani.person, holdStill))).code).toBe('not_live')
    expect(await ask(await makeStudent(server))).toMatchObject({ verified: false, confidence: null })
    expect(await server.deps.db.read('SELECT 1 FROM absensi')).toEqual([])
    for (let i = 0; i < 5; i++) expect((await ask(budi, ani.person)).verified).toBe(false)
    const body = { purpose: 'verify', device_id: budi.device.id }
    expect((await server.refused('/api/v1/face/tickets', { body, token: budi.token })).code).toBe('slow_down')
  })

  it('says no to a capture that a person would have to look at', async () => {
    const ani = await enrolled()
    const ticket = await drawTicket(server, ani, 'verify')
    const act = actOut(ticket)
    const capture = {
      ...makeCapture(ticket, act, ani.person),
      camera: { label: 'OBS Virtual Camera', width: 640, height: 480 },
    }
    server.clock.now += 60_000
    const body = { ticket: ticket.ticket, capture: await sealCapture(capture, ticket, ani.device) }
    const reply = await server.ask(faceVerifyReply, VERIFY, { body, token: ani.token })
    expect(reply).toMatchObject({ verified: false, confidence: null })
  })

  it('is not enough for a settled twin who is nearer', async () => {
    const ani = await enrolled()
    const person = between(ani.person, makePerson(), 0.12)
    const twin = await makeStudent(server, { kelas: 'X-2' }, { person })
    await server.deps.db.write([
      {
        sql: `INSERT INTO face_cases (id, user_id, other_user_id, state, created_at) VALUES ('c', ?, ?, 'two_people', 0)`,
        args: [ani.id, twin.id],
      },
    ])
    await enrol(server, twin)
    expect((await ask(twin, ani.person)).verified).toBe(false)
    expect((await ask(twin)).verified).toBe(true)
  })
})

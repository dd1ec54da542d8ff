import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { Accommodation } from '../../shared/contract/auth.ts'
import type { Capture, Ticket } from '../../shared/contract/capture.ts'
import { faceRegisterReply, faceStatusReply } from '../../shared/contract/face.ts'
import { CHALLENGES } from '../../shared/liveness/challenges.ts'
import {
  type Act,
  actAndShoot,
  actOut,
  between,
  GUIDED,
  holdStill,
  makeCapture,
  makePerson,
  sealCapture,
} from '../test/test-capture.ts'
import { makeDevice, openTestServer, registerDevice, type TestServer } from '../test/test-server.ts'
import { bodyOf, checkIn, checkInBody, drawTicket, enrol, makeStudent, type Student } from '../test/test-student.ts'

let server: TestServer
beforeEach(async () => {
  server = await openTestServer()
})
afterEach(() => server.close())

const register = '/api/v1/face/register'
const any: Accommodation = { poses: 'any', slow: false }

/** Sends an enrolment: `act` made of the ticket, the capture changed before it is signed. */
async function send(student: Student, act: (ticket: Ticket) => Act, change = (capture: Capture): Capture => capture) {
  const ticket = await drawTicket(server, student, 'enrol')
  const done = act(ticket)
  server.clock.now += (done.frames.at(-1)?.t ?? 0) + 300
  const capture = await sealCapture(change(makeCapture(ticket, done, student.person)), ticket, student.device)
  return { body: { ticket: ticket.ticket, capture }, token: student.token }
}
const codeOf = async (...given: Parameters<typeof send>) => (await server.refused(register, await send(...given))).code
const statusOf = (student: Student) => server.ask(faceStatusReply, '/api/v1/face/status', { token: student.token })

describe('a ticket', () => {
  const tickets = '/api/v1/face/tickets'

  it('asks for one turn and one or two others, and lives two minutes, ten to enrol', async () => {
    const ani = await makeStudent(server)
    const ticket = await drawTicket(server, ani, 'check-in')
    expect(ticket).toMatchObject({
      purpose: 'check-in',
      expires_in: 120,
      poses: 'guided',
      slow: false,
      profile: 'school',
    })
    expect(ticket.challenges.filter((name) => CHALLENGES[name].kind === 'turn')).toHaveLength(1)
    expect((await drawTicket(server, ani, 'enrol')).expires_in).toBe(600)
  })

  it('keeps to the accommodation', async () => {
    const slow = await makeStudent(server, { accommodation: { challenges: ['smile'], poses: 'any', slow: true } })
    expect(await drawTicket(server, slow, 'check-in')).toMatchObject({
      challenges: ['smile'],
      poses: 'any',
      slow: true,
      expires_in: 240,
    })
  })

  it("is refused for another one's phone, an unknown one, and without consent", async () => {
    const [ani, budi] = [await makeStudent(server), await makeStudent(server)]
    const ask = (device_id: string, token: string) =>
      server.refused(tickets, { body: { purpose: 'check-in', device_id }, token })
    expect((await ask(budi.device.id, ani.token)).code).toBe('wrong_device')
    expect((await ask((await makeDevice()).id, ani.token)).code).toBe('wrong_device')
    const { access_token } = await server.signedIn()
    const device = await makeDevice()
    await registerDevice(server, device, access_token)
    expect((await ask(device.id, access_token)).code).toBe('consent_required')
    expect((await server.refused(tickets, { body: { purpose: 'check-in', device_id: device.id } })).code).toBe(
      'unauthenticated',
    )
  })

  it('has a budget', async () => {
    const ani = await makeStudent(server)
    for (let i = 0; i < 20; i++) await drawTicket(server, ani, 'check-in')
    const body = { purpose: 'check-in', device_id: ani.device.id }
    expect(await server.refused(tickets, { body, token: ani.token })).toMatchObject({
      code: 'slow_down',
      retry_after: 180,
    })
  })
})

describe('a further phone that waits for approval', () => {
  it('enrols no face beside a phone of her own: no first one, none in the place of one, nor of one erased for it', async () => {
    const ani = await makeStudent(server)
    const second = await makeDevice()
    expect((await registerDevice(server, second, ani.token)).status).toBe('pending')
    const request = { body: { purpose: 'enrol', device_id: second.id }, token: ani.token }
    const refused = async () => (await server.refused('/api/v1/face/tickets', request)).code
    expect(await refused()).toBe('device_pending')
    await enrol(server, ani)
    expect(await refused()).toBe('device_pending')
    await server.call('/api/v1/face/unregister', { method: 'DELETE', token: ani.token })
    expect(await refused()).toBe('device_pending')
    expect((await drawTicket(server, { ...ani, device: second }, 'check-in')).purpose).toBe('check-in')
  })

  it('enrols a first face where it waits for being shared, and none with a ticket from before she had a phone', async () => {
    const device = await makeDevice()
    await makeStudent(server, {}, { device })
    const [budi, citra] = [
      await makeStudent(server, {}, { device, person: makePerson() }),
      await makeStudent(server, {}, { device, person: makePerson() }),
    ]
    await enrol(server, budi)
    const ticket = await drawTicket(server, citra, 'enrol')
    const body = await bodyOf(server, citra, ticket, actAndShoot(ticket))
    expect((await registerDevice(server, await makeDevice(), citra.token)).status).toBe('active')
    expect((await server.refused(register, { body, token: citra.token })).code).toBe('device_pending')
  })
})

describe('enrolling', () => {
  it('saves three shots, and the student has a face', async () => {
    const ani = await makeStudent(server)
    expect(await statusOf(ani)).toEqual({
      has_face: false,
      encodings: 0,
      registered_at: null,
      quality: null,
      model: null,
    })
    const reply = await server.ask(faceRegisterReply, register, await send(ani, actAndShoot))
    expect(reply).toEqual({ success: true, message: 'Wajah terdaftar.', encodings_saved: 3 })
    expect(await statusOf(ani)).toMatchObject({ has_face: true, encodings: 3, quality: 92, model: 'dlib-resnet-v1' })
    const me = (await (await server.call('/api/v1/auth/me', { token: ani.token })).json()) as {
      user: { has_face: boolean }
    }
    expect(me.user.has_face).toBe(true)
    const poses = await server.deps.db.read('SELECT pose FROM face_encodings ORDER BY pose')
    expect(poses.map(({ pose }) => pose)).toEqual(['front', 'left', 'right'])
  })

  it('reads poses from the landmarks: a missing side, a side twice or too far is refused', async () => {
    const ani = await makeStudent(server)
    for (const looks of [
      [{ yaw: 0 }, { yaw: 20 }, { yaw: 22 }],
      [{ yaw: 0 }, { yaw: 1 }, { yaw: -1 }],
      [{ yaw: 14 }, { yaw: 20 }, { yaw: -20 }],
      [{ yaw: 0 }, { yaw: 20 }, { yaw: -40 }],
      [...GUIDED, { yaw: 40 }],
    ]) {
      server.clock.now += 60_000
      expect(await codeOf(ani, (ticket) => actAndShoot(ticket, looks)), JSON.stringify(looks)).toBe('poor_shots')
    }
    expect((await statusOf(ani)).has_face).toBe(false)
  })

  it('takes any three good pictures where the accommodation lifts the poses', async () => {
    const ani = await makeStudent(server, { accommodation: any })
    const looks = [{ yaw: 0 }, { yaw: 2 }, { yaw: 1 }]
    expect((await server.call(register, await send(ani, (ticket) => actAndShoot(ticket, looks)))).status).toBe(201)
  })

  it('refuses shots of 85 and less, fewer than three, one picture three times, and none beside the challenges', async () => {
    const ani = await makeStudent(server, { accommodation: any })
    expect(await codeOf(ani, (ticket) => actAndShoot(ticket, GUIDED, 85))).toBe('poor_shots')
    expect(await codeOf(ani, (ticket) => actAndShoot(ticket, GUIDED.slice(1)))).toBe('poor_shots')
    expect(await codeOf(ani, actOut)).toBe('poor_shots')
    const sameFrame = (capture: Capture): Capture => ({
      ...capture,
      embeddings: capture.embeddings.map((one) => (one.shot ? { ...one, frame: 30 } : one)),
    })
    expect(await codeOf(ani, actAndShoot, sameFrame)).toBe('poor_shots')
    const onlyShots = (capture: Capture) => ({ ...capture, embeddings: capture.embeddings.filter(({ shot }) => shot) })
    server.clock.now += 60_000
    expect(await codeOf(ani, actAndShoot, onlyShots)).toBe('poor_shots')
  })

  it("refuses shots of somebody else than who did the challenges, and a face that doesn't do them", async () => {
    const ani = await makeStudent(server)
    const other = { ...ani, person: makePerson() }
    const ticket = await drawTicket(server, ani, 'enrol')
    const act = actAndShoot(ticket)
    const [hers, his] = [makeCapture(ticket, act, ani.person), makeCapture(ticket, act, other.person)]
    server.clock.now += (act.frames.at(-1)?.t ?? 0) + 300
    const mixed = { ...hers, embeddings: hers.embeddings.map((one, i) => (one.shot ? his.embeddings[i] : one)) }
    const body = { ticket: ticket.ticket, capture: await sealCapture(mixed, ticket, ani.device) }
    expect((await server.refused(register, { body, token: ani.token })).code).toBe('poor_shots')
    expect(await codeOf(ani, holdStill)).toBe('not_live')
  })

  it('replaces an older enrolment', async () => {
    const ani = await makeStudent(server)
    await enrol(server, ani)
    await checkIn(server, ani)
    const changed = { ...ani, person: makePerson() }
    await enrol(server, changed)
    expect((await statusOf(ani)).encodings).toBe(3)
    server.clock.now += 60_000
    const body = await checkInBody(server, ani)
    expect((await server.refused('/api/v1/absensi/submit', { body, token: ani.token })).code).toBe('not_matched')
    expect((await checkIn(server, changed)).is_duplicate).toBe(true)
  })

  it('waits for a person when somebody enrolled looks the same, and for nobody once they are found to be two', async () => {
    const ani = await makeStudent(server)
    await enrol(server, ani)
    const twin = await makeStudent(server, {}, { person: between(ani.person, makePerson(), 0.15) })
    expect(await codeOf(twin, actAndShoot)).toBe('waiting_for_review')
    expect(await codeOf(twin, actAndShoot)).toBe('waiting_for_review')
    expect((await statusOf(twin)).has_face).toBe(false)
    const cases = await server.deps.db.read('SELECT user_id, other_user_id, state FROM face_cases')
    expect(cases).toEqual([{ user_id: twin.id, other_user_id: ani.id, state: 'open' }])
    await server.deps.db.write([{ sql: "UPDATE face_cases SET state = 'two_people'" }])
    await enrol(server, twin)
    expect((await statusOf(twin)).has_face).toBe(true)
  })

  it('asks the gallery of consenting, active people only', async () => {
    const ani = await makeStudent(server)
    await enrol(server, ani)
    await server.deps.db.write([{ sql: 'UPDATE users SET is_active = 0 WHERE id = ?', args: [ani.id] }])
    const twin = await makeStudent(server, {}, { person: ani.person })
    await enrol(server, twin)
    expect((await checkIn(server, twin)).success).toBe(true)
  })
})

describe('under LIVENESS_PROFILE=lab', () => {
  it('shows the verdict with success and refusal; never otherwise', async () => {
    const lab = await openTestServer({ LIVENESS_PROFILE: 'lab' })
    const ani = await makeStudent(lab)
    await enrol(lab, ani)
    const reply = await checkIn(lab, ani)
    expect(reply.lab).toMatchObject({ verdict: { result: 'live', reason: 'ok' } })
    const ticket = await drawTicket(lab, ani, 'check-in')
    const body = await bodyOf(lab, ani, ticket, holdStill(ticket))
    const refused = await lab.refused('/api/v1/absensi/submit', { body, token: ani.token })
    expect(refused).toMatchObject({ code: 'not_live', lab: { verdict: { result: 'not_live', reason: 'challenges' } } })
    await lab.close()

    const student = await makeStudent(server)
    await enrol(server, student)
    expect(await checkIn(server, student)).not.toHaveProperty('lab')
    const next = await drawTicket(server, student, 'check-in')
    const still = await bodyOf(server, student, next, holdStill(next))
    expect(await server.refused('/api/v1/absensi/submit', { body: still, token: student.token })).not.toHaveProperty(
      'lab',
    )
  })
})

import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { type Ticket, ticketReply } from '../../../shared/contract/capture.ts'
import { casesReply, faceUploadReply, uploadsReply } from '../../../shared/contract/face.ts'
import { drawFace } from '../../../shared/liveness/testing/drawn-face.ts'
import { traceFrame } from '../../../shared/liveness/trace.ts'
import { actOut, makeCapture, makePerson, type Person, sealCapture } from '../../test/test-capture.ts'
import { openTestServer, type TestServer } from '../../test/test-server.ts'
import {
  bodyOf,
  checkIn,
  checkInBody,
  drawTicket,
  enrol,
  hasFace,
  makeStudent,
  type Student,
} from '../../test/test-student.ts'

let server: TestServer
let admin: Student
beforeEach(async () => {
  server = await openTestServer()
  admin = await makeStudent(server, { role: 'admin', kelas: null })
})
afterEach(() => server.close())

const FACE = '/api/v1/face'
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
    expect(await hasFace(server, ani)).toBe(false)
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
    expect(await hasFace(server, ani)).toBe(false)

    const both = await Promise.all([decide(upload_id, 'confirm'), decide(upload_id, 'confirm')])
    expect(both.filter(({ ok }) => ok)).toHaveLength(1)
    expect(await hasFace(server, ani)).toBe(true)
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
    expect(await hasFace(server, ani)).toBe(false)
    const { data } = await server.ask(casesReply, `${FACE}/admin/cases`, { token: admin.token })
    expect(data).toMatchObject([{ person: { id: ani.id }, other: { id: budi.id } }])
  })

  it('open no case for somebody who has withdrawn her consent meanwhile', async () => {
    const [ani, budi] = [await makeStudent(server), await makeStudent(server)]
    await enrol(server, budi)
    const { upload_id } = await upload(ani, budi.person)
    const body = await checkInBody(server, ani, budi.person)
    await server.refused('/api/v1/absensi/submit', { body, token: ani.token })
    // As a decision that was under way finds it: the photographs were read, then the consent went.
    await server.deps.db.write([{ sql: 'UPDATE consents SET withdrawn_at = 1 WHERE user_id = ?', args: [ani.id] }])
    expect(await codeOf(await decide(upload_id, 'confirm'))).toBe('conflict')
    expect(await server.deps.db.read('SELECT * FROM face_cases')).toEqual([])
  })

  it('are taken of somebody else by an admin', async () => {
    const ani = await makeStudent(server)
    const body = await photosOf(
      await server.ask(ticketReply, `${FACE}/tickets`, {
        body: { purpose: 'upload', device_id: admin.device.id, user_id: ani.id },
        token: admin.token,
      }),
      admin,
      ani.person,
    )
    expect((await server.refused(`${FACE}/register-upload`, { body, token: admin.token })).code).toBe('bad_capture')
    await server.ask(faceUploadReply, `${FACE}/admin/register-upload`, { body, token: admin.token })
    expect(await uploads()).toMatchObject([{ user_id: ani.id, by_user: admin.id }])
    expect(await codeOf(await decide(admin.id, 'confirm', ani.token))).toBe('forbidden')
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

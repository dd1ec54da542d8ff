import { deflateRawSync } from 'node:zlib'
import { CompactEncrypt, importJWK } from 'jose'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { submitReply } from '../../shared/contract/absensi.ts'
import type { Capture, Ticket } from '../../shared/contract/capture.ts'
import { vectorToBytes } from '../../shared/face/bytes.ts'
import { findActs } from '../../shared/liveness/testing/find-acts.ts'
import { encodeTrace } from '../../shared/liveness/trace.ts'
import {
  actOut,
  embed,
  holdStill,
  makeCapture,
  makePerson,
  type SealOptions,
  sealCapture,
} from '../test/test-capture.ts'
import { makeDevice, openTestServer, type TestServer } from '../test/test-server.ts'
import { bodyOf, checkInBody, drawTicket, enrol, makeStudent, type Student } from '../test/test-student.ts'

let server: TestServer
let ani: Student
beforeEach(async () => {
  server = await openTestServer()
  ani = await makeStudent(server)
  await enrol(server, ani)
})
afterEach(() => server.close())

const submit = '/api/v1/absensi/submit'
const send = (body: unknown, token = ani.token) => server.call(submit, { body, token })
const codeOf = async (body: unknown, token = ani.token) => (await server.refused(submit, { body, token })).code
const count = async () => (await server.deps.db.read('SELECT count(*) AS n FROM absensi'))[0]?.n

/** A capture of Ani's, changed before it is signed, or signed and sealed otherwise. */
async function altered(change: (capture: Capture, ticket: Ticket) => unknown, options: SealOptions = {}) {
  const ticket = await drawTicket(server, ani, 'check-in')
  const act = actOut(ticket)
  server.clock.now += (act.frames.at(-1)?.t ?? 0) + 300
  const capture = change(makeCapture(ticket, act, ani.person), ticket)
  return { ticket: ticket.ticket, capture: await sealCapture(capture, ticket, ani.device, options) }
}
const asItIs = (capture: Capture) => capture

describe('a sealed capture', () => {
  it('gives one attendance and one receipt when the very same bytes come twice, even after the ticket has ended', async () => {
    const body = await checkInBody(server, ani)
    const first = await (await send(body)).json()
    server.clock.now += 200_000
    expect(await (await send(body)).json()).toEqual(first)
    expect(await count()).toBe(1)
  })

  it('gives one attendance and one receipt when the same bytes come twice at once', async () => {
    const body = await checkInBody(server, ani)
    const replies = await Promise.all([send(body), send(body), send(body)])
    const texts = await Promise.all(replies.map((reply) => reply.text()))
    expect(new Set(texts).size).toBe(1)
    expect(replies.map(({ status }) => status)).toEqual([200, 200, 200])
    expect(await count()).toBe(1)
  })

  it('gives one attendance when two captures come at once', async () => {
    const bodies = [await checkInBody(server, ani), await checkInBody(server, ani)]
    const replies = await Promise.all(bodies.map(async (body) => submitReply.parse(await (await send(body)).json())))
    expect(replies.map((reply) => reply.is_duplicate).sort()).toEqual([false, true])
    expect(replies[0]?.absensi).toEqual(replies[1]?.absensi)
    expect(await count()).toBe(1)
  })

  it('is refused with other bytes on a spent ticket, also when the first were refused', async () => {
    const ticket = await drawTicket(server, ani, 'check-in')
    const one = await bodyOf(server, ani, ticket, actOut(ticket))
    const two = await bodyOf(server, ani, ticket, actOut(ticket))
    expect((await send(one)).ok).toBe(true)
    expect(await codeOf(two)).toBe('ticket_spent')
    const next = await drawTicket(server, ani, 'check-in')
    const still = await bodyOf(server, ani, next, holdStill(next))
    expect(await codeOf(still)).toBe('not_live')
    expect(await codeOf(await bodyOf(server, ani, next, actOut(next)))).toBe('ticket_spent')
    expect(await codeOf(still)).toBe('not_live')
  })

  it('is refused when any byte of it was changed, and spends its ticket', async () => {
    for (const part of [0, 2, 3, 4]) {
      const { ticket, capture } = await checkInBody(server, ani)
      const parts = capture.split('.')
      const text = parts[part] ?? ''
      const at = Math.floor(text.length / 2)
      parts[part] = text.slice(0, at) + (text[at] === 'A' ? 'B' : 'A') + text.slice(at + 1)
      expect(await codeOf({ ticket, capture: parts.join('.') }), `part ${part}`).toBe('bad_capture')
      expect(await codeOf({ ticket, capture })).toBe('ticket_spent')
    }
    expect(await count()).toBe(0)
  })

  it("is refused when another device's key signed it, whatever its header says", async () => {
    const signWith = await makeDevice()
    for (const signedHeader of [
      {},
      { kid: signWith.id },
      { kid: signWith.id, jwk: signWith.jwk },
      { jwk: signWith.jwk },
    ])
      expect(await codeOf(await altered(asItIs, { signWith, signedHeader }))).toBe('bad_capture')
    expect(await codeOf(await altered(asItIs, { signedHeader: { kid: undefined } }))).toBe('bad_capture')
  })

  it('is refused under another ticket, of the same person or of another', async () => {
    const one = await checkInBody(server, ani)
    const two = await checkInBody(server, ani)
    expect(await codeOf({ ticket: two.ticket, capture: one.capture })).toBe('bad_capture')
    const budi = await makeStudent(server)
    await enrol(server, budi)
    const his = await checkInBody(server, budi)
    const hers = await checkInBody(server, ani)
    expect(await codeOf(his)).toBe('bad_capture')
    expect(await codeOf({ ticket: his.ticket, capture: hers.capture })).toBe('bad_capture')
    expect((await send(his, budi.token)).ok).toBe(true)
    expect((await send(hers)).ok).toBe(true)
  })

  it('is refused for another purpose, and with a ticket that is not ours or was changed', async () => {
    const ticket = await drawTicket(server, ani, 'enrol')
    expect(await codeOf(await bodyOf(server, ani, ticket, actOut(ticket)))).toBe('bad_capture')
    const { ticket: text, capture } = await checkInBody(server, ani)
    const [header = '', payload = '', signature = ''] = text.split('.')
    const claims = JSON.parse(Buffer.from(payload, 'base64url').toString())
    const longer = Buffer.from(JSON.stringify({ ...claims, expires_at: claims.expires_at + 1e9 })).toString('base64url')
    const none = Buffer.from(JSON.stringify({ alg: 'none', typ: 'absensi-ticket' })).toString('base64url')
    for (const forged of [`${header}.${longer}.${signature}`, `${none}.${payload}.`, 'a.b.c', '', `${text}x`])
      expect(await codeOf({ ticket: forged, capture })).toBe('bad_capture')
    expect((await send({ ticket: text, capture })).ok).toBe(true)
  })

  it('is refused after its ticket has ended', async () => {
    const body = await checkInBody(server, ani)
    server.clock.now += 121_000
    expect(await codeOf(body)).toBe('ticket_expired')
    expect(await count()).toBe(0)
  })

  it('is refused when its times do not fit between issue and arrival', async () => {
    const ticket = await drawTicket(server, ani, 'check-in')
    const act = actOut(ticket)
    const capture = await sealCapture(makeCapture(ticket, act, ani.person), ticket, ani.device)
    server.clock.now += (act.frames.at(-1)?.t ?? 0) - 2_500
    expect(await codeOf({ ticket: ticket.ticket, capture })).toBe('bad_capture')
  })

  it('is refused when it is sealed otherwise than agreed', async () => {
    const foreign = await makeDevice()
    const ticket = await drawTicket(server, ani, 'check-in')
    const sealing = { kid: ticket.sealing.kid, jwk: foreign.jwk }
    expect(await codeOf(await altered(asItIs, { sealing }))).toBe('bad_capture')
    expect(await codeOf(await altered(asItIs, { sealedHeader: { kid: 'other' } }))).toBe('bad_capture')
    expect(await codeOf(await altered(asItIs, { sealedHeader: { enc: 'A128GCM' } }))).toBe('bad_capture')
    expect(await codeOf(await altered(asItIs, { sealedHeader: { alg: 'ECDH-ES+A256KW' } }))).toBe('bad_capture')
  })

  it('is refused when what is inside is not what the contract says', async () => {
    const withTrace = (trace: Uint8Array) => (capture: Capture) => ({
      ...capture,
      trace: Buffer.from(trace).toString('base64url'),
    })
    const withVector = (vector: Float32Array) => (capture: Capture) => ({
      ...capture,
      embeddings: capture.embeddings.map((one, i) =>
        i === 0 ? { ...one, vector: Buffer.from(vectorToBytes(vector)).toString('base64url') } : one,
      ),
    })
    const changes: Record<string, (capture: Capture) => unknown> = {
      'another version': (capture) => ({ ...capture, v: 2 }),
      'one member more': (capture) => ({ ...capture, verdict: 'live' }),
      'another model': (capture) => ({ ...capture, model: 'dlib-resnet-v2' }),
      'a frame that is not there': (capture) => ({
        ...capture,
        embeddings: capture.embeddings.map((one) => ({ ...one, frame: 99_999 })),
      }),
      'no trace': withTrace(deflateRawSync(new Uint8Array())),
      'an empty trace': withTrace(deflateRawSync(encodeTrace([]))),
      'a trace that is not compressed': withTrace(encodeTrace([])),
      'a trace that inflates without end': withTrace(deflateRawSync(new Uint8Array(20_000_000))),
      'a vector that is no unit vector': withVector(embed(ani.person).map((value) => value * 1.1)),
      'a vector that is not finite': withVector(embed(ani.person).fill(Number.NaN, 0, 1)),
      'no object': () => 'a capture',
    }
    for (const [what, change] of Object.entries(changes)) {
      server.clock.now += 200_000
      expect(await codeOf(await altered(change)), what).toBe('bad_capture')
    }
  })

  it('is refused when it inflates without end', async () => {
    const ticket = await drawTicket(server, ani, 'check-in')
    const capture = await new CompactEncrypt(new Uint8Array(30_000_000))
      .setProtectedHeader({ alg: 'ECDH-ES', enc: 'A256GCM', zip: 'DEF', kid: ticket.sealing.kid })
      .encrypt(await importJWK({ ...ticket.sealing.jwk }, 'ECDH-ES'))
    expect(capture.length).toBeLessThan(100_000)
    expect(await codeOf({ ticket: ticket.ticket, capture })).toBe('bad_capture')
    const bomb = (inside: Capture) => ({ ...inside, camera: { ...inside.camera, label: 'x'.repeat(20_000_000) } })
    expect(await codeOf(await altered(bomb))).toBe('bad_capture')
    expect(await codeOf(await altered(asItIs, { signedHeader: { zip: undefined } }))).toBe('bad_capture')
  })

  it('is not matched when two people are in it, or too few moments are embedded', async () => {
    const stranger = makePerson()
    const swapped = await altered((capture) => ({
      ...capture,
      embeddings: capture.embeddings.map((one, i) =>
        i === 1 ? { ...one, vector: Buffer.from(vectorToBytes(embed(stranger))).toString('base64url') } : one,
      ),
    }))
    expect(await codeOf(swapped)).toBe('not_matched')
    for (const kept of [0, 1])
      expect(
        await codeOf(await altered((capture) => ({ ...capture, embeddings: capture.embeddings.slice(0, kept) }))),
      ).toBe('not_matched')
  })

  it('is graded review when its landmarks came before, at other times and compressed otherwise too', async () => {
    const accommodation = { challenges: ['blink' as const], poses: 'any' as const, slow: false }
    const blinker = await makeStudent(server, { accommodation })
    await enrol(server, blinker)
    const ticket = await drawTicket(server, blinker, 'check-in')
    const act = actOut(ticket)
    const grades = []
    for (const own of [ticket, await drawTicket(server, blinker, 'check-in')]) {
      const body = await bodyOf(server, blinker, own, act)
      grades.push(submitReply.parse(await (await send(body, blinker.token)).json()).absensi.grade)
      await server.deps.db.write([{ sql: 'DELETE FROM absensi' }])
    }
    const own = await drawTicket(server, blinker, 'check-in')
    const later = { ...act, frames: act.frames.map((frame) => ({ ...frame, t: frame.t + 7 })) }
    server.clock.now += 60_000
    const capture = makeCapture(own, later, blinker.person)
    const trace = deflateRawSync(encodeTrace(later.frames), { level: 1 }).toString('base64url')
    const body = { ticket: own.ticket, capture: await sealCapture({ ...capture, trace }, own, blinker.device) }
    grades.push(submitReply.parse(await (await send(body, blinker.token)).json()).absensi.grade)
    expect(grades).toEqual(['verified', 'review', 'review'])
  })

  it('is graded review when nobody was embedded in the middle of a challenge, not matched when somebody else was', async () => {
    const stranger = makePerson()
    const grades: string[] = []
    const submitAct = async (change: (capture: Capture, isActing: (frame: number) => boolean) => Capture) => {
      const ticket = await drawTicket(server, ani, 'check-in')
      const { frames } = actOut(ticket)
      server.clock.now += 60_000
      const acts = new Set(findActs(frames, ticket))
      // Those at rest are surely so: before the first prompt, and at the end.
      const embeddings = [15, ...acts, frames.length - 1].map((frame) => ({ frame, shot: false, quality: 0 }))
      const act = { frames, embeddings }
      const capture = change(makeCapture(ticket, act, ani.person), (frame) => acts.has(frame))
      const reply = await send({ ticket: ticket.ticket, capture: await sealCapture(capture, ticket, ani.device) })
      const body = (await reply.json()) as { code?: string }
      grades.push(body.code ?? submitReply.parse(body).absensi.grade)
      await server.deps.db.write([{ sql: 'DELETE FROM absensi' }])
    }
    const keep = (of: (frame: number) => boolean) => (capture: Capture) => ({
      ...capture,
      embeddings: capture.embeddings.filter(({ frame }) => of(frame)),
    })
    await submitAct((capture) => capture)
    await submitAct((capture, isActing) => keep((frame) => !isActing(frame))(capture))
    await submitAct((capture, isActing) => {
      const first = capture.embeddings.find(({ frame }) => isActing(frame))?.frame
      return keep((frame) => frame !== first)(capture)
    })
    await submitAct((capture, isActing) => ({
      ...capture,
      embeddings: capture.embeddings.map((one) =>
        isActing(one.frame)
          ? { ...one, vector: Buffer.from(vectorToBytes(embed(stranger))).toString('base64url') }
          : one,
      ),
    }))
    expect(grades).toEqual(['verified', 'review', 'review', 'not_matched'])
  })

  it('comes from a phone that was revoked meanwhile: refused', async () => {
    const body = await checkInBody(server, ani)
    await server.deps.db.write([{ sql: "UPDATE devices SET status = 'revoked' WHERE id = ?", args: [ani.device.id] }])
    expect(await codeOf(body)).toBe('wrong_device')
  })
})

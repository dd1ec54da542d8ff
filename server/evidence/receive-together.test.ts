import { expect, it } from 'vitest'
import { makeEnrolment, type Shot } from '../face/enrolment.ts'
import { openFaces } from '../face/faces.ts'
import { registerFace } from '../face/register.ts'
import { Refusal } from '../http/problem.ts'
import { actAndShoot, actOut, makePerson } from '../test/test-capture.ts'
import { openTestServer } from '../test/test-server.ts'
import { bodyOf, checkInBody, drawTicket, enrol, makeStudent, type Student } from '../test/test-student.ts'
import { findUser } from '../users/store.ts'
import type { Evidence } from './assess.ts'
import { type Outcome, refusal } from './outcome.ts'
import { receiveCapture, type Sender } from './receive.ts'

it('judges a ticket once, however often and with whatever bytes it comes at the same time', async () => {
  const server = await openTestServer()
  const ani = await makeStudent(server)
  const ticket = await drawTicket(server, ani, 'check-in')
  const act = actOut(ticket)
  const body = await bodyOf(server, ani, ticket, act)
  const other = await bodyOf(server, ani, ticket, act)
  const user = await findUser(server.deps.db, ani.id)
  if (user === null) throw new Error('no user')
  const faces = await openFaces(server.deps)
  const sender: Sender = { user, purpose: 'check-in', ipAddress: '192.0.2.1', userAgent: undefined }
  let judged = 0
  const receive = (sealed: typeof body) =>
    receiveCapture(server.deps, faces, sender, sealed, async () => {
      judged += 1
      return refusal('not_matched')
    }).then(
      ({ kind }) => kind,
      (error: unknown) => (error instanceof Refusal ? error.code : 'thrown'),
    )
  const kinds = await Promise.all([body, body, body, other, other, body].map(receive))
  expect(judged).toBe(1)
  expect(kinds.filter((kind) => kind === 'refused' || kind === 'ticket_spent')).toHaveLength(6)
  faces.close()
  await server.close()
})

it('takes five wrong faces of one person on one device, also when more come at once', async () => {
  const server = await openTestServer()
  const ani = await makeStudent(server)
  await enrol(server, ani)
  const stranger = makePerson()
  const bodies = []
  for (let i = 0; i < 7; i += 1) bodies.push(await checkInBody(server, ani, stranger))
  const path = '/api/v1/absensi/submit'
  const replies = await Promise.all(bodies.map((body) => server.refused(path, { body, token: ani.token })))
  expect(replies.map(({ code }) => code).sort()).toEqual([
    ...Array<string>(5).fill('not_matched'),
    ...Array<string>(2).fill('slow_down'),
  ])
  await server.close()
})

/** Two people who send the same face to be enrolled. */
async function makeTwo() {
  const server = await openTestServer()
  const faces = await openFaces(server.deps)
  const people = [await makeStudent(server), await makeStudent(server)]
  const person = makePerson()
  const send = async (student: Student, act: (evidence: Evidence) => Promise<Outcome>) => {
    const ticket = await drawTicket(server, student, 'enrol')
    const body = await bodyOf(server, student, ticket, actAndShoot(ticket), person)
    const user = await findUser(server.deps.db, student.id)
    if (user === null) throw new Error('no user')
    const sender: Sender = { user, purpose: 'enrol', ipAddress: '192.0.2.1', userAgent: undefined }
    return () => receiveCapture(server.deps, faces, sender, body, act)
  }
  const close = async () => {
    faces.close()
    await server.close()
  }
  return { server, faces, people, send, close }
}

it('enrols one after the other, so that one face of two opens a case', async () => {
  const { server, faces, people, send, close } = await makeTwo()
  let [inside, most] = [0, 0]
  const act = async (evidence: Evidence) => {
    inside += 1
    most = Math.max(most, inside)
    for (let i = 0; i < 200; i++) await new Promise((resolve) => setImmediate(resolve))
    const outcome = await registerFace(server.deps, faces, evidence)
    inside -= 1
    return outcome
  }
  const ready = []
  for (const one of people) ready.push(await send(one, act))
  const receipts = await Promise.all(ready.map((receive) => receive()))
  expect(receipts.map(({ kind }) => kind).sort()).toEqual(['enrolled', 'refused'])
  expect(most).toBe(1)
  expect(await server.deps.db.read("SELECT 1 FROM face_cases WHERE state = 'open'")).toHaveLength(1)
  await close()
})

it('looks again where another server enrolled somebody since the search', async () => {
  const { server, faces, people, send, close } = await makeTwo()
  const [ani, budi] = people as [Student, Student]
  const others = await openFaces(server.deps)
  const shots: Shot[] = []
  let tries = 0
  const receive = await send(ani, async (evidence) => {
    tries += 1
    const outcome = await registerFace(server.deps, faces, evidence)
    if (tries === 1) {
      for (const { vector, quality } of evidence.capture.embeddings) shots.push({ vector, quality, pose: 'any' })
      const request = { userId: budi.id, model: others.model, shots }
      await server.deps.db.write((await makeEnrolment(server.deps, others, request)).statements)
    }
    return outcome
  })
  expect(await receive()).toEqual({ kind: 'refused', code: 'waiting_for_review' })
  expect(tries).toBe(2)
  others.close()
  await close()
})

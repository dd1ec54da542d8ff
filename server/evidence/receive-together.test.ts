import { expect, it } from 'vitest'
import { openFaces } from '../face/faces.ts'
import { Refusal } from '../http/problem.ts'
import { actOut, makePerson } from '../test/test-capture.ts'
import { openTestServer } from '../test/test-server.ts'
import { bodyOf, checkInBody, drawTicket, enrol, makeStudent } from '../test/test-student.ts'
import { findUser } from '../users/store.ts'
import { refusal } from './outcome.ts'
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

import { Hono } from 'hono'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { receiveCapture, type Sender } from '../evidence/receive.ts'
import { type Faces, openFaces } from '../face/faces.ts'
import { registerFace } from '../face/register.ts'
import type { AppEnv } from '../http/env.ts'
import { Refusal } from '../http/problem.ts'
import { createServe } from '../http/serve.ts'
import { actAndShoot } from '../test/test-capture.ts'
import { openTestServer, type TestServer } from '../test/test-server.ts'
import { bodyOf, drawTicket, makeStudent, type Student } from '../test/test-student.ts'
import { findUser } from '../users/store.ts'
import { serveConsents } from './routes.ts'

let server: TestServer
let faces: Faces
let ani: Student
beforeEach(async () => {
  server = await openTestServer()
  ani = await makeStudent(server)
  await drawTicket(server, ani, 'enrol')
  faces = await openFaces(server.deps)
})
afterEach(async () => {
  faces.close()
  await server.close()
})

/** An enrolment of Ani's, ready to be taken in; `meanwhile` comes in between, just before it is written. */
async function prepareEnrolment(): Promise<(meanwhile?: () => Promise<unknown>) => Promise<string>> {
  const ticket = await drawTicket(server, ani, 'enrol')
  const body = await bodyOf(server, ani, ticket, actAndShoot(ticket))
  const user = await findUser(server.deps.db, ani.id)
  if (user === null) throw new Error('no user')
  const sender: Sender = { user, purpose: 'enrol', ipAddress: '192.0.2.1', userAgent: undefined }
  return (meanwhile) =>
    receiveCapture(server.deps, faces, sender, body, async (evidence) => {
      const outcome = await registerFace(server.deps, faces, evidence)
      await meanwhile?.()
      return outcome
    }).then(
      ({ kind }) => kind,
      (error: unknown) => (error instanceof Refusal ? error.code : 'thrown'),
    )
}

/** Shots and traces that are stored of anybody. */
async function stored(): Promise<unknown> {
  const sql = `SELECT (SELECT count(*) FROM face_encodings) AS shots,
    (SELECT count(*) FROM liveness_checks WHERE trace IS NOT NULL) AS traces`
  return (await server.deps.db.read(sql))[0]
}

it('keeps no face that was on its way in while the consent was withdrawn', async () => {
  const withdraw = () => server.call('/api/v1/consents', { method: 'DELETE', token: ani.token })
  const enrol = await prepareEnrolment()
  expect(await enrol(withdraw)).toBe('consent_required')
  expect(await stored()).toEqual({ shots: 0, traces: 0 })
})

it('keeps no face that comes in between the erasing and the end of the consent', async () => {
  const enrol = await prepareEnrolment()
  const routes = new Hono<AppEnv>()
  serveConsents(createServe(routes, server.deps.guard), server.deps, async (...what) => {
    const destroyed = await faces.erase(...what)
    await enrol()
    return destroyed
  })
  const reply = await routes.request('/consents', {
    method: 'DELETE',
    headers: { authorization: `Bearer ${ani.token}` },
  })
  expect(await reply.json()).toMatchObject({ consent: null })
  expect(await stored()).toEqual({ shots: 0, traces: 0 })
})

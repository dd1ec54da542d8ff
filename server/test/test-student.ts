import { type SubmitReply, submitReply } from '../../shared/contract/absensi.ts'
import { type Purpose, type Ticket, ticketReply } from '../../shared/contract/capture.ts'
import { CONSENT_VERSION } from '../../shared/contract/consents.ts'
import { faceRegisterReply } from '../../shared/contract/face.ts'
import type { NewUser } from '../users/store.ts'
import { type Act, actAndShoot, actOut, makeCapture, makePerson, type Person, sealCapture } from './test-capture.ts'
import { makeDevice, registerDevice, type TestDevice, type TestServer } from './test-server.ts'

/** A signed-in student with a phone and a face of her own. */
export interface Student {
  readonly id: string
  readonly nim: string
  readonly token: string
  readonly device: TestDevice
  readonly person: Person
}

/** Signs a student in, registers her phone and gives her consent. */
export async function makeStudent(
  server: TestServer,
  user: Partial<Omit<NewUser, 'id'>> = {},
  { person = makePerson(), device }: { person?: Person; device?: TestDevice } = {},
): Promise<Student> {
  const { access_token: token, user: own } = await server.signedIn(user)
  const phone = device ?? (await makeDevice())
  await registerDevice(server, phone, token)
  const given = await server.call('/api/v1/consents', { body: { version: CONSENT_VERSION }, token })
  if (!given.ok) throw new Error(await given.text())
  return { id: own.id, nim: own.nim, token, device: phone, person }
}

export async function drawTicket(server: TestServer, student: Student, purpose: Purpose): Promise<Ticket> {
  const body = { purpose, device_id: student.device.id }
  return server.ask(ticketReply, '/api/v1/face/tickets', { body, token: student.token })
}

/** Lets the server's clock run as long as the act took, seals it and gives the request's body. */
export async function bodyOf(
  server: TestServer,
  student: Student,
  ticket: Ticket,
  act: Act,
  person: Person = student.person,
): Promise<{ ticket: string; capture: string }> {
  server.clock.now += (act.frames.at(-1)?.t ?? 0) + 300
  const capture = await sealCapture(makeCapture(ticket, act, person), ticket, student.device)
  return { ticket: ticket.ticket, capture }
}

/** Enrols the student's face, whole way. */
export async function enrol(server: TestServer, student: Student): Promise<void> {
  const ticket = await drawTicket(server, student, 'enrol')
  const body = await bodyOf(server, student, ticket, actAndShoot(ticket))
  await server.ask(faceRegisterReply, '/api/v1/face/register', { body, token: student.token })
}

/** Whether a face of the student is enrolled. */
export async function hasFace(server: TestServer, { id }: Student): Promise<boolean> {
  return (await server.deps.db.read('SELECT has_face FROM users WHERE id = ?', [id]))[0]?.has_face === 1
}

/** A check-in's request, ready to send, by the student or with somebody else's face. */
export async function checkInBody(server: TestServer, student: Student, person: Person = student.person) {
  const ticket = await drawTicket(server, student, 'check-in')
  return bodyOf(server, student, ticket, actOut(ticket), person)
}

export async function checkIn(server: TestServer, student: Student): Promise<SubmitReply> {
  const body = await checkInBody(server, student)
  return server.ask(submitReply, '/api/v1/absensi/submit', { body, token: student.token })
}

/** People with a consent and a face of nobody: as many more to be looked among. Somebody has to be enrolled already. */
export async function addCrowd(server: TestServer, count: number, kelas = 'X-9'): Promise<void> {
  const statements = Array.from({ length: count }, (_, n) => {
    const id = `crowd-${n}`
    return [
      {
        sql: `INSERT INTO users (id, nim, name, role, kelas, has_face, accommodation, created_at, updated_at)
          VALUES (:id, :id, :id, 'user', :kelas, 1, '{}', 0, 0)`,
        args: { id, kelas },
      },
      {
        sql: 'INSERT INTO consents (id, user_id, version, given_at) SELECT :id, :id, version, 0 FROM consents LIMIT 1',
        args: { id },
      },
      {
        sql: `INSERT INTO face_encodings SELECT :id, :id, :id, model, x'00', pose, quality, confidence, 0
          FROM face_encodings LIMIT 1`,
        args: { id },
      },
    ]
  })
  await server.deps.db.write(statements.flat())
}

import { copyFileSync, existsSync, mkdirSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { z } from 'zod'
import { faceStatusReply } from '../../shared/contract/face.ts'
import { vectorToBytes } from '../../shared/face/bytes.ts'
import { openDb } from '../db/open.ts'
import { openKeyStore } from '../gallery/keys/store.ts'
import { createVault } from '../gallery/vault.ts'
import { openKeyRing } from '../http/keys.ts'
import { embed, makePerson } from '../test/test-capture.ts'
import { openTestServer, type TestServer } from '../test/test-server.ts'
import { checkIn, checkInBody, enrol, hasFace, makeStudent } from '../test/test-student.ts'
import { makeEnrolment } from './enrolment.ts'
import { openFaces } from './faces.ts'

let server: TestServer
beforeEach(async () => {
  server = await openTestServer()
})
afterEach(() => server.close())

const blob = z.instanceof(ArrayBuffer).transform((buffer) => new Uint8Array(buffer))
const sealedRow = z.object({ id: z.string(), user_id: z.string(), form: z.string(), sealed: blob })

/** How many sealed faces and traces of a main file open, with the server's own master keys and key file. */
async function countOpening(file: string): Promise<{ rows: number; opened: number }> {
  const keys = await openKeyStore(join(server.folder, 'data', 'keys.db'))
  const vault = createVault(openKeyRing(join(server.folder, 'keys')), keys, () => 0)
  const db = await openDb(`file:${file}`)
  const encodings = await db.read('SELECT id, user_id, model AS form, encoding_data AS sealed FROM face_encodings')
  const traces = await db.read(
    "SELECT id, user_id, 'trace-1' AS form, trace AS sealed FROM liveness_checks WHERE trace IS NOT NULL",
  )
  const parts = [
    encodings.map((row) => ['encoding', row] as const),
    traces.map((row) => ['trace', row] as const),
  ].flat()
  let opened = 0
  for (const [kind, row] of parts) {
    const { id, user_id: userId, form, sealed } = sealedRow.parse(row)
    if ((await vault.open({ kind, userId, id, form }, sealed)) !== null) opened++
  }
  await db.close()
  keys.close()
  return { rows: parts.length, opened }
}

/** A backup of the main file, as an operator would copy it: the file and its log. */
function backup(name: string): string {
  const folder = join(server.folder, 'backups', name)
  mkdirSync(folder, { recursive: true })
  for (const file of ['absensi.db', 'absensi.db-wal']) {
    const from = join(server.folder, 'data', file)
    if (existsSync(from)) copyFileSync(from, join(folder, file))
  }
  return join(folder, 'absensi.db')
}

it('opens nothing of an erased face any more: not with the master key and every backup made before', async () => {
  const ani = await makeStudent(server)
  const budi = await makeStudent(server)
  await enrol(server, ani)
  await enrol(server, budi)
  const early = backup('early')
  await checkIn(server, ani)
  const late = backup('late')
  expect(await countOpening(early)).toEqual({ rows: 8, opened: 8 })
  expect(await countOpening(late)).toEqual({ rows: 9, opened: 9 })

  const gone = await server.call('/api/v1/face/unregister', { method: 'DELETE', token: ani.token })
  expect(gone.status).toBe(200)
  expect(await countOpening(early)).toEqual({ rows: 8, opened: 4 })
  expect(await countOpening(late)).toEqual({ rows: 9, opened: 4 })
  expect(await countOpening(backup('after'))).toEqual({ rows: 4, opened: 4 })

  const status = await server.ask(faceStatusReply, '/api/v1/face/status', { token: ani.token })
  expect(status).toMatchObject({ has_face: false, encodings: 0 })
  const body = await checkInBody(server, ani)
  expect((await server.refused('/api/v1/absensi/submit', { body, token: ani.token })).code).toBe('not_matched')
  await enrol(server, ani)
  expect(await countOpening(late)).toEqual({ rows: 9, opened: 4 })
})

it('erases with the consent, writes an audit line, and may be asked twice', async () => {
  const ani = await makeStudent(server)
  await enrol(server, ani)
  await server.call('/api/v1/face/unregister', { method: 'DELETE', token: ani.token })
  await enrol(server, ani)
  expect((await server.call('/api/v1/consents', { method: 'DELETE', token: ani.token })).status).toBe(200)
  expect((await server.call('/api/v1/face/unregister', { method: 'DELETE', token: ani.token })).status).toBe(200)
  expect(await server.deps.db.read('SELECT id FROM face_encodings')).toEqual([])
  const lines = await server.deps.db.read("SELECT action FROM audit_logs WHERE action LIKE '%face' ORDER BY seq")
  expect(lines.map(({ action }) => action)).toEqual([
    'register_face',
    'unregister_face',
    'register_face',
    'unregister_face',
  ])
})

it('waits for an enrolment under way, and takes it away whole', async () => {
  const ani = await makeStudent(server)
  await enrol(server, ani)
  const faces = await openFaces(server.deps)
  const shots = [makePerson(), makePerson()].map((person) => ({
    vector: embed(person),
    pose: 'any' as const,
    quality: 90,
  }))
  let erasing: Promise<unknown> | undefined
  await faces.takeTurn(async () => {
    erasing = faces.erase(ani.id)
    const request = { userId: ani.id, model: faces.model, shots }
    await server.deps.db.write((await makeEnrolment(server.deps, faces, request)).statements)
  })
  await erasing
  expect(await hasFace(server, ani)).toBe(false)
  expect(await server.deps.db.read('SELECT id FROM face_encodings')).toEqual([])
  faces.close()
})

it('writes nothing for a face that is not there, however often it is asked, and still ends a consent', async () => {
  const ani = await makeStudent(server)
  const journal = async () => {
    const keys = await openKeyStore(join(server.folder, 'data', 'keys.db'))
    const lines = await keys.journal(0)
    keys.close()
    return lines.length
  }
  const ask = (path: string) => server.call(path, { method: 'DELETE', token: ani.token })
  for (let i = 0; i < 3; i++) expect((await ask('/api/v1/face/unregister')).status).toBe(200)
  expect(await journal()).toBe(0)
  for (let i = 0; i < 3; i++) expect((await ask('/api/v1/consents')).status).toBe(200)
  expect(await journal()).toBe(1)
  expect(await server.deps.db.read('SELECT 1 FROM consents WHERE withdrawn_at IS NULL')).toEqual([])
})

it('sweeps a face away at the start that came back with a restored backup', async () => {
  const ani = await makeStudent(server)
  await enrol(server, ani)
  backup('old')
  server.clock.now += 1000
  await server.call('/api/v1/face/unregister', { method: 'DELETE', token: ani.token })
  await server.deps.db.close()
  const [data, old] = [join(server.folder, 'data'), join(server.folder, 'backups', 'old')]
  for (const file of readdirSync(data)) if (file.startsWith('absensi.db')) rmSync(join(data, file))
  for (const file of readdirSync(old)) copyFileSync(join(old, file), join(data, file))

  const again = await openTestServer({}, server.folder)
  expect(await again.deps.db.read('SELECT id FROM face_encodings')).toEqual([])
  expect(await again.deps.db.read('SELECT has_face FROM users WHERE id = ?', [ani.id])).toEqual([{ has_face: 0 }])
  await again.deps.db.close()
})

it('finds its gallery again after a start', async () => {
  const ani = await makeStudent(server)
  await enrol(server, ani)
  await server.deps.db.close()
  const again = await openTestServer({}, server.folder)
  again.clock.now = server.clock.now
  expect((await checkIn(again, ani)).absensi.user_id).toBe(ani.id)
  await again.deps.db.close()
})

it('shows no embedding, key or closeness in any reply, log line or plain column', async () => {
  const ani = await makeStudent(server)
  const texts: string[] = []
  const { call } = server
  server.call = async (...request) => {
    const reply = await call(...request)
    texts.push(await reply.clone().text(), JSON.stringify([...reply.headers]))
    return reply
  }
  await enrol(server, ani)
  await checkIn(server, ani)
  const budi = await makeStudent(server)
  await enrol(server, budi)
  const wrong = await checkInBody(server, ani, budi.person)
  const refused = await server.refused('/api/v1/absensi/submit', { body: wrong, token: ani.token })
  expect(JSON.stringify(refused)).not.toMatch(/0\.\d/)

  const tables = ['tickets', 'absensi', 'audit_logs', 'liveness_checks', 'face_encodings', 'settings']
  const rows = await Promise.all(tables.map((table) => server.deps.db.read(`SELECT * FROM ${table}`)))
  const seen = [...texts, ...server.lines, JSON.stringify(rows)].join('\n')
  const ring = JSON.parse(readFileSync(join(server.folder, 'keys', 'master.json'), 'utf8'))
  const sealing = JSON.parse(readFileSync(join(server.folder, 'keys', 'sealing.json'), 'utf8'))
  for (const secret of [ring.keys['1'], sealing[0].d, wrong.capture, wrong.capture.slice(-200)])
    expect(seen).not.toContain(secret)
  expect(seen).not.toMatch(/"vector"|"embedding"|"score"|"similarity"|"distance"/)

  const file = readFileSync(join(server.folder, 'data', 'absensi.db-wal'))
  const numbers = vectorToBytes(ani.person)
  for (let at = 0; at < numbers.length; at += 16)
    expect(file.includes(Buffer.from(numbers.subarray(at, at + 16)))).toBe(false)
})

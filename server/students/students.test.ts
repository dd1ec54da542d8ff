import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { okReply } from '../../shared/contract/auth.ts'
import { listOf } from '../../shared/contract/endpoint.ts'
import { classCodesReply, codeReply, dropdownReply, promoteReply, studentSchema } from '../../shared/contract/people.ts'
import { openTestServer, type TestServer } from '../test/test-server.ts'
import { confirmed, makeAdmin, makeGuru } from '../test/test-staff.ts'
import { enrol, makeStudent } from '../test/test-student.ts'

let server: TestServer
let admin: { id: string; token: string }

beforeEach(async () => {
  server = await openTestServer()
  admin = await makeAdmin(server)
})

afterEach(() => server.close())

const STUDENTS = '/api/v1/admin/students'
const names = async (path: string, token = admin.token) =>
  (await server.ask(listOf(studentSchema), `${STUDENTS}${path}`, { token })).data.map(({ name }) => name)
const kelasOf = async () =>
  Object.fromEntries(
    (await server.ask(listOf(studentSchema), STUDENTS, { token: admin.token })).data.map((one) => [
      one.name,
      one.is_active ? one.kelas : null,
    ]),
  )

it('lists students within the reader’s classes, and no colleague', async () => {
  await server.addUser({ name: 'Ani', kelas: 'X-1' })
  await server.addUser({ name: 'Budi', kelas: 'X-2' })
  await server.addUser({ name: 'Guru lain', role: 'guru', kelas: 'X-1' })
  const guru = await makeGuru(server, 'X-1')
  const none = await makeGuru(server)
  expect(await names('')).toEqual(['Ani', 'Budi'])
  expect(await names('', guru.token)).toEqual(['Ani'])
  expect(await names('?kelas=X-2', guru.token)).toEqual([])
  expect(await names('?search=u', guru.token)).toEqual([])
  expect(await names('', none.token)).toEqual([])
  const { access_token: student } = await server.signedIn()
  for (const path of ['', '/dropdown', '/with-face', '/without-face'])
    expect((await server.refused(`${STUDENTS}${path}`, { token: student })).code).toBe('forbidden')
})

it('tells who has a face, and gives names to choose from', async () => {
  const student = await makeStudent(server, { name: 'Wajah', kelas: 'X-1' })
  await enrol(server, student)
  await server.addUser({ name: 'Tanpa', kelas: 'X-1' })
  const away = await server.addUser({ name: 'Pergi', kelas: 'X-1' })
  await server.deps.db.write([{ sql: 'UPDATE users SET is_active = 0 WHERE id = ?', args: [away.id] }])
  expect(await names('/with-face')).toEqual(['Wajah'])
  expect(await names('/without-face?active=true')).toEqual(['Tanpa'])
  const guru = await makeGuru(server, 'X-2')
  const choose = (query: string, token: string) =>
    server.ask(dropdownReply, `${STUDENTS}/dropdown${query}`, { token }).then(({ students }) => students)
  expect((await choose('?kelas=X-1', admin.token)).map(({ name }) => name)).toEqual(['Tanpa', 'Wajah'])
  expect(await choose('', guru.token)).toEqual([])
})

it('is added and deleted by admins', async () => {
  const guru = await makeGuru(server, 'X-1')
  const body = { nim: 's1', name: 'Sari', kelas: 'X-1', parent_email: 'ibu@rumah.test', role: 'admin' }
  expect((await server.refused(STUDENTS, { body, token: guru.token })).code).toBe('forbidden')
  const { id } = await server.ask(codeReply, STUDENTS, { body, token: admin.token })
  expect(await server.deps.db.read('SELECT role, parent_email FROM users WHERE id = ?', [id])).toEqual([
    { role: 'user', parent_email: 'ibu@rumah.test' },
  ])
  const call = { method: 'DELETE', token: admin.token, headers: await confirmed(server, admin.token) }
  expect((await server.refused(`${STUDENTS}/${guru.id}`, call)).code).toBe('not_found')
  await server.ask(okReply, `${STUDENTS}/${id}`, call)
  expect(await names('')).toEqual([])
})

describe('promotion', () => {
  const moves = [
    { from: 'X-1', to: 'XI-1' },
    { from: 'XI-1', to: 'XII-1' },
    { from: 'XII-1', to: null },
  ]
  const promote = (body: object) => server.ask(promoteReply, `${STUDENTS}/promote`, { body, token: admin.token })

  beforeEach(async () => {
    for (const [name, kelas] of [
      ['Ani', 'X-1'],
      ['Budi', 'XI-1'],
      ['Citra', 'XII-1'],
      ['Dodi', 'X-2'],
    ] as const)
      await server.signedIn({ name, kelas })
  })

  it('moves each once, all in one act, after a preview that changes nothing', async () => {
    const before = await kelasOf()
    const preview = await promote({ mode: 'preview', moves })
    expect(preview).toMatchObject({ total: 3, moves: moves.map((move) => ({ ...move, students: 1 })) })
    expect(await kelasOf()).toEqual(before)
    await promote({ mode: 'commit', moves, fingerprint: preview.fingerprint })
    expect(await kelasOf()).toEqual({ Ani: 'XI-1', Budi: 'XII-1', Citra: null, Dodi: 'X-2' })
    const repeat = { body: { mode: 'commit', moves, fingerprint: preview.fingerprint }, token: admin.token }
    expect((await server.refused(`${STUDENTS}/promote`, repeat)).code).toBe('conflict')
    expect(await kelasOf()).toMatchObject({ Ani: 'XI-1' })
  })

  it('is done once by two at the same moment, and not at all on other people than were shown', async () => {
    const { fingerprint } = await promote({ mode: 'preview', moves })
    const call = { body: { mode: 'commit', moves, fingerprint }, token: admin.token }
    const replies = await Promise.all([1, 2].map(() => server.call(`${STUDENTS}/promote`, call)))
    expect(replies.map(({ status }) => status).sort()).toEqual([200, 409])
    const next = await promote({ mode: 'preview', moves })
    await server.addUser({ name: 'Eka', kelas: 'X-1' })
    const stale = { body: { mode: 'commit', moves, fingerprint: next.fingerprint }, token: admin.token }
    expect((await server.refused(`${STUDENTS}/promote`, stale)).code).toBe('conflict')
  })

  it('ends the sessions of who leaves, and takes each class once', async () => {
    const { access_token: token } = await server.signedIn({ name: 'Fajar', kelas: 'XII-1' })
    const { fingerprint } = await promote({ mode: 'preview', moves })
    await promote({ mode: 'commit', moves, fingerprint })
    expect((await server.refused('/api/v1/auth/me', { token })).code).toBe('unauthenticated')
    const twice = [moves[0], moves[0]]
    const call = { body: { mode: 'preview', moves: twice }, token: admin.token }
    expect((await server.refused(`${STUDENTS}/promote`, call)).code).toBe('bad_request')
    const guru = await makeGuru(server, 'X-1')
    expect((await server.refused(`${STUDENTS}/promote`, { ...call, token: guru.token })).code).toBe('forbidden')
  })
})

it('makes new codes for those of a class who have none of their own yet, and for nobody else', async () => {
  const { code: before, nim } = await server.addUser({ name: 'Ani', kelas: 'X-1' })
  await server.signedIn({ name: 'Budi', kelas: 'X-1' })
  await server.addUser({ name: 'Citra', kelas: 'X-2' })
  const path = `${STUDENTS}/codes`
  const body = { kelas: 'X-1' }
  expect((await server.refused(path, { body, token: admin.token })).code).toBe('confirm_password')
  const guru = await makeGuru(server, 'X-1')
  const asGuru = { body, token: guru.token, headers: await confirmed(server, guru.token) }
  expect((await server.refused(path, asGuru)).code).toBe('forbidden')
  const headers = await confirmed(server, admin.token)
  const { codes } = await server.ask(classCodesReply, path, { body, token: admin.token, headers })
  expect(codes.map(({ name }) => name)).toEqual(['Ani'])
  const activate = (code: string) => ({ body: { nim, code, password: 'Kata-sandi-baru-9' } })
  expect((await server.refused('/api/v1/auth/activate', activate(before))).code).toBe('wrong_code')
  expect((await server.call('/api/v1/auth/activate', activate(codes[0]?.code ?? ''))).status).toBe(200)
  const again = { body, token: admin.token, headers: await confirmed(server, admin.token) }
  expect((await server.ask(classCodesReply, path, again)).codes).toEqual([])
  const lines = await server.deps.db.read("SELECT entity_type FROM audit_logs WHERE action = 'class_codes'")
  expect(lines).toHaveLength(1)
})

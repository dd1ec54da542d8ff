import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { meReply, okReply, tokensReply } from '../../shared/contract/auth.ts'
import { listOf } from '../../shared/contract/endpoint.ts'
import { accountReply, accountSchema, codeReply } from '../../shared/contract/people.ts'
import { openTestServer, PASSWORD, type TestServer } from '../test/test-server.ts'
import { confirmed, makeAdmin, makeGuru } from '../test/test-staff.ts'
import { enrol, makeStudent } from '../test/test-student.ts'

let server: TestServer
let admin: { id: string; token: string }

beforeEach(async () => {
  server = await openTestServer()
  admin = await makeAdmin(server)
})

afterEach(() => server.close())

const USERS = '/api/v1/admin/users'
const ME = '/api/v1/auth/me'
const one = (id: string) => server.ask(accountReply, `${USERS}/${id}`, { token: admin.token })
const list = (query: string) => server.ask(listOf(accountSchema), `${USERS}${query}`, { token: admin.token })
const put = (id: string, body: object) => ({
  path: `${USERS}/${id}`,
  call: { method: 'PUT', body, token: admin.token },
})

describe('the list', () => {
  it('searches by NIM and name, filters, sorts and pages', async () => {
    for (const [nim, name, kelas] of [
      ['100', 'budi 50%', 'X-1'],
      ['200', 'Ani', 'X-2'],
      ['300', 'Citra_', 'X-1'],
    ] as const)
      await server.addUser({ nim, name, kelas })
    const names = async (query: string) => (await list(query)).data.map(({ name }) => name)
    expect(await names('?role=user')).toEqual(['Ani', 'budi 50%', 'Citra_'])
    expect(await names('?role=user&sort=nim&order=desc')).toEqual(['Citra_', 'Ani', 'budi 50%'])
    expect(await names('?search=BUD')).toEqual(['budi 50%'])
    expect(await names('?search=200')).toEqual(['Ani'])
    expect(await names('?search=%25')).toEqual(['budi 50%'])
    expect(await names('?search=_')).toEqual(['Citra_'])
    expect(await names('?kelas=X-1&face=false&active=true')).toEqual(['budi 50%', 'Citra_'])
    const page = await list('?role=user&limit=1&offset=1')
    expect([page.total, page.limit, page.offset, page.data.length]).toEqual([3, 1, 1, 1])
    expect((await server.refused(`${USERS}?sort=password_hash`, { token: admin.token })).code).toBe('bad_request')
    expect(JSON.stringify(await list(''))).not.toMatch(/hash|hmac|\$2/)
  })

  it('is for admins', async () => {
    const guru = await makeGuru(server, 'X-1')
    const { access_token: student } = await server.signedIn()
    const id = admin.id
    for (const token of [guru.token, student])
      for (const [method, path] of [
        ['GET', USERS],
        ['POST', USERS],
        ['GET', `${USERS}/${id}`],
        ['PUT', `${USERS}/${id}`],
        ['DELETE', `${USERS}/${id}`],
        ['POST', `${USERS}/${id}/approve`],
        ['POST', `/api/v1/admin/make-admin/${id}`],
        ['POST', `/api/v1/admin/revoke-admin/${id}`],
      ] as const)
        expect([method, path, (await server.refused(path, { method, token })).code]).toEqual([
          method,
          path,
          'forbidden',
        ])
  })
})

describe('an account', () => {
  it('is made with a code in the place of a password', async () => {
    const body = { nim: 'g1', name: 'Bu Sri', role: 'guru', guru_kelas: ['X-2', 'X-1'], email: 'sri@sekolah.test' }
    const made = await server.ask(codeReply, USERS, { body, token: admin.token })
    expect((await one(made.id)).user).toMatchObject({
      guru_kelas: ['X-1', 'X-2'],
      activated: false,
      code_expires_at: made.expires_at,
      email: 'sri@sekolah.test',
    })
    const activate = { body: { nim: 'g1', code: made.code, password: PASSWORD } }
    await server.ask(tokensReply, '/api/v1/auth/activate', activate)
    expect((await one(made.id)).user).toMatchObject({ activated: true, code_expires_at: null })
    const again = await server.refused(USERS, { body: { ...body, nim: 'G1' }, token: admin.token })
    expect(again).toMatchObject({ code: 'conflict', fields: [{ path: 'nim', message: 'taken' }] })
  })

  it('of an admin wants a confirmation', async () => {
    const call = { body: { nim: 'a2', name: 'Admin dua', role: 'admin' }, token: admin.token }
    expect((await server.refused(USERS, call)).code).toBe('confirm_password')
    await server.ask(codeReply, USERS, { ...call, headers: await confirmed(server, admin.token) })
  })

  it('is changed where the request says so, and only there', async () => {
    const { id } = await server.addUser({ nim: 'a', name: 'Ani' })
    const { path, call } = put(id, { name: 'Ani S.', kelas: null, accommodation: { poses: 'any', slow: true } })
    const { user } = await server.ask(accountReply, path, call)
    expect(user).toMatchObject({ nim: 'a', name: 'Ani S.', kelas: null, accommodation: { poses: 'any', slow: true } })
    const taken = put(id, { nim: (await one(admin.id)).user.nim })
    expect((await server.refused(taken.path, taken.call)).code).toBe('conflict')
    for (const body of [{ role: 'admin' }, { password_hash: 'x' }, { is_active: 1 }, { has_face: true }])
      expect((await server.refused(path, { ...call, body })).code).toBe('bad_request')
    const nobody = put(crypto.randomUUID(), { name: 'x' })
    expect((await server.refused(nobody.path, nobody.call)).code).toBe('not_found')
  })

  it('that is suspended, or gets another role, is out at once', async () => {
    for (const change of [{ is_active: false }, { role: 'guru', guru_kelas: ['X-1'] }]) {
      const { user, access_token: token, refresh_token } = await server.signedIn()
      await server.ask(meReply, ME, { token })
      const { path, call } = put(user.id, change)
      await server.ask(accountReply, path, call)
      expect((await server.refused(ME, { token })).code).toBe('unauthenticated')
      expect((await server.refused('/api/v1/auth/refresh', { body: { refresh_token } })).code).toBe('unauthenticated')
    }
    const { user, access_token: token } = await server.signedIn()
    const { path, call } = put(user.id, { role: 'user', is_active: true, name: 'Sama' })
    await server.ask(accountReply, path, call)
    await server.ask(meReply, ME, { token })
  })
})

describe('admins', () => {
  const act = async (path: string, token: string, method = 'POST') => ({
    method,
    token,
    headers: await confirmed(server, token),
    path: `/api/v1/admin/${path}`,
  })

  it('are made and unmade with a confirmation; a guru gets her classes back', async () => {
    const guru = await makeGuru(server, 'X-1')
    const path = `/api/v1/admin/make-admin/${guru.id}`
    expect((await server.refused(path, { method: 'POST', token: admin.token })).code).toBe('confirm_password')
    const made = await act(`make-admin/${guru.id}`, admin.token)
    expect((await server.ask(accountReply, made.path, made)).user.role).toBe('admin')
    expect((await server.refused(ME, { token: guru.token })).code).toBe('unauthenticated')
    expect((await server.ask(accountReply, made.path, made)).user.role).toBe('admin')
    const viaPut = put(guru.id, { role: 'user' })
    expect((await server.refused(viaPut.path, viaPut.call)).code).toBe('conflict')
    const revoked = await act(`revoke-admin/${guru.id}`, admin.token)
    expect((await server.ask(accountReply, revoked.path, revoked)).user).toMatchObject({
      role: 'guru',
      guru_kelas: ['X-1'],
    })
    expect((await server.ask(accountReply, revoked.path, revoked)).user.role).toBe('guru')
  })

  it.each(['admin', 'guru'])('are not made of whoever had the code of her time as a student (%s)', async (role) => {
    const guru = await makeGuru(server, 'X-1')
    const { user } = await server.signedIn({ kelas: 'X-1' })
    const reset = { method: 'POST', token: guru.token }
    const { nim, code } = await server.ask(codeReply, `${USERS}/${user.id}/reset-code`, reset)
    const made = role === 'admin' ? await act(`make-admin/${user.id}`, admin.token) : put(user.id, { role })
    await server.ask(accountReply, made.path, 'call' in made ? made.call : made)
    const body = { nim, code, password: 'bukan-milik-1' }
    expect((await server.refused('/api/v1/auth/activate', { body })).code).toBe('wrong_code')
    const fresh = { ...reset, token: admin.token, headers: await confirmed(server, admin.token) }
    const own = await server.ask(codeReply, `${USERS}/${user.id}/reset-code`, fresh)
    await server.ask(tokensReply, '/api/v1/auth/activate', { body: { ...body, code: own.code } })
  })

  it('never all go: the last one who can sign in stays', async () => {
    // One without a password, and one suspended, do not count.
    await server.addUser({ role: 'admin' })
    const suspended = await server.signedIn({ role: 'admin' })
    const off = put(suspended.user.id, { is_active: false })
    await server.ask(accountReply, off.path, off.call)
    for (const [method, path] of [
      ['POST', `revoke-admin/${admin.id}`],
      ['DELETE', `users/${admin.id}`],
    ] as const) {
      const call = await act(path, admin.token, method)
      expect([path, (await server.refused(call.path, call)).code]).toEqual([path, 'conflict'])
    }
    const self = put(admin.id, { is_active: false })
    expect((await server.refused(self.path, self.call)).code).toBe('conflict')
    await server.ask(meReply, ME, { token: admin.token })
  })

  it.each(['revoke-admin', 'users'])('one stays of two who take each other away at once (%s)', async (verb) => {
    const other = await makeAdmin(server)
    const method = verb === 'users' ? 'DELETE' : 'POST'
    const calls = [
      await act(`${verb}/${other.id}`, admin.token, method),
      await act(`${verb}/${admin.id}`, other.token, method),
    ]
    const replies = await Promise.all(calls.map((call) => server.call(call.path, call)))
    const codes = replies.map(({ status }) => status).sort()
    expect(codes[0]).toBe(200)
    expect(codes[1]).toBeGreaterThan(400)
    const [row] = await server.deps.db.read("SELECT count(*) AS n FROM users WHERE role = 'admin' AND is_active = 1")
    expect(row).toEqual({ n: 1 })
  })
})

it('deletes an account that somebody makes active again in the same moment, and says so where a backup is held to it', async () => {
  const { id } = await server.addUser()
  const { path } = put(id, {})
  const { db } = server.deps
  const { write } = db
  db.write = async (statements) => {
    if (!statements.some(({ sql }) => sql.startsWith('DELETE FROM users'))) return write(statements)
    db.write = write
    await write([{ sql: 'UPDATE users SET is_active = 1 WHERE id = ?', args: [id] }])
    return write(statements)
  }
  const call = { method: 'DELETE', token: admin.token, headers: await confirmed(server, admin.token) }
  expect((await server.call(path, call)).status).toBe(200)
  expect(await db.read('SELECT id FROM users WHERE id = ?', [id])).toEqual([])
})

it('deletes an account with its face, its data key, its devices and its sessions', async () => {
  const student = await makeStudent(server)
  await enrol(server, student)
  const { path } = put(student.id, {})
  const bare = { method: 'DELETE', token: admin.token }
  expect((await server.refused(path, bare)).code).toBe('confirm_password')
  const call = { ...bare, headers: await confirmed(server, admin.token) }
  await server.ask(okReply, path, call)
  expect((await server.refused(path, call)).code).toBe('not_found')
  expect((await server.refused(ME, { token: student.token })).code).toBe('unauthenticated')
  for (const table of ['face_encodings', 'devices', 'refresh_tokens', 'consents', 'tickets', 'liveness_checks'])
    expect([table, await server.deps.db.read(`SELECT 1 FROM ${table} WHERE user_id = ?`, [student.id])]).toEqual([
      table,
      [],
    ])
  const actions = await server.deps.db.read('SELECT action FROM audit_logs WHERE entity_id = ? ORDER BY seq DESC', [
    student.id,
  ])
  expect(actions.slice(0, 2)).toEqual([{ action: 'unregister_face' }, { action: 'delete_user' }])
})

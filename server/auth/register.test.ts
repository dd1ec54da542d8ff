import { afterEach, beforeEach, expect, it } from 'vitest'
import { okReply, tokensReply } from '../../shared/contract/auth.ts'
import { listOf } from '../../shared/contract/endpoint.ts'
import { healthReply } from '../../shared/contract/health.ts'
import { accountSchema, codeReply } from '../../shared/contract/people.ts'
import { openTestServer, PASSWORD, type TestServer } from '../test/test-server.ts'
import { makeAdmin, makeGuru, setRegistration } from '../test/test-staff.ts'

let server: TestServer
let admin: { id: string; token: string }

beforeEach(async () => {
  server = await openTestServer()
  admin = await makeAdmin(server)
})

afterEach(() => server.close())

const REGISTER = '/api/v1/auth/register'
const LOGIN = '/api/v1/auth/login'
const body = { nim: '2026/900', name: 'Rani', password: 'rahasia-900', kelas: 'X-1', email: 'rani@sekolah.test' }
const waiting = () => server.ask(listOf(accountSchema), '/api/v1/admin/users?approval=pending', { token: admin.token })

it('is closed unless the school opens it', async () => {
  expect((await server.refused(REGISTER, { body })).code).toBe('registration_closed')
  expect((await waiting()).total).toBe(0)
})

it('makes an account that can do nothing until an admin approves it', async () => {
  await setRegistration(server, 'pending')
  expect((await server.ask(healthReply, '/api/v1/health')).registration).toBe(true)
  await server.ask(okReply, REGISTER, { body })
  const wrong = await server.refused(LOGIN, { body: { nim: 'nobody', password: body.password } })
  const right = await server.refused(LOGIN, { body })
  expect({ ...right, request_id: '' }).toEqual({ ...wrong, request_id: '' })

  const { data } = await waiting()
  const [one] = data
  expect(one).toMatchObject({ nim: body.nim, kelas: 'X-1', role: 'user', approval: 'pending', self_made: true })
  const path = `/api/v1/admin/users/${one?.id}`
  expect((await server.refused(`${path}/reset-code`, { method: 'POST', token: admin.token })).code).toBe('conflict')
  await server.ask(okReply, `${path}/approve`, { body: { approve: true }, token: admin.token })
  expect((await server.ask(tokensReply, LOGIN, { body })).user.nim).toBe(body.nim)
  const again = await server.refused(`${path}/approve`, { body: { approve: false }, token: admin.token })
  expect(again.code).toBe('conflict')
})

it('answers a NIM that exists and one that does not alike, and changes nothing of the first', async () => {
  await setRegistration(server, 'pending')
  const { user } = await server.signedIn({ nim: 'Lama' })
  const fresh = await server.call(REGISTER, { body })
  const taken = await server.call(REGISTER, { body: { ...body, nim: 'LAMA', name: 'Orang lain' } })
  expect([fresh.status, await fresh.text()]).toEqual([taken.status, await taken.text()])
  expect((await server.ask(tokensReply, LOGIN, { body: { nim: 'lama', password: PASSWORD } })).user).toEqual(user)
  expect((await waiting()).data.map(({ nim }) => nim)).toEqual([body.nim])
})

it('lets an admin refuse: the account is gone, and can be asked for again', async () => {
  await setRegistration(server, 'pending')
  await server.call(REGISTER, { body })
  const id = (await waiting()).data[0]?.id
  const decide = { body: { approve: false }, token: admin.token }
  await server.ask(okReply, `/api/v1/admin/users/${id}/approve`, decide)
  expect((await server.refused(`/api/v1/admin/users/${id}/approve`, decide)).code).toBe('not_found')
  await server.ask(okReply, REGISTER, { body })
  expect((await waiting()).total).toBe(1)
})

it('ends the access of an account that is made to wait', async () => {
  const { access_token: token, refresh_token, user } = await server.signedIn()
  await server.deps.db.write([{ sql: "UPDATE users SET approval = 'pending' WHERE id = ?", args: [user.id] }])
  server.clock.now += 2_000
  expect((await server.refused('/api/v1/auth/me', { token })).code).toBe('unauthenticated')
  expect((await server.refused('/api/v1/auth/refresh', { body: { refresh_token } })).code).toBe('unauthenticated')
})

it('refuses weak passwords and what is no name', async () => {
  await setRegistration(server, 'pending')
  expect((await server.refused(REGISTER, { body: { ...body, password: 'short' } })).code).toBe('weak_password')
  for (const wrong of [{ name: 'a\nb' }, { email: 'nobody' }, { nim: 'a b' }, { kelas: ' ' }])
    expect((await server.refused(REGISTER, { body: { ...body, ...wrong } })).code).toBe('bad_request')
})

it('counts accounts asked for by address', async () => {
  await setRegistration(server, 'pending')
  const ask = (i: number, address: string) =>
    server.call(REGISTER, { body: { ...body, nim: `n${i}` }, address }).then(({ status }) => status)
  for (let i = 0; i < 300; i += 30) await Promise.all(Array.from({ length: 30 }, (_, k) => ask(i + k, '192.0.2.9')))
  expect([await ask(300, '192.0.2.9'), await ask(301, '192.0.2.10')]).toEqual([429, 202])
})

it('gives a reset code for a forgotten password: to an admin, and to the guru of that class', async () => {
  const { user } = await server.signedIn({ kelas: 'X-2' })
  const own = await makeGuru(server, 'X-2')
  const other = await makeGuru(server, 'X-3')
  const path = `/api/v1/admin/users/${user.id}/reset-code`
  const post = (token: string) => ({ method: 'POST', token })
  expect((await server.refused(path, post(other.token))).code).toBe('not_found')
  const colleague = `/api/v1/admin/users/${other.id}/reset-code`
  expect((await server.refused(colleague, post(own.token))).code).toBe('not_found')
  const first = await server.ask(codeReply, path, post(admin.token))
  const { code, expires_at } = await server.ask(codeReply, path, post(own.token))
  expect(expires_at).toBe('2026-11-16T00:00:00.000Z')
  // The password stays until the code is used, and only the newest code is good.
  await server.ask(tokensReply, LOGIN, { body: { nim: user.nim, password: PASSWORD } })
  const activate = (used: string) =>
    server.call('/api/v1/auth/activate', { body: { nim: user.nim, code: used, password: 'yang-baru-1' } })
  expect([(await activate(first.code)).status, (await activate(code)).status]).toEqual([401, 200])
  expect((await server.call(LOGIN, { body: { nim: user.nim, password: PASSWORD } })).status).toBe(401)
  const mine = await server.refused(`/api/v1/admin/users/${admin.id}/reset-code`, post(admin.token))
  expect(mine.code).toBe('confirm_password')
})

it.each([
  ['moved to another class', "UPDATE guru_kelas SET kelas = 'X-9'"],
  ['suspended', "UPDATE users SET is_active = 0 WHERE role = 'guru'"],
  ['deleted', "DELETE FROM users WHERE role = 'guru'"],
  ['a student who left the class', "UPDATE users SET kelas = 'X-9' WHERE role = 'user'"],
])('takes no code of a guru who could not draw it any more: %s', async (_, sql) => {
  const { user } = await server.signedIn({ kelas: 'X-2' })
  const guru = await makeGuru(server, 'X-2')
  const reset = { method: 'POST', token: guru.token }
  const { code } = await server.ask(codeReply, `/api/v1/admin/users/${user.id}/reset-code`, reset)
  await server.deps.db.write([{ sql }])
  const body = { nim: user.nim, code, password: 'yang-baru-1' }
  expect((await server.refused('/api/v1/auth/activate', { body })).code).toBe('wrong_code')
})

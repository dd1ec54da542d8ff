import { readFileSync, rmSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, expect, it } from 'vitest'
import { meReply, tokensReply } from '../../shared/contract/auth.ts'
import { isTemporaryPassword } from '../../shared/contract/problem.ts'
import { createPasswords } from '../auth/password.ts'
import { ConfigProblem, readConfig } from '../config.ts'
import { openKeyRing } from '../http/keys.ts'
import { makeFolder, openTestServer } from '../test/test-server.ts'
import { resetUser } from '../users/add.ts'
import { makeFirstAdmin } from '../users/first-admin.ts'
import { FitProblem } from './fit.ts'

const folders: string[] = []
const newFolder = () => {
  const folder = makeFolder()
  folders.push(folder)
  return folder
}

afterEach(() => {
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true, force: true })
})

it('keeps a lab and a school apart once there are users', async () => {
  const folder = newFolder()
  const reopen = async (profile: string, work?: 'add') => {
    const server = await openTestServer({ LIVENESS_PROFILE: profile }, folder)
    if (work) await server.addUser()
    await server.deps.db.close()
    return server.deps.config.profile
  }
  expect(await reopen('school')).toBe('school')
  expect(await reopen('lab')).toBe('lab')
  expect(await reopen('school', 'add')).toBe('school')
  await expect(reopen('lab')).rejects.toThrow(FitProblem)
  expect(await reopen('school')).toBe('school')
})

it('does not start on other keys than its database was made with', async () => {
  const folder = newFolder()
  await (await openTestServer({}, folder)).deps.db.close()
  rmSync(join(folder, 'keys'), { recursive: true })
  await expect(openTestServer({}, folder)).rejects.toThrow(/are not the ones this database was made with/)
})

it('makes key folder and file for the owner alone, and the same keys next time', () => {
  const folder = join(newFolder(), 'keys')
  const ring = openKeyRing(folder)
  expect(statSync(folder).mode & 0o777).toBe(0o700)
  expect(statSync(join(folder, 'master.json')).mode & 0o777).toBe(0o600)
  expect(openKeyRing(folder).deriveKey('a')).toEqual(ring.deriveKey('a'))
  expect(ring.deriveKey('b')).not.toEqual(ring.deriveKey('a'))
  expect(() => ring.deriveKey('a', 2)).toThrow(/no version 2/)
  const master = readFileSync(join(folder, 'master.json'), 'utf8')
  expect(master).not.toContain(Buffer.from(ring.deriveKey('a')).toString('base64url'))
})

it('takes master keys from the environment, several versions too', () => {
  const folder = newFolder()
  const [old, fresh] = ['o'.repeat(32), 'n'.repeat(32)]
  const first = openKeyRing(folder, old)
  const both = openKeyRing(folder, `2:${fresh},1:${old}`)
  expect([both.current, both.versions]).toEqual([2, [2, 1]])
  expect(both.deriveKey('a', 1)).toEqual(first.deriveKey('a'))
  expect(both.deriveKey('a')).not.toEqual(first.deriveKey('a'))
  expect(() => openKeyRing(folder, `2:${fresh},1:short`)).toThrow(/^SECRET_KEY/)
})

it.each([
  [{ PORT: '70000' }, /^PORT: /],
  [{ LIVENESS_PROFILE: 'home' }, /^LIVENESS_PROFILE: /],
  [{ TZ_SCHOOL: 'Jakarta' }, /^TZ_SCHOOL: /],
  [{ DATABASE_URL: 'mysql://x' }, /^DATABASE_URL: /],
  [{ CORS_ORIGINS: 'https://a.test/path' }, /^CORS_ORIGINS: /],
  [{ TRUSTED_PROXIES: 'proxy.test' }, /^TRUSTED_PROXIES: /],
  [{ TRUSTED_PROXIES: '10.0.0.0/8,10.0.0.0/33' }, /^TRUSTED_PROXIES: /],
  [{ TRUSTED_PROXIES: '300.0.0.1' }, /^TRUSTED_PROXIES: /],
  [{ STORAGE_PATH: 'd', KEYS_PATH: 'd/keys' }, /^KEYS_PATH: /],
  [{ SECRET_KEY: 'hunter2-rahasia' }, /^SECRET_KEY: /],
] as [Record<string, string>, RegExp][])('stops at %j, naming the variable and not its value', (env, message) => {
  expect(() => readConfig(env)).toThrow(ConfigProblem)
  expect(() => readConfig(env)).toThrow(message)
  expect(() => readConfig(env)).not.toThrow(/rahasia/)
})

it('takes empty variables for unset ones', () => {
  expect(readConfig({ PORT: '', SECRET_KEY: '' })).toEqual(readConfig({}))
})

it('gives the first admin a one-time password that opens only the way to a password of her own', async () => {
  const server = await openTestServer({}, newFolder())
  const passwords = createPasswords(4)
  const once = await makeFirstAdmin(server.deps, passwords)
  expect(once).toMatch(/^[0-9A-Z]{5}-[0-9A-Z]{5}$/)
  expect(await makeFirstAdmin(server.deps, passwords)).toBeNull()
  const login = { body: { nim: 'admin', password: once } }
  const { access_token: token } = await server.ask(tokensReply, '/api/v1/auth/login', login)
  expect((await server.ask(meReply, '/api/v1/auth/me', { token })).user.role).toBe('admin')
  const refused = await server.refused('/api/v1/devices', { token })
  expect([refused.code, isTemporaryPassword(refused)]).toEqual(['forbidden', true])
  const own = { nim: 'admin', code: once, password: 'milik-sendiri-1' }
  const { access_token } = await server.ask(tokensReply, '/api/v1/auth/activate', { body: own })
  expect((await server.call('/api/v1/devices', { token: access_token })).status).toBe(200)
  expect((await server.refused('/api/v1/auth/login', login)).code).toBe('wrong_credentials')
  await server.close()
})

it('resets an account: password, sessions, and a new code', async () => {
  const server = await openTestServer({}, newFolder())
  const { user, access_token: token } = await server.signedIn()
  const reset = await resetUser(server.deps, user.nim.toUpperCase())
  server.clock.now += 2_000
  expect((await server.call('/api/v1/auth/me', { token })).status).toBe(401)
  const body = { nim: user.nim, code: reset?.code, password: 'yang-baru-2' }
  expect((await server.call('/api/v1/auth/activate', { body })).status).toBe(200)
  expect(await resetUser(server.deps, 'nobody')).toBeNull()
  await server.close()
})

it('answers unavailable when the database is gone', async () => {
  const server = await openTestServer({}, newFolder())
  await server.deps.db.close()
  const problem = await server.refused('/health')
  expect(problem).toMatchObject({ code: 'unavailable', retry_after: 5 })
})

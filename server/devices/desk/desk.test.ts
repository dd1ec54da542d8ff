import { afterEach, beforeEach, expect, it } from 'vitest'
import { okReply } from '../../../shared/contract/auth.ts'
import { adminDevicesReply, deviceReply, devicesReply } from '../../../shared/contract/devices.ts'
import { makeDevice, openTestServer, registerDevice, type TestDevice, type TestServer } from '../../test/test-server.ts'
import { makeAdmin, makeGuru } from '../../test/test-staff.ts'
import { approvePendingPhoneOf } from '../decide.ts'

let server: TestServer
let admin: { id: string; token: string }

beforeEach(async () => {
  server = await openTestServer()
  admin = await makeAdmin(server)
})

afterEach(() => server.close())

const QUEUE = '/api/v1/admin/devices'
const signedIn = async (kelas = 'X-1') => {
  const { user, access_token: token } = await server.signedIn({ kelas })
  return { id: user.id, token }
}
const add = async (token: string, device?: TestDevice) => {
  const phone = device ?? (await makeDevice())
  await registerDevice(server, phone, token)
  server.clock.now += 1000
  return phone
}
const decide = (verb: 'approve' | 'revoke', id: string, userId: string, token = admin.token) =>
  [`${QUEUE}/${id}/${verb}`, { body: { user_id: userId }, token }] as const
const states = async (token: string) =>
  (await server.ask(devicesReply, '/api/v1/devices', { token })).devices.map(({ status }) => status)
const queue = (query: string, token = admin.token) => server.ask(adminDevicesReply, `${QUEUE}${query}`, { token })

it('shows what waits first, within the reader’s classes', async () => {
  const [a, b] = [await signedIn(), await signedIn('X-2')]
  const first = await add(a.token)
  const second = await add(a.token)
  await add(b.token)
  await add(b.token, first)
  const all = await queue('')
  expect(all.data.map(({ status }) => status)).toEqual(['pending', 'pending', 'active', 'active'])
  expect(all.data[0]).toMatchObject({ id: first.id, others: 1, user: { id: b.id, kelas: 'X-2' } })
  expect((await queue(`?status=active&kind=phone&user_id=${a.id}`)).data.map(({ id }) => id)).toEqual([first.id])
  expect(await queue('?limit=1&offset=1')).toMatchObject({ total: 4, limit: 1, offset: 1, data: [{ id: second.id }] })
  const guru = await makeGuru(server, 'X-2')
  expect((await queue('', guru.token)).data.map(({ user }) => user?.id)).toEqual([b.id, b.id])
  expect((await queue(`?user_id=${a.id}`, guru.token)).total).toBe(0)
  expect(JSON.stringify(all)).not.toContain(first.jwk.x)
})

it('makes a further phone the active one and revokes the one before, once', async () => {
  const a = await signedIn()
  await add(a.token)
  const second = await add(a.token)
  const [path, call] = decide('approve', second.id, a.id)
  const both = await Promise.all([server.ask(deviceReply, path, call), server.ask(deviceReply, path, call)])
  expect(both.map(({ device }) => device.status)).toEqual(['active', 'active'])
  expect(await states(a.token)).toEqual(['revoked', 'active'])
  const lines = await server.deps.db.read("SELECT entity_id, user_id FROM audit_logs WHERE action = 'approve_device'")
  expect(lines).toEqual([{ entity_id: second.id, user_id: admin.id }])
})

it('keeps one student a phone', async () => {
  const [a, b] = [await signedIn(), await signedIn()]
  const shared = await add(a.token)
  const own = await add(b.token)
  await add(b.token, shared)
  const [path, call] = decide('approve', shared.id, b.id)
  expect((await server.refused(path, call)).code).toBe('conflict')
  // Nothing of the refused act stays: her own phone is still active.
  expect(await states(b.token)).toEqual(['active', 'pending'])
  const [revoke, revokeCall] = decide('revoke', shared.id, a.id)
  expect((await server.ask(deviceReply, revoke, revokeCall)).device.status).toBe('revoked')
  expect((await server.ask(deviceReply, revoke, revokeCall)).device.status).toBe('revoked')
  expect((await server.ask(deviceReply, path, call)).device.status).toBe('active')
  const [old, oldCall] = decide('approve', own.id, b.id)
  expect((await server.refused(old, oldCall)).code).toBe('conflict')
})

it('is decided by admins, on registrations that are there', async () => {
  const a = await signedIn()
  const phone = await add(a.token)
  const guru = await makeGuru(server, 'X-1')
  for (const verb of ['approve', 'revoke'] as const) {
    for (const token of [a.token, guru.token]) {
      const [path, call] = decide(verb, phone.id, a.id, token)
      expect((await server.refused(path, call)).code).toBe('forbidden')
    }
    const [path, call] = decide(verb, phone.id, admin.id)
    expect((await server.refused(path, call)).code).toBe('not_found')
    expect((await server.refused(`${QUEUE}/x/${verb}`, call)).code).toBe('bad_request')
  }
  expect((await server.refused(QUEUE, { token: a.token })).code).toBe('forbidden')
})

it('is given up by its owner; the next phone waits for the office', async () => {
  const [a, b] = [await signedIn(), await signedIn()]
  const phone = await add(a.token)
  const path = `/api/v1/devices/${phone.id}`
  expect((await server.refused(path, { method: 'DELETE', token: b.token })).code).toBe('not_found')
  await server.ask(okReply, path, { method: 'DELETE', token: a.token })
  await server.ask(okReply, path, { method: 'DELETE', token: a.token })
  const next = await add(a.token)
  expect(await states(a.token)).toEqual(['revoked', 'pending'])
  // One that only waits is forgotten, and may come again.
  await server.ask(okReply, `/api/v1/devices/${next.id}`, { method: 'DELETE', token: a.token })
  expect(await states(a.token)).toEqual(['revoked'])
  await add(a.token, next)
  expect(await states(a.token)).toEqual(['revoked', 'pending'])
})

it('is approved by a kiosk that recognised the student, when exactly one phone waits', async () => {
  const kiosk = { id: 'kiosk-1', ipAddress: '192.0.2.7' }
  const a = await signedIn()
  await add(a.token)
  expect(await approvePendingPhoneOf(server.deps, a.id, kiosk)).toBeNull()
  const second = await add(a.token)
  expect(await approvePendingPhoneOf(server.deps, a.id, kiosk)).toBe(second.id)
  expect(await states(a.token)).toEqual(['revoked', 'active'])
  await add(a.token)
  await add(a.token)
  expect(await approvePendingPhoneOf(server.deps, a.id, kiosk)).toBeNull()
  expect(await states(a.token)).toEqual(['revoked', 'active', 'pending', 'pending'])
})

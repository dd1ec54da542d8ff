import { CompactSign } from 'jose'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { deviceNonceReply, devicesReply } from '../../shared/contract/devices.ts'
import {
  makeDevice,
  openTestServer,
  proveDevice,
  registerDevice,
  type TestDevice,
  type TestServer,
} from '../test/test-server.ts'
import { approvePendingPhoneOf } from './decide.ts'

let server: TestServer

beforeEach(async () => {
  server = await openTestServer()
})

afterEach(() => server.close())

const DEVICES = '/api/v1/devices'
const nonceFor = async (token: string) =>
  (await server.ask(deviceNonceReply, `${DEVICES}/nonce`, { method: 'POST', token })).nonce

it('makes the first phone of a student active, a further one wait, and the same one again the same', async () => {
  const { access_token } = await server.signedIn()
  const first = await makeDevice()
  const registered = await registerDevice(server, first, access_token, 'Telepon Siti')
  expect(registered).toEqual({
    id: first.id,
    kind: 'phone',
    label: 'Telepon Siti',
    status: 'active',
    created_at: '2026-11-02T00:00:00.000Z',
  })
  server.clock.now += 1000
  expect(await registerDevice(server, first, access_token, 'other words')).toEqual(registered)
  const second = await makeDevice()
  expect((await registerDevice(server, second, access_token)).status).toBe('pending')
  const { devices } = await server.ask(devicesReply, DEVICES, { token: access_token })
  expect(devices.map(({ id, status }) => [id, status])).toEqual([
    [first.id, 'active'],
    [second.id, 'pending'],
  ])
})

it('lets one student be active on a phone', async () => {
  const [a, b] = [await server.signedIn(), await server.signedIn()]
  const shared = await makeDevice()
  expect((await registerDevice(server, shared, a.access_token)).status).toBe('active')
  expect((await registerDevice(server, shared, b.access_token)).status).toBe('pending')
  const own = await makeDevice()
  expect((await registerDevice(server, own, b.access_token)).status).toBe('active')
  const { devices } = await server.ask(devicesReply, DEVICES, { token: a.access_token })
  expect(devices).toHaveLength(1)
})

it('makes one of two phones active that register at the same moment', async () => {
  const { access_token } = await server.signedIn()
  const phones = [await makeDevice(), await makeDevice()]
  const states = await Promise.all(phones.map((phone) => registerDevice(server, phone, access_token)))
  expect(states.map(({ status }) => status).sort()).toEqual(['active', 'pending'])
})

it('wants a proof by that key over a fresh nonce of that user', async () => {
  const { access_token: token } = await server.signedIn()
  const stranger = await server.signedIn()
  const [device, other] = [await makeDevice(), await makeDevice()]
  const nonce = await nonceFor(token)
  const old = await nonceFor(token)
  const proofs = {
    'another key': await proveDevice(other, nonce),
    "another user's nonce": await proveDevice(device, await nonceFor(stranger.access_token)),
    'an access token as nonce': await proveDevice(device, token),
    'no nonce': await proveDevice(device, ''),
    'another type': await proveDevice(device, nonce, 'JWT'),
    'more than the nonce': await new CompactSign(new TextEncoder().encode(JSON.stringify({ nonce, more: 1 })))
      .setProtectedHeader({ alg: 'ES256', typ: 'device-proof+jwt' })
      .sign(device.privateKey),
    nonsense: 'a.b.c',
  }
  for (const [name, proof] of Object.entries(proofs)) {
    const problem = await server.refused(DEVICES, { body: { jwk: device.jwk, proof }, token })
    expect([name, problem.code]).toEqual([name, 'wrong_device'])
  }
  server.clock.now += 121_000
  const late = await server.refused(DEVICES, {
    body: { jwk: device.jwk, proof: await proveDevice(device, old) },
    token,
  })
  expect(late.code).toBe('wrong_device')
  expect((await server.ask(devicesReply, DEVICES, { token })).devices).toEqual([])
})

it('takes no private key and no other curve', async () => {
  const { access_token: token } = await server.signedIn()
  const device = await makeDevice()
  const proof = await proveDevice(device, await nonceFor(token))
  for (const jwk of [
    { ...device.jwk, d: device.jwk.x },
    { ...device.jwk, crv: 'P-384' },
    { ...device.jwk, y: '' },
  ]) {
    const problem = await server.refused(DEVICES, { body: { jwk, proof }, token })
    expect(problem.code).toBe('bad_request')
    expect(JSON.stringify(problem)).not.toContain(device.jwk.x)
  }
})

const revoke = (id: string, userId: string) =>
  server.deps.db.write([
    { sql: "UPDATE devices SET status = 'revoked' WHERE id = ? AND user_id = ?", args: [id, userId] },
  ])
/** What a registration is refused with. */
const refusedWith = async (device: TestDevice, token: string) => {
  const proof = await proveDevice(device, await nonceFor(token))
  return (await server.refused(DEVICES, { body: { jwk: device.jwk, proof }, token })).code
}

it('does not take a revoked phone back, and its new key waits, her only one though it is', async () => {
  const { access_token: token, user } = await server.signedIn()
  const device = await makeDevice()
  await registerDevice(server, device, token)
  await revoke(device.id, user.id)
  expect(await refusedWith(device, token)).toBe('conflict')
  const next = await makeDevice()
  expect((await registerDevice(server, next, token)).status).toBe('pending')
  // Refused by the office, and come with yet another.
  await revoke(next.id, user.id)
  expect((await registerDevice(server, await makeDevice(), token)).status).toBe('pending')
  // She was recognised at a kiosk: that tells nothing of who has the phone that waits.
  expect(await approvePendingPhoneOf(server.deps, user.id, { id: 'kiosk-1', ipAddress: '192.0.2.7' })).toBeNull()
})

it('asks for no new key where somebody else is active on the revoked one', async () => {
  const [a, b] = [await server.signedIn(), await server.signedIn()]
  const shared = await makeDevice()
  await registerDevice(server, shared, a.access_token)
  await registerDevice(server, shared, b.access_token)
  await revoke(shared.id, b.user.id)
  expect(await refusedWith(shared, b.access_token)).toBe('wrong_device')
  await revoke(shared.id, a.user.id)
  expect(await refusedWith(shared, b.access_token)).toBe('conflict')
})

it('takes ten new phones a day of one student', async () => {
  const { access_token: token } = await server.signedIn()
  for (let i = 0; i < 10; i++) await registerDevice(server, await makeDevice(), token)
  const device = await makeDevice()
  const body = { jwk: device.jwk, proof: await proveDevice(device, await nonceFor(token)) }
  expect((await server.refused(DEVICES, { body, token })).code).toBe('slow_down')
})

it('is for signed-in people', async () => {
  expect((await server.refused(DEVICES)).code).toBe('unauthenticated')
  expect((await server.refused(`${DEVICES}/nonce`, { method: 'POST' })).code).toBe('unauthenticated')
})

import 'fake-indexeddb/auto'
import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import type { z } from 'zod'
import type { registerDeviceRequest } from '../../shared/contract/devices.ts'
import type { ProblemCode } from '../../shared/contract/problem.ts'
import { ApiProblem } from '../core/api-problem.ts'
import { openDeviceKey } from '../evidence/device-key.ts'
import { openStore } from '../outbox/store.ts'
import { type DeviceApi, deviceLabel, registerThisDevice, withThisDevice } from './phone-device.ts'

const marks = new Map<string, string>()
beforeEach(() => {
  vi.stubGlobal('navigator', { userAgent: 'Android 14' })
  vi.stubGlobal('localStorage', {
    getItem: (key: string) => marks.get(key) ?? null,
    setItem: (key: string, value: string) => marks.set(key, value),
    removeItem: (key: string) => marks.delete(key),
  })
})
afterEach(async () => {
  marks.clear()
  vi.unstubAllGlobals()
  await openStore().keys.clear()
})

/** A server that has revoked the key with this public half, and the public halves it has taken. */
function serverWithout(revoked: string) {
  const taken: string[] = []
  const api: DeviceApi = {
    deviceNonce: async () => ({ nonce: 'n', expires_in: 120 }),
    registerDevice: async ({ jwk, label = '' }: z.input<typeof registerDeviceRequest>) => {
      if (jwk.x === revoked) throw new ApiProblem('conflict')
      taken.push(jwk.x)
      return { device: { id: jwk.x, kind: 'phone', label, status: 'pending', created_at: '' } }
    },
  }
  return { api, taken }
}
const { signal } = new AbortController()

it('makes a new key in the place of one that was revoked, at the registration and at a ticket', async () => {
  const old = await openDeviceKey()
  const { api, taken } = serverWithout(old.jwk.x)
  const key = await registerThisDevice(api, 'u1', signal)
  expect(key.id).not.toBe(old.id)
  expect((await openDeviceKey()).id).toBe(key.id)
  expect(taken).toEqual([key.jwk.x])
  expect((await registerThisDevice(api, 'u1', signal)).id).toBe(key.id)
  expect(taken).toHaveLength(1)

  const later = serverWithout(key.jwk.x)
  const asked: string[] = []
  const ticket = await withThisDevice(later.api, { userId: 'u1', key, signal }, async ({ id }) => {
    asked.push(id)
    if (id === key.id) throw new ApiProblem('wrong_device')
    return 'ticket'
  })
  expect(ticket).toMatchObject({ reply: 'ticket', key: { id: asked[1] } })
  expect(asked).toHaveLength(2)
  expect((await openDeviceKey()).id).toBe(asked[1])
})

it('keeps its key whatever else is refused', async () => {
  const key = await openDeviceKey()
  for (const code of ['wrong_device', 'slow_down', 'unauthenticated'] satisfies ProblemCode[]) {
    const { api } = serverWithout('')
    const refusing = { ...api, registerDevice: () => Promise.reject(new ApiProblem(code)) }
    await expect(registerThisDevice(refusing, 'u1', signal)).rejects.toMatchObject({ code })
    expect((await openDeviceKey()).id).toBe(key.id)
  }
})

it.each([
  [
    'Mozilla/5.0 (Linux; Android 14; K) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/142.0 Mobile Safari/537.36',
    'Android 14',
  ],
  [
    'Mozilla/5.0 (iPhone; CPU iPhone OS 18_1 like Mac OS X) AppleWebKit/605.1.15 Version/18.1 Mobile Safari/604.1',
    'iPhone',
  ],
  ['Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 Chrome/142.0 Safari/537.36', 'Windows'],
  ['Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 Version/18.1 Safari/605.1.15', 'Mac'],
  ['Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 Chrome/142.0 Safari/537.36', 'Linux'],
  ['curl/8', ''],
])('calls the device of %s %s', (userAgent, label) => {
  expect(deviceLabel(userAgent)).toBe(label)
})

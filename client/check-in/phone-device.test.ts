import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import type { ProblemCode } from '../../shared/contract/problem.ts'
import { ApiProblem, toProblem } from '../core/api-problem.ts'
import { type DeviceKey, findKioskKey, openDeviceKey } from '../evidence/device-key.ts'
import { openStore } from '../outbox/store.ts'
import { type DeviceApi, registerThisDevice, withThisDevice } from './phone-device.ts'

const stored = new Map<string, { name: string; pair: CryptoKeyPair }>()
const { keys } = openStore()
const written = new Map<string, string>()

/** The x of every key that came to be registered, in order. */
let asked: string[]
beforeEach(() => {
  stored.clear()
  written.clear()
  asked = []
  vi.spyOn(keys, 'get').mockImplementation((async (name: string) => stored.get(name)) as never)
  vi.spyOn(keys, 'add').mockImplementation(
    (async (row: { name: string; pair: CryptoKeyPair }) => void stored.set(row.name, row)) as never,
  )
  vi.spyOn(keys, 'delete').mockImplementation((async (name: string) => void stored.delete(name)) as never)
  vi.stubGlobal('localStorage', {
    getItem: (name: string) => written.get(name) ?? null,
    setItem: (name: string, value: string) => void written.set(name, value),
    removeItem: (name: string) => void written.delete(name),
  })
  vi.stubGlobal('navigator', { userAgent: 'Mozilla/5.0 (Linux; Android 14)' })
})
afterEach(() => {
  vi.restoreAllMocks()
  vi.unstubAllGlobals()
})

const isTaken = () => undefined
const isElsewhere = (): ProblemCode => 'wrong_device'
/** @param answer what registering this key is refused with; undefined: it is taken */
const callerOf = (answer: (x: string) => ProblemCode | undefined) => {
  const api: DeviceApi = {
    deviceNonce: async () => ({ nonce: 'n', expires_in: 120 }),
    async registerDevice({ jwk }) {
      asked.push(jwk.x)
      const code = answer(jwk.x)
      if (code) throw new ApiProblem(code)
      return { device: { id: '', kind: 'phone', label: '', status: 'pending', created_at: '' } }
    },
  }
  return { api, userId: 'ani', signal: new AbortController().signal }
}
const codeOf = (work: Promise<unknown>) =>
  work.then(
    () => 'done',
    (error: unknown) => toProblem(error).code,
  )
/** A ticket, refused for this key. */
const ticketBut =
  (revoked: string) =>
  async ({ id }: DeviceKey) => {
    if (id === revoked) throw new ApiProblem('wrong_device')
    return `ticket of ${id}`
  }

it('comes with a new key when the one it had was revoked, and goes on with that', async () => {
  const old = await registerThisDevice(callerOf(isTaken))
  const kiosk = await openDeviceKey('kiosk')
  const caller = callerOf((x) => (x === old.jwk.x ? 'conflict' : undefined))
  const { key, reply } = await withThisDevice(caller, old, ticketBut(old.id))
  expect(key.id).not.toBe(old.id)
  expect(reply).toBe(`ticket of ${key.id}`)
  expect(asked).toEqual([old.jwk.x, old.jwk.x, key.jwk.x])
  // It is kept, and asked about once.
  expect((await registerThisDevice(caller)).id).toBe(key.id)
  expect(asked).toHaveLength(3)
  expect((await findKioskKey())?.id).toBe(kiosk.id)
})

it('comes with one new key and no further one, whatever is said of it', async () => {
  const caller = callerOf(() => 'conflict')
  expect(await codeOf(registerThisDevice(caller))).toBe('conflict')
  expect(new Set(asked).size).toBe(2)
  expect(asked).toHaveLength(2)
})

it('keeps a key that is somebody else’s, and one the server has only forgotten', async () => {
  const old = await registerThisDevice(callerOf(isTaken))
  expect(await codeOf(withThisDevice(callerOf(isElsewhere), old, ticketBut(old.id)))).toBe('wrong_device')
  expect((await openDeviceKey()).id).toBe(old.id)
  let known = false
  const forgotten = async ({ id }: DeviceKey) => {
    if (known) return id
    known = true
    throw new ApiProblem('wrong_device')
  }
  expect(await withThisDevice(callerOf(isTaken), old, forgotten)).toMatchObject({ reply: old.id })
})

it('takes the new key of the tab that was quicker', async () => {
  const old = await openDeviceKey()
  stored.delete('device')
  const theirs = await openDeviceKey()
  const caller = callerOf((x) => (x === old.jwk.x ? 'conflict' : undefined))
  const { key } = await withThisDevice(caller, old, ticketBut(old.id))
  expect(key.id).toBe(theirs.id)
})

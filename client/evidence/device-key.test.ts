import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { openStore } from '../outbox/store.ts'
import { openDeviceKey } from './device-key.ts'

let stored: { name: string; pair: CryptoKeyPair } | undefined
/** What the disk says when a key is written; null: it is written. */
let refusal: (() => Error) | null = null
const { keys } = openStore()
const named = (name: string) => () => Object.assign(new Error(name), { name })
beforeEach(() => {
  stored = undefined
  refusal = null
  vi.spyOn(keys, 'get').mockImplementation((async () => stored) as never)
  vi.spyOn(keys, 'add').mockImplementation((async (row: typeof stored) => {
    if (refusal) throw refusal()
    stored = row
  }) as never)
})
afterEach(() => void vi.restoreAllMocks())

it('opens no kiosk with a key that is not stored: what it signed would be nobody’s after a reload', async () => {
  refusal = named('QuotaExceededError')
  await expect(openDeviceKey('kiosk')).rejects.toThrow('QuotaExceededError')
  refusal = null
  const { id } = await openDeviceKey('kiosk')
  expect((await openDeviceKey('kiosk')).id).toBe(id)
})

it('takes the key of the tab that was quicker', async () => {
  const theirs = await crypto.subtle.generateKey({ name: 'ECDSA', namedCurve: 'P-256' }, false, ['sign', 'verify'])
  refusal = () => {
    stored = { name: 'kiosk', pair: theirs }
    return named('ConstraintError')()
  }
  expect((await openDeviceKey('kiosk')).privateKey).toBe(theirs.privateKey)
})

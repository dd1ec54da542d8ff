import type { Api } from '../core/api.ts'
import { toProblem } from '../core/api-problem.ts'
import { type DeviceKey, openDeviceKey, proveDevice, replaceDeviceKey } from '../evidence/device-key.ts'
import { askToPersist } from '../outbox/persist.ts'
import { deviceLabel } from './device-label.ts'
import { readMark, removeMark, writeMark } from './registered-mark.ts'

/** What a device needs of the server to be known to it. */
export type DeviceApi = Pick<Api, 'deviceNonce' | 'registerDevice'>

/** Who is signed in here. */
export interface Caller {
  readonly api: DeviceApi
  readonly userId: string
  readonly signal: AbortSignal
}

const markOf = (userId: string, key: DeviceKey) => `${userId} ${key.id}`

async function register({ api, signal }: Caller, key: DeviceKey): Promise<void> {
  const { nonce } = await api.deviceNonce(signal)
  await api.registerDevice(
    { jwk: key.jwk, proof: await proveDevice(key, nonce), label: deviceLabel(navigator.userAgent) },
    signal,
  )
}

/**
 * Registers the key (proof of possession over the server's nonce). One that was revoked (`conflict`) is never taken again: once,
 * a new one is registered in its place. That is no way round the revocation: the server lets it wait until an admin approves
 * it. Where somebody else is active with the key (`wrong_device`), it stays, for it is that person's phone.
 */
async function makeKnown(caller: Caller, key: DeviceKey): Promise<DeviceKey> {
  let known = key
  try {
    await register(caller, key)
  } catch (error) {
    if (toProblem(error).code !== 'conflict') throw error
    known = await replaceDeviceKey(key.id)
    await register(caller, known)
  }
  writeMark(markOf(caller.userId, known))
  // A key thrown away when the disk gets short would make this phone a second one, which waits for the office.
  void askToPersist()
  return known
}

/**
 * This browser's device key, registered for the signed-in user.
 * @throws ApiProblem
 */
export async function registerThisDevice(caller: Caller): Promise<DeviceKey> {
  const key = await openDeviceKey()
  return readMark() === markOf(caller.userId, key) ? key : makeKnown(caller, key)
}

/**
 * A call that names this device; when the server does not know it (a database restored, a device removed) or has revoked it, it
 * is registered again and the call made once more.
 * @returns the reply, and the key it is for: another one than before, where that one was revoked
 */
export async function withThisDevice<R>(
  caller: Caller,
  key: DeviceKey,
  call: (key: DeviceKey) => Promise<R>,
): Promise<{ readonly key: DeviceKey; readonly reply: R }> {
  try {
    return { key, reply: await call(key) }
  } catch (error) {
    if (toProblem(error).code !== 'wrong_device') throw error
    removeMark()
    const known = await makeKnown(caller, key)
    return { key: known, reply: await call(known) }
  }
}

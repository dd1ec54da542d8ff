import type { Api } from '../core/api.ts'
import { toProblem } from '../core/api-problem.ts'
import { type DeviceKey, openDeviceKey, proveDevice } from '../evidence/device-key.ts'
import { askToPersist } from '../outbox/persist.ts'
import { deviceLabel } from './device-label.ts'
import { readMark, removeMark, writeMark } from './registered-mark.ts'

/** What a device needs of the server to be known to it. */
export type DeviceApi = Pick<Api, 'deviceNonce' | 'registerDevice'>

async function register(api: DeviceApi, key: DeviceKey, signal: AbortSignal): Promise<void> {
  const { nonce } = await api.deviceNonce(signal)
  await api.registerDevice(
    { jwk: key.jwk, proof: await proveDevice(key, nonce), label: deviceLabel(navigator.userAgent) },
    signal,
  )
}

/**
 * This browser's device key, registered for the signed-in user (proof of possession over the server's nonce).
 * @throws ApiProblem
 */
export async function registerThisDevice(api: DeviceApi, userId: string, signal: AbortSignal): Promise<DeviceKey> {
  const key = await openDeviceKey()
  const mark = `${userId} ${key.id}`
  if (readMark() === mark) return key
  await register(api, key, signal)
  writeMark(mark)
  // A key thrown away when the disk gets short would make this phone a second one, which waits for the office.
  void askToPersist()
  return key
}

/**
 * A call that names this device; when the server does not know it (a database restored, a device removed), it is
 * registered again and the call made once more.
 */
export async function withThisDevice<R>(
  api: DeviceApi,
  key: DeviceKey,
  signal: AbortSignal,
  call: () => Promise<R>,
): Promise<R> {
  try {
    return await call()
  } catch (error) {
    if (toProblem(error).code !== 'wrong_device') throw error
    removeMark()
    await register(api, key, signal)
    return call()
  }
}

import { isConflict } from '../db/write.ts'
import type { Deps } from '../deps.ts'
import type { By } from '../http/by.ts'
import { refuse } from '../http/problem.ts'
import { approvePhone, forgetPending, revokeDevice } from './desk/store.ts'
import { type Device, findDevice, listDevices } from './store.ts'

/** Whose registration of which device. */
export interface DeviceOf {
  readonly id: string
  readonly userId: string
}

async function readDevice({ db }: Deps, { id, userId }: DeviceOf): Promise<Device> {
  return (await findDevice(db, id, userId)) ?? refuse('not_found')
}

/**
 * Approves a waiting phone; her phone before is revoked in the same batch: one phone per student. Again does no harm. A
 * revoked phone, and one on which another student is active, is a conflict.
 */
export async function approveDevice(deps: Deps, of: DeviceOf, by: By): Promise<Device> {
  const { audit, now } = deps
  try {
    await audit.write(approvePhone(of.id, of.userId, now()), {
      ...by,
      action: 'approve_device',
      entityType: 'device',
      entityId: of.id,
      details: { user: of.userId },
    })
  } catch (error) {
    if (!isConflict(error)) throw error
    const { status } = await readDevice(deps, of)
    if (status === 'pending') refuse('conflict', OTHER_STUDENT)
    if (status === 'revoked') refuse('conflict', REVOKED)
  }
  return readDevice(deps, of)
}

/** Revokes a device for good. Again does no harm. */
export async function revokeDeviceOf(deps: Deps, of: DeviceOf, by: By): Promise<Device> {
  const device = await readDevice(deps, of)
  if (device.status === 'revoked') return device
  await deps.audit.write([revokeDevice(of.id, of.userId, deps.now())], {
    ...by,
    action: 'revoke_device',
    entityType: 'device',
    entityId: of.id,
    details: { user: of.userId },
  })
  return readDevice(deps, of)
}

/** A person gives a phone of her own up. One that only waited is forgotten and may be registered again. */
export async function giveUpDevice(deps: Deps, of: DeviceOf, by: By): Promise<void> {
  const device = await readDevice(deps, of)
  if (device.status !== 'pending') {
    await revokeDeviceOf(deps, of, by)
    return
  }
  const line = { ...by, action: 'forget_device', entityType: 'device', entityId: of.id, details: { user: of.userId } }
  await deps.audit.write([forgetPending(of.id, of.userId)], line)
}

/**
 * A kiosk has recognised this student in person: her waiting phone becomes her active one, in the place of the one before.
 * Only when exactly one phone waits: which of several is hers, an admin decides, for somebody who has only her password
 * could have added one. And only when none of hers was revoked: whoever has that one may have come with a new key, and a
 * kiosk sees the student, not the phone. Answers its id, or null when nothing was approved. Call it after an attendance of
 * grade verified.
 */
export async function approvePendingPhoneOf(
  { db, audit, now }: Deps,
  userId: string,
  kiosk: { id: string; ipAddress: string },
): Promise<string | null> {
  const phones = (await listDevices(db, userId)).filter(({ kind }) => kind === 'phone')
  const [waiting, ...more] = phones.filter(({ status }) => status === 'pending')
  if (waiting === undefined || more.length > 0 || phones.some(({ status }) => status === 'revoked')) return null
  const { id } = waiting
  try {
    await audit.write(approvePhone(id, userId, now()), {
      userId: null,
      ipAddress: kiosk.ipAddress,
      action: 'approve_device',
      entityType: 'device',
      entityId: id,
      details: { user: userId, kiosk: kiosk.id },
    })
    return id
  } catch (error) {
    if (isConflict(error)) return null
    throw error
  }
}

const OTHER_STUDENT = {
  detail: {
    id: 'Siswa lain aktif di perangkat ini. Cabut dulu perangkat ini di kartu siswa itu, bagian Ponsel.',
    en: 'Another student is active on this device. Revoke it first on that student’s card, under Phones.',
  },
}

const REVOKED = {
  detail: {
    id: 'Perangkat ini sudah dicabut. Daftarkan perangkat baru.',
    en: 'This device has been revoked. Register a new one.',
  },
}

import { calculateJwkThumbprint } from 'jose'
import { devicesApi } from '../../shared/contract/api/devices.ts'
import type { Deps } from '../deps.ts'
import { byOf } from '../http/by.ts'
import { spend } from '../http/limits/limits.ts'
import { refuse } from '../http/problem.ts'
import { done, type Serve } from '../http/serve.ts'
import { scopeOf } from '../users/scope.ts'
import { approveDevice, giveUpDevice, revokeDeviceOf } from './decide.ts'
import { listQueue } from './desk/store.ts'
import { issueNonce, NONCE_SECONDS, proves } from './proof.ts'
import { describeDevice, findDevice, insertPhone, isAnothers, listDevices } from './store.ts'

/** Registrations of one user a day: enough for new browsers, too few to fill the table. */
const PER_DAY = 10

/**
 * `/devices`: a browser registers its key; the owner sees hers, the office decides on further ones. Registering answers
 * `conflict` for a key that was revoked, whose browser may come with a new one: that waits for an admin.
 */
export function serveDevices(serve: Serve, deps: Deps): void {
  const { db, audit, keyRing, limits, now } = deps
  const registrations = limits.make('device-registrations', { limit: PER_DAY, windowMs: 86_400_000 })

  serve(devicesApi.nonce, async (c) => ({
    nonce: await issueNonce(keyRing, c.get('user').id, now()),
    expires_in: NONCE_SECONDS,
  }))

  serve(devicesApi.register, async (c, { body: { jwk, proof, label } }) => {
    const user = c.get('user')
    if (!(await proves(keyRing, { jwk, proof, userId: user.id, now: now() }))) refuse('wrong_device', PROOF_FAILED)
    const id = await calculateJwkThumbprint(jwk, 'sha256')
    const known = await findDevice(db, id, user.id)
    if (known === null) {
      await spend(registrations, user.id)
      await audit.write([insertPhone({ id, userId: user.id, jwk, label }, now())], {
        userId: user.id,
        action: 'register_device',
        entityType: 'device',
        entityId: id,
        ipAddress: c.get('address'),
      })
    }
    const device = known ?? (await findDevice(db, id, user.id))
    if (device === null) return refuse('wrong_device')
    // A browser has one key: where somebody else has it, or waits with it, that person would lose hers with it.
    if (device.status === 'revoked') {
      return (await isAnothers(db, id, user.id)) ? refuse('wrong_device', REVOKED) : refuse('conflict', COME_ANEW)
    }
    return { device: describeDevice(device) }
  })

  serve(devicesApi.list, async (c) => ({ devices: (await listDevices(db, c.get('user').id)).map(describeDevice) }))

  serve(devicesApi.remove, async (c, { params: { id } }) => {
    await giveUpDevice(deps, { id, userId: c.get('user').id }, byOf(c))
    return done(c, GIVEN_UP)
  })

  serve(devicesApi.queue, async (c, { query }) => {
    const { limit, offset } = query
    return { ...(await listQueue(db, await scopeOf(db, c.get('user')), query)), limit, offset }
  })

  serve(devicesApi.approve, async (c, { params: { id }, body }) => ({
    device: describeDevice(await approveDevice(deps, { id, userId: body.user_id }, byOf(c))),
  }))

  serve(devicesApi.revoke, async (c, { params: { id }, body }) => ({
    device: describeDevice(await revokeDeviceOf(deps, { id, userId: body.user_id }, byOf(c))),
  }))
}

const GIVEN_UP = { id: 'Perangkat dilepas dari akunmu.', en: 'The device is off your account.' }

const PROOF_FAILED = {
  detail: {
    id: 'Perangkat tidak dapat membuktikan kuncinya. Muat ulang halaman lalu coba lagi.',
    en: 'The device could not prove its key. Reload the page and try again.',
  },
}

const REVOKED = {
  detail: {
    id: 'Perangkat ini sudah dicabut. Hubungi tata usaha.',
    en: 'This device has been revoked. Ask the school office.',
  },
}

const COME_ANEW = {
  detail: {
    id: 'Kunci perangkat ini sudah dicabut. Daftarkan kunci baru; kunci itu menunggu persetujuan tata usaha.',
    en: 'This device’s key has been revoked. Register a new one, which waits for the school office.',
  },
}

import { Hono } from 'hono'
import { calculateJwkThumbprint } from 'jose'
import type { z } from 'zod'
import {
  type deviceNonceReply,
  type deviceReply,
  type devicesReply,
  registerDeviceRequest,
} from '../../shared/contract/devices.ts'
import type { Deps } from '../deps.ts'
import type { AppEnv } from '../http/env.ts'
import { createLimiter, spend } from '../http/limit.ts'
import { refuse } from '../http/problem.ts'
import { readBody } from '../http/validate.ts'
import { issueNonce, NONCE_SECONDS, proves } from './proof.ts'
import { describeDevice, findDevice, insertPhone, listDevices } from './store.ts'

/** Registrations of one user a day: enough for new browsers, too few to fill the table. */
const PER_DAY = 10

/** `/devices`: a browser registers its key; the owner sees hers. */
export function deviceRoutes(deps: Deps): Hono<AppEnv> {
  const { db, audit, keyRing, now, guard } = deps
  const registrations = createLimiter({ limit: PER_DAY, windowMs: 86_400_000, now })

  return new Hono<AppEnv>()
    .use(guard.requireUser())
    .post('/nonce', async (c) => {
      const nonce = await issueNonce(keyRing, c.get('user').id, now())
      const reply: z.infer<typeof deviceNonceReply> = { nonce, expires_in: NONCE_SECONDS }
      return c.json(reply)
    })
    .post('/', async (c) => {
      const user = c.get('user')
      const { jwk, proof, label } = await readBody(c, registerDeviceRequest)
      if (!(await proves(keyRing, { jwk, proof, userId: user.id, now: now() }))) refuse('wrong_device', PROOF_FAILED)
      const id = await calculateJwkThumbprint(jwk, 'sha256')
      const known = await findDevice(db, id, user.id)
      if (known === null) {
        spend(registrations, user.id)
        await audit.write([insertPhone({ id, userId: user.id, jwk, label }, now())], {
          userId: user.id,
          action: 'register_device',
          entityType: 'device',
          entityId: id,
          ipAddress: c.get('address'),
        })
      }
      const device = known ?? (await findDevice(db, id, user.id))
      if (device === null || device.status === 'revoked') return refuse('wrong_device', REVOKED)
      const reply: z.infer<typeof deviceReply> = { device: describeDevice(device) }
      return c.json(reply, known === null ? 201 : 200)
    })
    .get('/', async (c) => {
      const devices = await listDevices(db, c.get('user').id)
      const reply: z.infer<typeof devicesReply> = { devices: devices.map(describeDevice) }
      return c.json(reply)
    })
}

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

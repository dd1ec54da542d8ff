import { pbkdf2, randomBytes } from 'node:crypto'
import { promisify } from 'node:util'
import type { z } from 'zod'
import { pinSchema } from '../../../shared/contract/kiosk-offline.ts'
import type { Db } from '../../db/open.ts'
import { putSetting, readSetting } from '../../db/settings.ts'
import type { Deps } from '../../deps.ts'
import type { By } from '../../http/by.ts'

/** Kept apart from the settings a console reads: the verifier goes to paired kiosks only. */
const SETTING = 'kiosk_pin'

/** OWASP's Password Storage Cheat Sheet (2023) for PBKDF2-HMAC-SHA-256. Few digits stay few digits: it guards the screen only. */
const ITERATIONS = 600_000
const BYTES = 32

const derive = promisify(pbkdf2)

/** The verifier of the staff PIN, for paired kiosks only; null: none is set. Salt and hash are base64url. */
export async function readPin(db: Db): Promise<z.output<typeof pinSchema>> {
  return readSetting(db, SETTING, pinSchema)
}

/** Sets the staff PIN, or takes it away (null). Kiosks hear of it with their next heartbeat. */
export async function setPin({ audit, now }: Deps, by: By, pin: string | null): Promise<void> {
  const verifier = pin === null ? null : await makeVerifier(pin)
  await audit.write([putSetting(SETTING, verifier, now())], {
    ...by,
    action: pin === null ? 'remove_kiosk_pin' : 'set_kiosk_pin',
    entityType: 'settings',
  })
}

async function makeVerifier(pin: string) {
  const salt = randomBytes(16)
  const hash = await derive(pin, salt, ITERATIONS, BYTES, 'sha256')
  return { salt: salt.toString('base64url'), iterations: ITERATIONS, hash: hash.toString('base64url') }
}

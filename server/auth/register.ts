import { randomUUID } from 'node:crypto'
import type { z } from 'zod'
import type { registerRequest } from '../../shared/contract/people.ts'
import type { Deps } from '../deps.ts'
import { addressBucket } from '../http/address.ts'
import { spend } from '../http/limits/limits.ts'
import { refuse } from '../http/problem.ts'
import { readSchoolSettings } from '../settings/store.ts'
import { spellAll } from '../users/spell-kelas.ts'
import { insertApplicant } from '../users/store.ts'
import type { Caller } from './login.ts'
import type { Passwords } from './password.ts'

export type Register = (request: z.output<typeof registerRequest>, caller: Caller) => Promise<void>

/** Accounts asked for from one address in 15 minutes: a whole school may do it on its first day, from one address. */
const PER_ADDRESS = 300

/** Accounts that may wait for an admin at once: more are not a school but a flood. */
const MOST_WAITING = 5_000

/**
 * Makes an account that waits for an admin; refuses with registration_closed where the school has not opened this. A NIM
 * that is taken gets the same answer after the same work: nobody learns here which NIMs exist.
 */
export function createRegister({ db, audit, limits, now }: Deps, passwords: Passwords): Register {
  const perAddress = limits.make('register-address', { limit: PER_ADDRESS, windowMs: 15 * 60_000 })

  return async function register({ nim, name, email, password, kelas }, caller) {
    if ((await readSchoolSettings(db)).registration === 'closed') refuse('registration_closed')
    await spend(perAddress, addressBucket(caller.address))
    const passwordHash = await passwords.hash(password)
    const id = randomUUID()
    const accommodation = { poses: 'guided', slow: false } as const
    const spelled = await spellAll(db, kelas ?? null)
    const user = { id, nim, name, email, role: 'user', kelas: spelled, accommodation } as const
    // The line is written either way; without a row of this id the NIM was taken.
    await audit.write([insertApplicant(user, passwordHash, MOST_WAITING, now())], {
      userId: null,
      action: 'register',
      entityType: 'user',
      entityId: id,
      ipAddress: caller.address,
      ...(caller.userAgent === undefined ? {} : { userAgent: caller.userAgent }),
    })
  }
}

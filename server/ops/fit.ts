import { createHmac } from 'node:crypto'
import { z } from 'zod'
import type { Config } from '../config.ts'
import type { Db } from '../db/open.ts'
import { putSetting, readSetting } from '../db/settings.ts'
import type { KeyRing } from '../http/keys.ts'
import { countUsers } from '../users/store.ts'

/** The start stops with this message: the database belongs to another profile or to other keys, or those of the faces are damaged. */
export class FitProblem extends Error {}

const profileSchema = z.enum(['school', 'lab'])

/** Marks a new database with the profile it is first opened with. */
export async function markProfile(db: Db, profile: Config['profile'], now: number): Promise<void> {
  if ((await readSetting(db, 'profile', profileSchema)) === null) await db.write([putSetting('profile', profile, now)])
}

/**
 * Holds a marked database to its profile: a lab's server never sees a school's people, and a school's never takes over
 * a lab's. Without users it changes sides.
 */
export async function checkProfile(db: Db, profile: Config['profile'], now: number): Promise<void> {
  const marked = await readSetting(db, 'profile', profileSchema)
  if (marked === profile) return
  if ((await countUsers(db)).all > 0)
    throw new FitProblem(
      `LIVENESS_PROFILE: this database was made as "${marked}" and has users. Start it as that, or give another STORAGE_PATH.`,
    )
  await db.write([putSetting('profile', profile, now)])
}

const checksSchema = z.record(z.string(), z.string())

/**
 * Holds the database to its master keys: what was sealed under lost keys would fail one by one, hours later. For each
 * version a check value is kept, which tells nothing about the key.
 */
export async function checkKeys(db: Db, keyRing: KeyRing, now: number): Promise<void> {
  const kept = (await readSetting(db, 'key_checks', checksSchema)) ?? {}
  const ours = Object.fromEntries(keyRing.versions.map((version) => [String(version), checkValue(keyRing, version)]))
  const wrong = Object.entries(kept).filter(([version, value]) => ours[version] !== value)
  if (wrong.length > 0)
    throw new FitProblem(
      `The keys in ${keyRing.folder} (or SECRET_KEY) are not the ones this database was made with (version ${wrong.map(([version]) => version).join(', ')}): put the right ones back from their backup.`,
    )
  if (Object.keys(ours).some((version) => kept[version] === undefined))
    await db.write([putSetting('key_checks', ours, now)])
}

function checkValue(keyRing: KeyRing, version: number): string {
  return createHmac('sha256', keyRing.deriveKey('key-check', version)).update('key-check').digest('base64url')
}

import { createHash } from 'node:crypto'
import type { Db } from '../../db/open.ts'
import { scopeOfKiosk } from '../scope.ts'
import type { Kiosk } from '../store.ts'
import { readWholeRoster } from './store.ts'

/** How many students a kiosk's classes have, and a hash of all that is told of them, so that it changes whenever they do. */
export async function versionOfRoster(db: Db, kiosk: Kiosk): Promise<{ version: string; total: number }> {
  const { total, text } = await readWholeRoster(db, scopeOfKiosk(kiosk))
  return { version: createHash('sha256').update(text).digest('base64url').slice(0, 22), total }
}

/** How many leased tickets a kiosk may have outstanding: three for each of its students. */
export const stockTarget = (students: number): number => 3 * students

import { createHash } from 'node:crypto'
import type { Db } from '../../db/open.ts'
import { scopeOfKiosk } from '../scope.ts'
import type { Kiosk } from '../store.ts'
import { listRoster, type RosterRow } from './store.ts'

/** The students of a kiosk's classes; `version` is a hash of them, so that it changes whenever they do. */
export async function readRoster(db: Db, kiosk: Kiosk): Promise<{ version: string; students: RosterRow[] }> {
  const students = await listRoster(db, scopeOfKiosk(kiosk))
  const hash = createHash('sha256').update(JSON.stringify(students))
  return { version: hash.digest('base64url').slice(0, 22), students }
}

/** How many leased tickets a kiosk may have outstanding: three for each of its students. */
export const stockTarget = (students: number): number => 3 * students

import { createHash } from 'node:crypto'
import type { Db } from '../../db/open.ts'
import { scopeOfKiosk } from '../scope.ts'
import type { Kiosk } from '../store.ts'
import { readRosterRows } from './store.ts'

/**
 * How many students a kiosk's classes have, and a hash of all that is told of them, so that it changes whenever they do. The rows
 * are not read one by one: every kiosk asks each minute.
 */
export async function versionOfRoster(db: Db, kiosk: Kiosk): Promise<{ version: string; total: number }> {
  const rows = await readRosterRows(db, scopeOfKiosk(kiosk))
  const hash = createHash('sha256').update(JSON.stringify(rows))
  return { version: hash.digest('base64url').slice(0, 22), total: rows.length }
}

/** How many leased tickets a kiosk may have outstanding: three for each of its students. */
export const stockTarget = (students: number): number => 3 * students

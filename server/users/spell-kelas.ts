import { z } from 'zod'
import type { Db } from '../db/open.ts'

const nameRow = z.object({ kelas: z.string() }).transform(({ kelas }) => kelas)

/**
 * How a class is spelled here: as it stands in the school's accounts (those nobody has approved are not the school's yet);
 * where only capitals differ from one of them, as that; a new one as it was first given. "x-1" beside "X-1" would else be a class of its own, with nobody in its sessions.
 * @param except an account whose own class does not count: it is being put right
 */
export async function readSpelling(db: Db, except = ''): Promise<(kelas: string) => string> {
  const rows = await db.read(
    "SELECT DISTINCT kelas FROM users WHERE role = 'user' AND kelas IS NOT NULL AND approval = 'approved' AND id <> ? ORDER BY kelas",
    [except],
  )
  const known = new Set(rows.map((row) => nameRow.parse(row)))
  const alike = new Map([...known].reverse().map((name) => [name.toLowerCase(), name]))
  return (kelas) => {
    if (known.has(kelas)) return kelas
    const found = alike.get(kelas.toLowerCase())
    if (found === undefined) alike.set(kelas.toLowerCase(), kelas)
    return found ?? kelas
  }
}

/** The same for the classes of a request; what it does not name stays as it is. */
export async function spellAll<K extends string | null | undefined | readonly string[]>(
  db: Db,
  kelas: K,
  except?: string,
): Promise<K> {
  if (kelas === null || kelas === undefined || kelas.length === 0) return kelas
  const spell = await readSpelling(db, except)
  return (typeof kelas === 'string' ? spell(kelas) : [...new Set(kelas.map(spell))]) as K
}

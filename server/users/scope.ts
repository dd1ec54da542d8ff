import { z } from 'zod'
import type { Db } from '../db/open.ts'
import type { SignedInUser } from './store.ts'

/** Whose data a reader may see: everybody's, her classes', or her own. Every query over people takes one. */
export type Scope =
  | { readonly kind: 'all' }
  | { readonly kind: 'kelas'; readonly kelas: readonly string[] }
  | { readonly kind: 'self'; readonly userId: string }

const kelasRow = z.object({ kelas: z.string() }).transform(({ kelas }) => kelas)

/** The scope of a signed-in person: an admin all, a guru the classes she was given, a student herself. */
export async function scopeOf(db: Db, user: SignedInUser): Promise<Scope> {
  if (user.role === 'admin') return { kind: 'all' }
  if (user.role === 'user') return { kind: 'self', userId: user.id }
  const rows = await db.read('SELECT kelas FROM guru_kelas WHERE user_id = ? ORDER BY kelas', [user.id])
  return { kind: 'kelas', kelas: rows.map((row) => kelasRow.parse(row)) }
}

/**
 * A condition over a table of users, by its alias: students only for a guru, so that she sees no colleague. With named
 * arguments, all starting with `scope`.
 */
export function scopeSql(scope: Scope, users = 'u'): { sql: string; args: Record<string, string> } {
  if (scope.kind === 'all') return { sql: '1', args: {} }
  if (scope.kind === 'self') return { sql: `${users}.id = :scopeUser`, args: { scopeUser: scope.userId } }
  return {
    sql: `(${users}.role = 'user' AND ${users}.kelas IN (SELECT value FROM json_each(:scopeKelas)))`,
    args: { scopeKelas: JSON.stringify(scope.kelas) },
  }
}

/** Whether a person is within a scope. */
export function isInScope(scope: Scope, person: { id: string; role: string; kelas: string | null }): boolean {
  if (scope.kind === 'all') return true
  if (scope.kind === 'self') return person.id === scope.userId
  return person.role === 'user' && person.kelas !== null && scope.kelas.includes(person.kelas)
}

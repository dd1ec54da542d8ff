import { type Scope, scopeSql } from '../../users/scope.ts'

/**
 * A condition over `users u`: whoever made her account herself is nobody yet while it waits for an admin. Asked of the
 * waiting ones, which have an index and are few, so that indexes over the others go on answering by themselves.
 */
export const APPROVED = "u.id NOT IN (SELECT w.id FROM users w WHERE w.approval = 'pending')"

/**
 * A condition over `users u`: the students of a scope, of one class where `kelas` says so. Classes are compared by the
 * expression `users_in_order` holds, so that a class is found in it and not all students are gone through.
 */
export function studentsOf(scope: Scope, kelas?: string): { sql: string; args: Record<string, string> } {
  const within =
    scope.kind === 'kelas'
      ? {
          sql: "coalesce(u.kelas, '') IN (SELECT value FROM json_each(:scopeKelas) WHERE value <> '')",
          args: { scopeKelas: JSON.stringify(scope.kelas) },
        }
      : scopeSql(scope)
  const ofClass = kelas === undefined ? '' : "AND coalesce(u.kelas, '') = :kelas"
  return {
    sql: `u.role = 'user' AND ${APPROVED} AND ${within.sql} ${ofClass}`,
    args: { ...within.args, ...(kelas === undefined ? {} : { kelas }) },
  }
}

/**
 * A condition over `users u`: those after one student in the order of `users_in_order` (class, name, id). The class is
 * compared twice, because SQLite begins in an index at a plain comparison of an expression, but not at a row of them.
 */
export function studentsAfter(
  after: { readonly kelas: string | null; readonly name: string; readonly id: string } | undefined,
): { sql: string; args: Record<string, string> } {
  if (after === undefined) return { sql: '1', args: {} }
  return {
    sql: `coalesce(u.kelas, '') >= :afterKelas
      AND (coalesce(u.kelas, ''), u.name, u.id) > (:afterKelas, :afterName, :afterId)`,
    args: { afterKelas: after.kelas ?? '', afterName: after.name, afterId: after.id },
  }
}

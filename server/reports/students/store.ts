import { type Scope, scopeSql } from '../../users/scope.ts'

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
    sql: `u.role = 'user' AND ${within.sql} ${ofClass}`,
    args: { ...within.args, ...(kelas === undefined ? {} : { kelas }) },
  }
}

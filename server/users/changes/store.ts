import type { ChangeAccountRequest } from '../../../shared/contract/people.ts'
import type { Statement } from '../../db/write.ts'
import { mustChange } from '../../db/write.ts'

/** An admin who can sign in now: approved, not suspended, with a password. */
const able = (user: string) =>
  `(${user}.role = 'admin' AND ${user}.is_active = 1 AND ${user}.approval = 'approved' AND ${user}.password_hash IS NOT NULL)`

/** True unless the user `u` is the last admin who can sign in: decided inside the statement that would take her away. */
const NOT_THE_LAST_ADMIN = `(NOT ${able('u')} OR EXISTS (SELECT 1 FROM users o WHERE o.id <> u.id AND ${able('o')}))`

const SETS = {
  nim: 'nim = :nim',
  name: 'name = :name',
  role: 'role = :role',
  email: 'email = :email',
  parent_email: 'parent_email = :parent_email',
  kelas: 'kelas = :kelas',
  is_active: 'is_active = :is_active',
  accommodation: 'accommodation = :accommodation',
} as const

/**
 * Changes an account; sessions end where its role or activity changed. Breaks the batch (`isConflict`) when there is no
 * such account, when it is the last admin and would be suspended, when the role of an admin would change, and when the
 * NIM is taken.
 */
export function changeAccount(id: string, change: ChangeAccountRequest, now: number): Statement[] {
  const { is_active, accommodation, guru_kelas, ...plain } = change
  const values: { readonly [name in keyof typeof SETS]?: string | number | null | undefined } = {
    ...plain,
    ...(is_active === undefined ? {} : { is_active: is_active ? 1 : 0 }),
    ...(accommodation === undefined ? {} : { accommodation: JSON.stringify(accommodation) }),
  }
  const args: Record<string, string | number | null> = { id, now }
  const sets: string[] = []
  const ends: string[] = []
  const conditions = ['u.id = :id']
  for (const [name, sql] of Object.entries(SETS)) {
    const value = values[name as keyof typeof SETS]
    if (value === undefined) continue
    sets.push(sql)
    args[name] = value
  }
  if (plain.role !== undefined) {
    ends.push('role <> :role')
    conditions.push("u.role <> 'admin'")
  }
  if (is_active !== undefined) {
    ends.push('is_active <> :is_active')
    if (!is_active) conditions.push(NOT_THE_LAST_ADMIN)
  }
  if (ends.length > 0) sets.push(`epoch = epoch + (${ends.join(' OR ')})`)
  return [
    ...(plain.role === 'guru' ? [deleteStudentsCode(id)] : []),
    {
      sql: `UPDATE users AS u SET ${[...sets, 'updated_at = :now'].join(', ')} WHERE ${conditions.join(' AND ')}`,
      args,
    },
    mustChange,
    deleteStaleTokens(id),
    ...(guru_kelas === undefined ? [] : putGuruKelas(id, guru_kelas)),
  ]
}

/** Puts a guru's classes in the place of those before. */
export function putGuruKelas(id: string, kelas: readonly string[]): Statement[] {
  return [
    { sql: 'DELETE FROM guru_kelas WHERE user_id = ?', args: [id] },
    {
      sql: 'INSERT INTO guru_kelas (user_id, kelas) SELECT DISTINCT ?, value FROM json_each(?)',
      args: [id, JSON.stringify(kelas)],
    },
  ]
}

/** Ends the sessions a risen epoch has left behind. */
function deleteStaleTokens(id: string): Statement {
  return {
    sql: 'DELETE FROM refresh_tokens WHERE user_id = :id AND epoch <> (SELECT epoch FROM users WHERE id = :id)',
    args: { id },
  }
}

/** Ends the code of an account that rises: whoever gave it to the student she was would come in as what she is now. */
function deleteStudentsCode(id: string): Statement {
  return {
    sql: "DELETE FROM activation_codes WHERE user_id = (SELECT id FROM users WHERE id = ? AND role = 'user')",
    args: [id],
  }
}

/** Makes an approved account an admin's; breaks the batch when it is not there, waits for approval or is one already. */
export function promoteToAdmin(id: string, now: number): Statement[] {
  return [
    deleteStudentsCode(id),
    {
      sql: `UPDATE users SET role = 'admin', epoch = epoch + 1, updated_at = :now
        WHERE id = :id AND role <> 'admin' AND approval = 'approved'`,
      args: { id, now },
    },
    mustChange,
    deleteStaleTokens(id),
  ]
}

/** Takes the role away; breaks the batch when it is not an admin's account, or the last who can sign in. */
export function demoteAdmin(id: string, now: number): Statement[] {
  return [
    {
      sql: `UPDATE users AS u SET epoch = epoch + 1, updated_at = :now, role = CASE
          WHEN EXISTS (SELECT 1 FROM guru_kelas g WHERE g.user_id = u.id) THEN 'guru' ELSE 'user' END
        WHERE u.id = :id AND u.role = 'admin' AND ${NOT_THE_LAST_ADMIN}`,
      args: { id, now },
    },
    mustChange,
    deleteStaleTokens(id),
  ]
}

/**
 * Shuts an account that is about to be deleted: from then on it counts for nothing. Breaks the batch when it is not there,
 * or the last admin. `studentsOnly`: an account of staff counts as not there.
 */
export function shutAccount(id: string, studentsOnly: boolean, now: number): Statement[] {
  return [
    {
      sql: `UPDATE users AS u SET is_active = 0, epoch = epoch + 1, updated_at = :now
        WHERE u.id = :id AND (:any = 1 OR u.role = 'user') AND ${NOT_THE_LAST_ADMIN}`,
      args: { id, now, any: studentsOnly ? 0 : 1 },
    },
    mustChange,
    deleteStaleTokens(id),
  ]
}

/** Deletes an account with everything that hangs on it. */
export function deleteAccount(id: string): Statement {
  return { sql: 'DELETE FROM users WHERE id = ?', args: [id] }
}

/** Approves a waiting account; breaks the batch when none waits. */
export function approveAccount(id: string, now: number): Statement[] {
  return [
    {
      sql: "UPDATE users SET approval = 'approved', updated_at = ? WHERE id = ? AND approval = 'pending'",
      args: [now, id],
    },
    mustChange,
  ]
}

/** Deletes a waiting account, which never was signed in and has nothing; breaks the batch when none waits. */
export function refuseAccount(id: string): Statement[] {
  return [{ sql: "DELETE FROM users WHERE id = ? AND approval = 'pending'", args: [id] }, mustChange]
}

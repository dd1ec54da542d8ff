import type { Passwords } from '../auth/password.ts'
import { addUser, type UserDesk } from './add.ts'
import { countUsers, setPassword } from './store.ts'

/** The NIM the first admin signs in with. */
export const FIRST_ADMIN_NIM = 'admin'

/**
 * Makes the first admin when there is none, and returns the one-time password: good to sign in, and as the code with
 * which a password of one's own is chosen. Until then the account can do nothing else. Null when there is an admin.
 */
export async function makeFirstAdmin(desk: UserDesk, passwords: Passwords): Promise<string | null> {
  if ((await countUsers(desk.db)).admins > 0) return null
  const admin = {
    nim: FIRST_ADMIN_NIM,
    name: 'Administrator',
    role: 'admin',
    kelas: null,
    accommodation: { poses: 'guided', slow: false },
  } as const
  const added = await addUser(desk, admin, async (id, code) => [
    setPassword(id, await passwords.hash(code), true, desk.now()),
  ])
  return added.kind === 'added' ? added.code : null
}

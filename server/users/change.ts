import type { Account, ChangeAccountRequest } from '../../shared/contract/people.ts'
import { closeSessions } from '../attendance/close.ts'
import type { AuditEntry } from '../audit/audit.ts'
import { eraseDetailsOf } from '../audit/store.ts'
import { isConflict, type Statement } from '../db/write.ts'
import type { Deps } from '../deps.ts'
import type { Faces } from '../face/faces.ts'
import type { By } from '../http/by.ts'
import { refuse } from '../http/problem.ts'
import { findAccount } from './accounts/store.ts'
import {
  approveAccount,
  changeAccount,
  deleteAccount,
  demoteAdmin,
  promoteToAdmin,
  refuseAccount,
  shutAccount,
} from './changes/store.ts'
import { spellAll } from './spell-kelas.ts'

const ALL = { kind: 'all' } as const

/** The account, for an admin; refuses with not_found. */
export async function readAccount({ db, now }: Deps, id: string): Promise<Account> {
  return (await findAccount(db, ALL, id, now())) ?? refuse('not_found')
}

/**
 * Writes an act on one account in one batch with its line, and lets the guard see it at once. A statement that found no
 * row to change means not_found, or conflict where the account is there; a taken NIM is a conflict too.
 */
async function writeAct(
  deps: Deps,
  id: string,
  statements: readonly Statement[],
  line: Pick<AuditEntry, 'action' | 'details'> & { by: By },
): Promise<void> {
  const { by, ...rest } = line
  try {
    await deps.audit.write(statements, { ...by, ...rest, entityType: 'user', entityId: id })
  } catch (error) {
    if (!isConflict(error)) throw error
    if (error instanceof Error && /users\.nim/.test(error.message)) refuse('conflict', NIM_TAKEN)
    const { role, approval } = await readAccount(deps, id)
    refuse('conflict', role === 'admin' && approval === 'approved' ? LAST_ADMIN : NOT_NOW)
  }
  deps.guard.forget(id)
}

/** Changes an account by a PUT; what ends its sessions ends them at once. Answers the account as it is then. */
export async function changeUser(deps: Deps, id: string, asked: ChangeAccountRequest, by: By): Promise<Account> {
  const kelas = await spellAll(deps.db, asked.kelas, id)
  const guruKelas = await spellAll(deps.db, asked.guru_kelas)
  const change = {
    ...asked,
    ...(kelas === undefined ? {} : { kelas }),
    ...(guruKelas === undefined ? {} : { guru_kelas: guruKelas }),
  }
  // What is over was of the class of before.
  if (change.kelas !== undefined) await closeSessions(deps, deps.now())
  const details = { fields: Object.keys(change).sort().join(' '), is_active: change.is_active ?? null }
  await writeAct(deps, id, changeAccount(id, change, deps.now()), { by, action: 'change_user', details })
  return readAccount(deps, id)
}

/** Makes an admin; again does no harm. */
export async function makeAdmin(deps: Deps, id: string, by: By): Promise<Account> {
  const account = await readAccount(deps, id)
  if (account.role === 'admin') return account
  await writeAct(deps, id, promoteToAdmin(id, deps.now()), { by, action: 'make_admin' })
  return readAccount(deps, id)
}

/** Takes an admin's role away, the last one's never; again does no harm. */
export async function revokeAdmin(deps: Deps, id: string, by: By): Promise<Account> {
  const account = await readAccount(deps, id)
  if (account.role !== 'admin') return account
  await writeAct(deps, id, demoteAdmin(id, deps.now()), { by, action: 'revoke_admin' })
  return readAccount(deps, id)
}

/** Approves or refuses an account that waits. */
export async function decideAccount(deps: Deps, id: string, approve: boolean, by: By): Promise<void> {
  const [action, statements] = approve
    ? (['approve_user', approveAccount(id, deps.now())] as const)
    : (['refuse_user', refuseAccount(id)] as const)
  await writeAct(deps, id, statements, { by, action })
}

/**
 * Deletes an account. It is shut first, in a batch that the last admin's does not pass; then the face's data key is destroyed,
 * the journal of erasures says so (a restored backup is held to it), and the rows go, whatever somebody makes of the account
 * meanwhile. Cut off half way, it stays shut and can be deleted again.
 */
export async function removeAccount(
  deps: Deps,
  faces: Pick<Faces, 'erase'>,
  id: string,
  by: By,
  studentsOnly: boolean,
): Promise<void> {
  if (studentsOnly && (await readAccount(deps, id)).role !== 'user') refuse('not_found')
  await writeAct(deps, id, shutAccount(id, studentsOnly, deps.now()), { by, action: 'delete_user' })
  await faces.erase(id, by, [deleteAccount(id), ...eraseDetailsOf(id)], 'account')
  deps.guard.forget(id)
}

const NIM_TAKEN = {
  detail: { id: 'NIM itu sudah dipakai akun lain.', en: 'Another account has that NIM.' },
  fields: [{ path: 'nim', message: 'taken' }],
}

const LAST_ADMIN = {
  detail: {
    id: 'Ini satu-satunya admin yang bisa masuk, dan sekolah harus punya sedikitnya satu. Jadikan orang lain admin dulu, lalu coba lagi.',
    en: 'This is the only admin who can sign in, and the school needs at least one. Make somebody else an admin first, then try again.',
  },
}

const NOT_NOW = {
  detail: {
    id: 'Keadaan akun sudah berubah. Muat ulang lalu coba lagi.',
    en: 'The account is in another state by now. Reload and try again.',
  },
}

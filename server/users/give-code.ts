import type { z } from 'zod'
import type { Account, codeReply, NewAccountRequest } from '../../shared/contract/people.ts'
import { makeCode } from '../auth/code.ts'
import type { Deps } from '../deps.ts'
import type { By } from '../http/by.ts'
import { refuse } from '../http/problem.ts'
import { refuseMissing } from '../http/refuse-missing.ts'
import { addUser } from './add.ts'
import { putGuruKelas } from './changes/store.ts'
import { spellAll } from './spell-kelas.ts'

/** An account and its code, shown once. */
export type Code = z.input<typeof codeReply>

/** Adds an account with an activation code in the place of a password. A taken NIM is a conflict. */
export async function addAccount(deps: Deps, request: NewAccountRequest, by: By): Promise<Code> {
  const { nim, name, role, email, parent_email, accommodation } = request
  const kelas = await spellAll(deps.db, request.kelas ?? null)
  const guruKelas = await spellAll(deps.db, request.guru_kelas)
  const user = { nim, name, role, kelas, accommodation, email, parentEmail: parent_email }
  const further = async (id: string) => (guruKelas.length === 0 ? [] : putGuruKelas(id, guruKelas))
  const added = await addUser(deps, user, further, by)
  if (added.kind === 'nim_taken') return refuse('conflict', NIM_TAKEN)
  return { id: added.id, nim, name, kelas, code: added.code, expires_at: new Date(added.expiresAt).toISOString() }
}

/**
 * Makes a new code for an account, in the place of the one before. A password that is there stays good until the code is
 * used: whoever asks in somebody else's name locks nobody out. A teacher's code (`guruId`) is good as long as she could draw it.
 */
export async function giveCode(
  { audit, keyRing, now }: Deps,
  account: Account,
  { guruId, ...by }: By & { readonly guruId: string | null },
): Promise<Code> {
  if (!account.is_active || account.approval !== 'approved') return refuse('conflict', NOT_ACTIVE)
  const { id, nim, name, kelas } = account
  const { code, statement, expiresAt } = makeCode(keyRing, id, now(), guruId)
  // Deleted meanwhile: a code belongs to a user.
  await audit.write([statement], { ...by, action: 'reset_code', entityType: 'user', entityId: id }).catch(refuseMissing)
  return { id, nim, name, kelas, code, expires_at: new Date(expiresAt).toISOString() }
}

const NIM_TAKEN = {
  detail: { id: 'NIM itu sudah dipakai akun lain.', en: 'Another account has that NIM.' },
  fields: [{ path: 'nim', message: 'taken' }],
}

const NOT_ACTIVE = {
  detail: {
    id: 'Akun ini ditangguhkan atau belum disetujui. Aktifkan atau setujui dulu.',
    en: 'This account is suspended or not approved yet. Do that first.',
  },
}

import { randomUUID } from 'node:crypto'
import type { z } from 'zod'
import type { enterIzinRequest } from '../../shared/contract/izin.ts'
import { isConflict } from '../db/write.ts'
import type { Deps } from '../deps.ts'
import { refuse } from '../http/problem.ts'
import { requireRecent } from '../marking/mark.ts'
import { scopeOf } from '../users/scope.ts'
import type { SignedInUser } from '../users/store.ts'
import { requireDays } from './days.ts'
import { approveIzin, countFilled } from './decide.ts'
import { findIzin, findStudent, type Izin, insertIzin } from './store.ts'

/**
 * Enters an izin for a student within the reader's scope (a parent's letter, somebody without a phone): asked for, approved
 * and its days filled in one batch, as if she had asked and the reader had approved. Her own rules hold for the days, and for
 * a teacher those of a mark, which this is as good as: no further back than she may mark. Who is no student of the reader's is
 * `not_found`; a suspended account, and days that are asked for or free already, are a `conflict`: a second press makes no
 * second one.
 * @returns the request and how many attendances it filled now
 */
export async function enterIzin(
  deps: Deps,
  by: SignedInUser,
  { user_id: userId, ...asked }: z.output<typeof enterIzinRequest>,
  ipAddress: string,
): Promise<{ izin: Izin; filled: number }> {
  const { db, audit, now } = deps
  requireDays(deps, asked)
  await requireRecent(deps, by, asked.from_date)
  const scope = await scopeOf(db, by)
  const student = (await findStudent(db, userId, scope)) ?? refuse('not_found')
  if (!student.is_active) refuse('conflict', NOT_ACTIVE)
  const id = randomUUID()
  const approval = await approveIzin(
    deps,
    { ...asked, ...student, id, user_id: userId },
    { by: by.id, note: undefined },
  )
  const line = {
    userId: by.id,
    action: 'enter_izin',
    entityType: 'izin',
    entityId: id,
    details: { user: userId, kind: asked.kind },
    ipAddress,
  }
  const written = await audit
    .write([...insertIzin({ ...asked, id, userId }, now()), ...approval], line)
    .catch((error: unknown) => {
      if (!isConflict(error)) throw error
      return refuse('conflict', OVERLAP)
    })
  return { izin: (await findIzin(db, id, scope)) ?? refuse('not_found'), filled: countFilled(written) }
}

const NOT_ACTIVE = {
  detail: {
    id: 'Akun siswa ini ditangguhkan atau belum disetujui. Aktifkan atau setujui dulu.',
    en: 'This student’s account is suspended or not approved yet. Do that first.',
  },
}

const OVERLAP = {
  detail: {
    id: 'Siswa ini sudah punya izin pada salah satu hari itu, yang disetujui atau masih menunggu.',
    en: 'This student has leave on one of those days already, approved or still waiting.',
  },
}

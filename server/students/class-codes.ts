import type { z } from 'zod'
import type { classCodesReply } from '../../shared/contract/people.ts'
import { drawCode } from '../auth/code.ts'
import { isConflict } from '../db/write.ts'
import type { Deps } from '../deps.ts'
import type { By } from '../http/by.ts'
import { refuse } from '../http/problem.ts'
import { putCodes } from './import/store.ts'
import { readNotActivated } from './store.ts'

/**
 * Makes new codes for all of a class who have not activated their accounts, in one act with one line in the audit log. Whoever
 * has a password keeps it: she is not among them.
 */
export async function giveClassCodes(
  { db, audit, keyRing, now }: Deps,
  kelas: string,
  by: By,
): Promise<z.input<typeof classCodesReply>> {
  const students = await readNotActivated(db, kelas)
  if (students.length === 0) return { codes: [] }
  const drawn = students.map((student) => ({ ...student, ...drawCode(keyRing, student.id, now()) }))
  const stored = drawn.map(({ id, codeHmac, keyVersion, expiresAt }) => ({ id, codeHmac, keyVersion, expiresAt }))
  try {
    await audit.write([putCodes(stored, now())], {
      ...by,
      action: 'class_codes',
      entityType: 'user',
      details: { kelas, students: drawn.length },
    })
  } catch (error) {
    // Somebody was deleted meanwhile: a code belongs to a user.
    if (isConflict(error)) refuse('conflict', CHANGED)
    throw error
  }
  return {
    codes: drawn.map(({ id, nim, name, kelas: of, code, expiresAt }) => ({
      id,
      nim,
      name,
      kelas: of,
      code,
      expires_at: new Date(expiresAt).toISOString(),
    })),
  }
}

const CHANGED = {
  detail: {
    id: 'Isi kelas berubah sementara kode dibuat. Tidak ada kode baru: coba lagi.',
    en: 'The class changed while the codes were made. There are no new codes: try again.',
  },
}

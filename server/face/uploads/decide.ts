import { requireConsent } from '../../consents/store.ts'
import { isConflict, type Statement } from '../../db/write.ts'
import type { Deps } from '../../deps.ts'
import type { By } from '../../http/by.ts'
import { refuse } from '../../http/problem.ts'
import { makeEnrolment } from '../enrolment.ts'
import type { Faces } from '../faces.ts'
import { openUpload } from './sealed.ts'
import { decideUpload, findPendingUpload, type PendingUpload } from './store.ts'

/**
 * Decides on photographs, once. Confirming puts them in the place of the person's face; it is refused with conflict while
 * no live capture of the account matched, with waiting_for_review when somebody enrolled looks the same (a case opens).
 */
export async function decideOnUpload(
  deps: Deps,
  faces: Faces,
  by: By,
  asked: { id: string; decision: 'confirm' | 'refuse' },
): Promise<void> {
  const decide = () => faces.takeTurn(() => decideOnce(deps, faces, by, asked))
  try {
    await decide().catch((error: unknown) => {
      // Somebody was enrolled by another process at the same moment, perhaps.
      if (!isConflict(error)) throw error
      return decide()
    })
  } catch (error) {
    if (isConflict(error)) refuse('conflict', DECIDED)
    throw error
  }
}

/** One attempt; throws (`isConflict`) when another write came between. */
async function decideOnce(
  deps: Deps,
  faces: Faces,
  by: By,
  { id, decision }: { id: string; decision: 'confirm' | 'refuse' },
): Promise<void> {
  const { db, audit, guard, now } = deps
  const upload = await findPendingUpload(db, id)
  if (upload === null) return refuse('not_found')
  if (decision === 'confirm' && !upload.matched) refuse('conflict', NOT_SEEN)
  const enrolment = decision === 'confirm' ? await enrolmentOf(deps, faces, upload) : null
  const entry = {
    userId: by.userId,
    action: 'decide_face_upload',
    entityType: 'face_upload',
    entityId: id,
    ipAddress: by.ipAddress,
  }
  // A consent withdrawn meanwhile: nothing of the face is written after it was erased, no case either.
  const rows: Statement[] = enrolment === null ? [] : [...requireConsent(upload.userId), ...enrolment.statements]
  const state = decision === 'confirm' ? 'confirmed' : 'refused'
  const opensCase = enrolment?.kind === 'case'
  const decided = opensCase ? [] : decideUpload({ id, state, byUser: by.userId }, now())
  await audit.write([...decided, ...rows], {
    ...entry,
    details: { decision, user: upload.userId, ...(opensCase ? { result: 'case' } : {}) },
  })
  if (opensCase) refuse('waiting_for_review')
  guard.forget(upload.userId)
}

async function enrolmentOf(deps: Deps, faces: Faces, upload: PendingUpload) {
  const photos = await openUpload(faces.vault, faces.model, upload)
  if (photos === null) return refuse('conflict', DECIDED)
  const shots = photos.map((vector, i) => ({ vector, pose: 'any' as const, quality: upload.qualities[i] ?? 0 }))
  return makeEnrolment(deps, faces, { userId: upload.userId, model: faces.model, shots })
}

const NOT_SEEN = {
  detail: {
    id: 'Belum ada rekaman langsung akun ini yang cocok dengan foto-foto itu. Minta orangnya absen di depan kamera.',
    en: 'No live capture of this account has matched these photographs yet. Ask the person to check in before a camera.',
  },
}
const DECIDED = {
  detail: {
    id: 'Foto-foto itu sudah diputuskan atau sudah tidak berlaku.',
    en: 'These photographs have been decided on, or are no longer valid.',
  },
}

import { isConflict } from '../../db/write.ts'
import type { Deps } from '../../deps.ts'
import { deleteFace } from '../../gallery/store.ts'
import type { By } from '../../http/by.ts'
import { refuse } from '../../http/problem.ts'
import type { Faces } from '../faces.ts'
import { type CaseDecision, type FaceCase, findCase, settleCase } from './store.ts'

/**
 * Settles a case, once; of two at the same time one gets conflict. `one_person`: the rows of the newer account's face go in
 * the same batch, its key right after.
 */
export async function settle(
  deps: Deps,
  faces: Faces,
  by: By,
  { id, decision, reason }: { id: string; decision: CaseDecision; reason: string },
): Promise<FaceCase> {
  const { db, audit, guard, now } = deps
  const found = await findCase(db, id)
  if (found === null) return refuse('not_found')
  const newer = decision === 'one_person' ? newerOf(found) : null
  try {
    await audit.write(
      [
        ...settleCase({ id, decision, byUser: by.userId, reason }, now()),
        ...(newer === null ? [] : deleteFace(newer, now())),
      ],
      {
        userId: by.userId,
        action: 'settle_face_case',
        entityType: 'face_case',
        entityId: id,
        details: { decision, user: found.person.id, other: found.other.id, erased: newer },
        ipAddress: by.ipAddress,
      },
    )
  } catch (error) {
    if (isConflict(error)) refuse('conflict', SETTLED)
    throw error
  }
  if (newer !== null) {
    await faces.erase(newer, by)
    guard.forget(newer)
  }
  return (await findCase(db, id)) ?? refuse('not_found')
}

/** The account that was made later; of two made at once, the one whose enrolment opened the case. */
function newerOf({ person, other }: FaceCase): string {
  return other.created_at > person.created_at ? other.id : person.id
}

const SETTLED = {
  detail: { id: 'Kasus ini sudah diputuskan.', en: 'This case has been settled already.' },
}

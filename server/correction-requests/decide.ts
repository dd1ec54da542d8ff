import type { z } from 'zod'
import type { decideCorrectionRequest } from '../../shared/contract/absensi-admin.ts'
import { isConflict } from '../db/write.ts'
import type { Deps } from '../deps.ts'
import { refuse } from '../http/problem.ts'
import { requireRecent } from '../marking/mark.ts'
import { correctMarked, requireSeen } from '../marking/recorded/store.ts'
import { insertMarks } from '../marking/store.ts'
import { scopeOf } from '../users/scope.ts'
import type { SignedInUser } from '../users/store.ts'
import { type CorrectionRequest, findRequest, settleRequest } from './store.ts'

/**
 * Decides on what a student says is wrong, within the reader's scope and in one batch. Accepted, the record is corrected (its
 * old value kept), or made when there was none; a teacher's reach back ends where her marking's does. The same decision again
 * changes nothing; another one is a `conflict`, and so is one over another record than was seen (`was`).
 */
export async function decideRequest(
  deps: Deps,
  by: SignedInUser,
  id: string,
  { decision, was, note, ipAddress }: z.output<typeof decideCorrectionRequest> & { ipAddress: string },
): Promise<CorrectionRequest> {
  const { db, audit, now } = deps
  const scope = await scopeOf(db, by)
  const read = async () => (await findRequest(db, id, scope)) ?? refuse('not_found')
  const request = await read()
  if (request.user_id === by.id) refuse('forbidden')
  const state = decision === 'accept' ? 'accepted' : 'refused'
  if (request.state === state) return request
  if (state === 'accepted') await requireRecent(deps, by, request.date)
  const slot = { sessionId: request.session_id, date: request.date }
  const seen = was === undefined ? {} : { was }
  const marks = [{ userId: request.user_id, status: request.status, note: null, lateMinutes: null, ...seen }]
  const corrector = { by: by.id, reason: note ?? request.reason, now: now() }
  try {
    await audit.write(
      [
        ...settleRequest(id, { state, by: by.id, note }, now()),
        ...(state === 'refused'
          ? []
          : [
              requireSeen(scope, slot, marks),
              ...correctMarked(scope, slot, marks, corrector),
              insertMarks(scope, slot, marks, now()),
            ]),
      ],
      {
        userId: by.id,
        action: `${decision}_correction`,
        entityType: 'correction_request',
        entityId: id,
        details: { user: request.user_id, to: request.status },
        ipAddress,
      },
    )
  } catch (error) {
    if (!isConflict(error)) throw error
  }
  const settled = await read()
  return settled.state === state ? settled : refuse('conflict')
}

import { randomUUID } from 'node:crypto'
import { vectorToBytes } from '../../shared/face/bytes.ts'
import { confidenceOf, makeTemplate } from '../../shared/face/match.ts'
import type { FaceModel } from '../../shared/face/model.ts'
import { dot } from '../../shared/face/vector.ts'
import type { Statement } from '../db/write.ts'
import type { Deps } from '../deps.ts'
import { type NewEncoding, type Pose, readShotsState, replaceEncodings, requireShotsState } from '../gallery/store.ts'
import { insertCase, readSettledPairs } from './cases/store.ts'
import type { Faces } from './faces.ts'

/** A picture of a face that is to be enrolled. */
export interface Shot {
  readonly vector: Float32Array
  readonly pose: Pose
  /** 0..100. */
  readonly quality: number
}

/** Enrolled (the rows), or somebody near was found (the case that waits for a person). */
export type Enrolment =
  | { readonly kind: 'enrolled'; readonly saved: number; readonly statements: Statement[] }
  | { readonly kind: 'case'; readonly statements: Statement[] }

/**
 * Makes the rows of an enrolment: looks for somebody enrolled who is as good as the same face (settled twins aside), seals
 * the shots, and puts them in the place of older ones. Nothing is written here: the caller holds `faces.takeTurn` until it is,
 * and the rows break the batch (`isConflict`) when another process changed the gallery since the search.
 */
export async function makeEnrolment(
  { db, now }: Deps,
  faces: Faces,
  { userId, model, shots }: { userId: string; model: FaceModel; shots: readonly Shot[] },
): Promise<Enrolment> {
  const template = makeTemplate(
    model,
    shots.map(({ vector }) => vector),
  )
  const state = await readShotsState(db)
  const settled = await readSettledPairs(db, userId)
  const nearest = await faces.gallery.nearestTo(template, (id) => id !== userId && !settled.has(id))
  if (nearest !== null && nearest.score >= model.sameFace)
    return { kind: 'case', statements: [insertCase({ id: randomUUID(), userId, otherUserId: nearest.userId }, now())] }

  const enrolmentId = randomUUID()
  const encodings: NewEncoding[] = []
  for (const shot of shots) {
    const id = randomUUID()
    const plain = vectorToBytes(shot.vector)
    const sealed = await faces.vault.seal({ kind: 'encoding', userId, id, form: model.id }, plain)
    plain.fill(0)
    const others = shots.filter((other) => other !== shot).map(({ vector }) => vector)
    const confidence = confidenceOf(model, dot(makeTemplate(model, [shot.vector]), makeTemplate(model, others)))
    const { pose, quality } = shot
    encodings.push({ id, userId, enrolmentId, model: model.id, sealed, pose, quality, confidence })
  }
  const statements = [requireShotsState(state), ...replaceEncodings(userId, encodings, now())]
  return { kind: 'enrolled', saved: encodings.length, statements }
}

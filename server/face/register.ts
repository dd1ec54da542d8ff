import { randomUUID } from 'node:crypto'
import { vectorToBytes } from '../../shared/face/bytes.ts'
import { confidenceOf, makeTemplate } from '../../shared/face/match.ts'
import { dot } from '../../shared/face/vector.ts'
import { measureFrame } from '../../shared/liveness/measure-frame.ts'
import type { Deps } from '../deps.ts'
import type { Embedding } from '../evidence/open-capture.ts'
import { type Evidence, type Outcome, refusal } from '../evidence/receive.ts'
import { type NewEncoding, type Pose, replaceEncodings } from '../gallery/store.ts'
import { insertCase, readSettledPairs } from './cases/store.ts'
import type { Faces } from './faces.ts'

/** Shots in a set, at least; each of more than this quality (0..100). */
const SHOTS = 3
const QUALITY = 85
/** Head turns (degrees) that count as front, and as a little to the left or right. */
const FRONT_YAW = 8
const SIDE_YAW = 25

/**
 * Enrols: checks the shots (number, quality, poses read from the trace, one person with the embeddings of the challenges),
 * looks for somebody enrolled who is as good as the same face, seals the shots, and puts them in the place of older ones.
 * Somebody near opens a case, and nobody is enrolled until a person has settled it.
 */
export async function registerFace({ db, now }: Deps, faces: Faces, evidence: Evidence): Promise<Outcome> {
  const { capture, ticket } = evidence
  const { model } = capture
  const shots = capture.embeddings.filter(({ shot }) => shot)
  const poses = shots.map((shot) => poseOf(shot, ticket.poses))
  if (!shotsSuffice(shots, poses, ticket.poses)) return refusal('poor_shots')

  const template = makeTemplate(
    model,
    shots.map(({ vector }) => vector),
  )
  const settled = await readSettledPairs(db, ticket.user)
  const nearest = await faces.gallery.nearestTo(template, (userId) => userId !== ticket.user && !settled.has(userId))
  if (nearest !== null && nearest.score >= model.sameFace) {
    const statements = [insertCase({ id: randomUUID(), userId: ticket.user, otherUserId: nearest.userId }, now())]
    return { ...refusal('waiting_for_review'), statements }
  }

  const enrolmentId = randomUUID()
  const encodings: NewEncoding[] = []
  for (const [i, shot] of shots.entries()) {
    const [id, userId] = [randomUUID(), ticket.user]
    const plain = vectorToBytes(shot.vector)
    const sealed = await faces.vault.seal({ kind: 'encoding', userId, id, form: model.id }, plain)
    plain.fill(0)
    const others = shots.filter((other) => other !== shot).map(({ vector }) => vector)
    const confidence = confidenceOf(model, dot(makeTemplate(model, [shot.vector]), makeTemplate(model, others)))
    const pose = poses[i] ?? 'any'
    encodings.push({ id, userId, enrolmentId, model: model.id, sealed, pose, quality: shot.quality, confidence })
  }
  return {
    receipt: { kind: 'enrolled', encodings_saved: encodings.length },
    statements: replaceEncodings(ticket.user, encodings, now()),
  }
}

/** A shot's pose from its frame's landmarks; null when it is neither front nor a little to one side. */
function poseOf({ frame }: Embedding, asked: 'guided' | 'any'): Pose | null {
  if (asked === 'any') return 'any'
  const yaw = measureFrame(frame)?.pose.yaw ?? 90
  if (Math.abs(yaw) < FRONT_YAW) return 'front'
  if (Math.abs(yaw) > SIDE_YAW) return null
  return yaw > 0 ? 'left' : 'right'
}

function shotsSuffice(shots: readonly Embedding[], poses: readonly (Pose | null)[], asked: 'guided' | 'any'): boolean {
  const frames = new Set(shots.map(({ frame }) => frame))
  const wanted: readonly Pose[] = asked === 'any' ? ['any'] : ['front', 'left', 'right']
  return (
    frames.size === shots.length &&
    shots.length >= SHOTS &&
    shots.every(({ quality }) => quality > QUALITY) &&
    !poses.includes(null) &&
    wanted.every((pose) => poses.includes(pose))
  )
}

import { measureFrame } from '../../shared/liveness/measure-frame.ts'
import type { Deps } from '../deps.ts'
import type { Evidence } from '../evidence/assess.ts'
import type { Embedding } from '../evidence/open-capture.ts'
import { type Outcome, refusal } from '../evidence/outcome.ts'
import type { Pose } from '../gallery/store.ts'
import { makeEnrolment } from './enrolment.ts'
import type { Faces } from './faces.ts'

/** Shots in a set, at least; each of more than this quality (0..100). */
export const SHOTS = 3
export const QUALITY = 85
/** Head turns (degrees) that count as front, and as a little to the left or right. */
const FRONT_YAW = 8
const SIDE_YAW = 25

/**
 * Enrols: checks the shots (number, quality, poses read from the trace, one person with the embeddings of the challenges),
 * looks for somebody enrolled who is as good as the same face, seals the shots, and puts them in the place of older ones.
 * Somebody near opens a case, and nobody is enrolled until a person has settled it.
 */
export async function registerFace(deps: Deps, faces: Faces, evidence: Evidence): Promise<Outcome> {
  const { capture, ticket } = evidence
  const shots = capture.embeddings.filter(({ shot }) => shot)
  const poses = shots.map((shot) => poseOf(shot, ticket.poses))
  if (!shotsSuffice(shots, poses, ticket.poses)) return refusal('poor_shots')

  const enrolment = await makeEnrolment(deps, faces, {
    userId: ticket.user,
    model: capture.model,
    shots: shots.map(({ vector, quality }, i) => ({ vector, quality, pose: poses[i] ?? 'any' })),
  })
  if (enrolment.kind === 'case') return { ...refusal('waiting_for_review'), statements: enrolment.statements }
  return { receipt: { kind: 'enrolled', encodings_saved: enrolment.saved }, statements: enrolment.statements }
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

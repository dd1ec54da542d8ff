import type { Pose } from '../../shared/liveness/pose.ts'
import type { Hint, Prompt } from '../check-in/walk-state.ts'
import type { Seen } from '../face/engine-types.ts'
import { shotQuality } from '../face/quality.ts'

/** Enrolment wants more than this of a shot, 0..100 (the plan's 85 %). */
const GOOD = 85
/** Shots of no particular pose are taken this far apart, ms, so that they are not one picture three times. */
const APART_MS = 900

export type PosePrompt = Extract<Prompt, `pose-${string}`>

/** Yaw (degrees, positive to the subject's left) a pose asks for: a little inside what the server accepts. */
const YAW: { readonly [prompt in PosePrompt]: readonly [min: number, max: number] } = {
  'pose-front': [-7, 7],
  'pose-left': [10, 23],
  'pose-right': [-23, -10],
  'pose-any': [-25, 25],
}

/** The shots of an enrolment, in order. */
export const POSES: { readonly [poses in 'guided' | 'any']: readonly PosePrompt[] } = {
  guided: ['pose-front', 'pose-left', 'pose-right'],
  any: ['pose-any', 'pose-any', 'pose-any'],
}

export type ShotCheck =
  | { readonly good: true; readonly quality: number }
  | { readonly good: false; readonly hint: Hint | null }

/**
 * Whether a frame is the shot that was asked for.
 * @param sinceLast ms since the last shot was taken
 */
export function checkShot(prompt: PosePrompt, seen: Seen, pose: Pose | null, sinceLast: number): ShotCheck {
  if (!pose || seen.faces !== 1) return { good: false, hint: seen.faces > 1 ? 'one_face_only' : 'no_face' }
  const [min, max] = YAW[prompt]
  const { score, hint } = shotQuality({ seen, pose })
  if (pose.yaw < min || pose.yaw > max) return { good: false, hint: prompt === 'pose-front' ? 'look_straight' : null }
  if (score <= GOOD) return { good: false, hint: hint ?? 'hold_still' }
  if (sinceLast < APART_MS) return { good: false, hint: null }
  return { good: true, quality: score }
}

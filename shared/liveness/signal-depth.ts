import { homographyResidual } from './homography.ts'
import { measureFrame, pointOf } from './measure-frame.ts'
import { PARALLAX, PUPILS } from './points.ts'
import { notMeasured, type Scene, type Signal } from './signal.ts'
import type { TraceFrame } from './trace.ts'

/** Below: a plane. Flat photographs turned by up to 32 degrees gave at most 0.03 (MODELS). */
const FLAT = 0.03
/** Real people: 0.05 at 14 degrees, 0.075 at 20, 0.10 at 28 (MODELS). Between the two, a person looks at it. */
const DEEP = 0.04
/** Beyond this yaw (degrees) the far half of the face is the network's guess. */
const MOST_YAW = 45

const parallaxOf = (frame: TraceFrame) => PARALLAX.map((index) => pointOf(frame, index) ?? ([0, 0] as const))

/**
 * Depth by parallax: the homography from the most frontal frame's points to the most turned one's, its residual over
 * the pupil distance of the frontal frame. Not measured, and so not held against anyone, when no turn was asked.
 */
export function judgeDepth({ frames, end }: Scene): Signal {
  const asked = end.plan.challenges.some((name) => name === 'turn-left' || name === 'turn-right')
  if (!asked) return notMeasured
  let front: { frame: TraceFrame; yaw: number } | null = null
  let turned: { frame: TraceFrame; yaw: number } | null = null
  for (const frame of frames) {
    if (!frame.extras || frame.faces !== 1) continue
    const yaw = Math.abs(measureFrame(frame)?.pose.yaw ?? 90)
    if (!front || yaw < front.yaw) front = { frame, yaw }
    if (yaw <= MOST_YAW && (!turned || yaw > turned.yaw)) turned = { frame, yaw }
  }
  if (!front || !turned || front === turned) return { value: null, limit: FLAT, says: 'not_live' }
  const [right, left] = [pointOf(front.frame, PUPILS[0]), pointOf(front.frame, PUPILS[1])]
  const iod = right && left ? Math.hypot(right[0] - left[0], right[1] - left[1]) : 0
  const residual = homographyResidual(parallaxOf(front.frame), parallaxOf(turned.frame))
  if (residual === null || !Number.isFinite(residual) || iod === 0)
    return { value: null, limit: FLAT, says: 'not_live' }
  const value = residual / iod
  return { value, limit: FLAT, says: value < FLAT ? 'not_live' : value < DEEP ? 'review' : 'live' }
}

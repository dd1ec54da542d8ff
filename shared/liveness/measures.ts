import { HEIGHT, LEFT_EYE, MOUTH, PUPILS, RIGHT_EYE } from './points.ts'
import { type Pose, poseOf } from './pose.ts'

/** What one frame's landmarks say. Ratios have no unit; lengths are in frame widths. */
export interface Measures {
  readonly pose: Pose
  /** Eye aspect ratio (Soukupova & Cech 2016), mean of both eyes: about 0.16 to 0.35 open, below 0.1 shut. */
  readonly ear: number
  /** Mouth width over pupil distance: about 0.75 to 1 at rest, a smile adds 10 % and more. */
  readonly mouthWidth: number
  /** Inner lip opening over pupil distance: 0 when shut. */
  readonly mouthOpen: number
  /**
   * Mouth width plus twice the lift of its corners over the middle of the outer lips, less what an open mouth adds to
   * that lift, all over pupil distance. Measured on four real clips: at rest 0.58 to 1.0 (a shout, pursed lips and
   * speech stay there too), a smile 1.13 to 1.25.
   */
  readonly smile: number
  /**
   * Forehead to the wings of the nose over pupil distance: 1.4 to 1.9, and within 0.90 to 1.15 of itself at rest in four clips
   * and eight puppets, whatever they did near the front. A picture that is leant away loses of it what its eyes seem to close.
   */
  readonly height: number
  /** Pupil distance, in frame widths (foreshortened by a turn). */
  readonly iod: number
}

type At = (index: number) => readonly [number, number]

const distance = (p: readonly [number, number], q: readonly [number, number]) => Math.hypot(p[0] - q[0], p[1] - q[1])

function eyeAspectRatio(at: At, eye: readonly number[]): number {
  const [p1, p2, p3, p4, p5, p6] = eye.map(at)
  if (!p1 || !p2 || !p3 || !p4 || !p5 || !p6) return 0
  const width = distance(p1, p4)
  return width > 0 ? (distance(p2, p6) + distance(p3, p5)) / (2 * width) : 0
}

/**
 * All measures of one face.
 * @param at gives a landmark's x and y in frame widths (y too: square pixels), y down, by its mesh index
 */
export function measure(at: At): Measures {
  const [right, left] = [at(PUPILS[0]), at(PUPILS[1])]
  const iod = distance(right, left) || Number.EPSILON
  const [cornerR, cornerL, innerUp, innerLow, outerUp, outerLow] = [
    at(MOUTH[0]),
    at(MOUTH[1]),
    at(MOUTH[2]),
    at(MOUTH[3]),
    at(MOUTH[4]),
    at(MOUTH[5]),
  ]
  // "Down" is across the line of the eyes, so that a leaning head lifts nothing.
  const down = [-(left[1] - right[1]) / iod, (left[0] - right[0]) / iod] as const
  const depth = (p: readonly [number, number]) => p[0] * down[0] + p[1] * down[1]
  const [top, wingR, wingL] = [at(HEIGHT[0]), at(HEIGHT[1]), at(HEIGHT[2])]
  const width = distance(cornerR, cornerL)
  const open = distance(innerUp, innerLow)
  return {
    pose: poseOf(at),
    ear: (eyeAspectRatio(at, RIGHT_EYE) + eyeAspectRatio(at, LEFT_EYE)) / 2,
    mouthWidth: width / iod,
    mouthOpen: open / iod,
    smile: (width + (depth(outerUp) + depth(outerLow)) - (depth(cornerR) + depth(cornerL)) - open) / iod,
    height: distance(top, [(wingR[0] + wingL[0]) / 2, (wingR[1] + wingL[1]) / 2]) / iod,
    iod,
  }
}

import type { Pose } from '../../shared/liveness/pose.ts'
import type { Hint } from '../check-in/walk-state.ts'
import type { Seen } from './engine-types.ts'
import { boxOf } from './pixels.ts'

/** 0 at `zero`, 1 at `one`, straight in between; works in both directions. */
const ramp = (value: number, zero: number, one: number) => Math.max(0, Math.min(1, (value - zero) / (one - zero)))

/**
 * Where each property starts to cost, and where nothing is left. Sharpness is the variance of the Laplacian on the
 * 96 px crop: four real clips gave 58 to 263 sharp and 23 to 26 with a 9 px box blur over a 300 px face; a low-resolution
 * clip 17 to 33. Light is mean luma.
 */
const LIMITS = {
  sharpness: [20, 42],
  dark: [35, 60],
  bright: [235, 205],
  clipped: [0.4, 0.2],
  imbalance: [0.45, 0.3],
  iod: [28, 45],
  yaw: [40, 26],
  pitch: [38, 24],
} as const

/** Pupil distance over the frame's shorter side: nearer fills the picture, further is too small to measure. */
const NEAREST = 0.36
const FURTHEST = 0.09
/** How far the face's middle may lie from the picture's, in shares of the picture. */
const OFF_CENTRE = 0.22

interface Placed {
  readonly iod: number
  readonly iodShare: number
  readonly offX: number
  readonly offY: number
  readonly inside: boolean
}

function place(landmarks: Float32Array, width: number, height: number): Placed {
  const iod = Math.hypot(
    (landmarks[468 * 3] ?? 0) - (landmarks[473 * 3] ?? 0),
    (landmarks[468 * 3 + 1] ?? 0) - (landmarks[473 * 3 + 1] ?? 0),
  )
  const box = boxOf(landmarks)
  return {
    iod,
    iodShare: iod / Math.min(width, height),
    offX: (box.x + box.width / 2 - width / 2) / width,
    offY: (box.y + box.height / 2 - height / 2) / height,
    inside: box.x >= 0 && box.y >= 0 && box.x + box.width <= width && box.y + box.height <= height,
  }
}

/** What is wrong with the picture just now, worst first; null when nothing is. */
export function liveHint(seen: Seen): Hint | null {
  const { faces, landmarks, pixels, width, height } = seen
  if (faces === 0 || !landmarks) return 'no_face'
  if (faces > 1) return 'one_face_only'
  if (pixels && pixels.light < 45) return 'too_dark'
  if (pixels && pixels.light > 225) return 'too_bright'
  const { iodShare, offX, offY } = place(landmarks, width, height)
  if (iodShare > NEAREST) return 'further'
  if (iodShare < FURTHEST) return 'closer'
  if (Math.abs(offX) > OFF_CENTRE || Math.abs(offY) > OFF_CENTRE) return 'centre'
  return null
}

/**
 * How good a shot is for enrolment: the product of what blur, light, size, angle and place leave, 0..100; more than 85 is
 * good enough (the plan's number). The hint names what costs most.
 */
export function shotQuality({ seen, pose }: { readonly seen: Seen; readonly pose: Pose }): {
  readonly score: number
  readonly hint: Hint | null
} {
  const { landmarks, pixels, width, height } = seen
  const hint = liveHint(seen)
  if (seen.faces !== 1 || !landmarks || !pixels) return { score: 0, hint }
  const { iod, inside } = place(landmarks, width, height)
  const parts: readonly (readonly [number, Hint])[] = [
    [ramp(pixels.light, ...LIMITS.dark), 'too_dark'],
    [ramp(pixels.light, ...LIMITS.bright), 'too_bright'],
    [ramp(pixels.clipped, ...LIMITS.clipped), pixels.light < 128 ? 'too_dark' : 'too_bright'],
    [ramp(pixels.imbalance, ...LIMITS.imbalance), 'too_dark'],
    [ramp(iod, ...LIMITS.iod), 'closer'],
    [inside ? 1 : 0, 'centre'],
    [ramp(Math.abs(pose.yaw), ...LIMITS.yaw), 'look_straight'],
    [ramp(Math.abs(pose.pitch), ...LIMITS.pitch), 'look_straight'],
    [ramp(pixels.sharpness, ...LIMITS.sharpness), 'blurred'],
  ]
  const score = 100 * parts.reduce((product, [part]) => product * part, 1)
  const worst = parts.reduce((least, part) => (part[0] < least[0] ? part : least))
  return { score, hint: worst[0] < 1 ? worst[1] : hint }
}

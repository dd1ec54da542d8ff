import type { Pose } from '../../shared/liveness/pose.ts'
import type { Hint } from '../check-in/walk-state.ts'
import { isCovered } from './cover-signs.ts'
import type { Seen } from './engine-types.ts'
import { boxOf } from './pixels.ts'

/** 0 at `zero`, 1 at `one`, straight in between; works in both directions. */
const ramp = (value: number, zero: number, one: number) => Math.max(0, Math.min(1, (value - zero) / (one - zero)))

/**
 * Where each property costs everything and where it costs nothing. Measured on 20 faces of six photographs, drawn at a
 * pupil distance of 25 to 100 px in a 640 x 480 frame and spoilt on purpose, and on four real clips.
 *
 * - focus: variance of the Laplacian over the squared light, times 10,000, so that a dim picture is not taken for a
 *   blurred one. Untouched 18 to 333; a low-resolution clip 13 to 34; Gaussian blur of 2 px at 65 px pupil distance 4 to
 *   20 (median 10), of 3 px 2 to 8 (median 4).
 * - dark, bright: mean luma. Untouched 59 to 171; a quarter of the light 14 to 40, 1.8 times the light 106 to 239.
 * - clipped: untouched up to 0.21 (black hair, make-up); 1.8 times the light, median 0.41.
 * - imbalance: untouched up to 0.22; 0.5 is one half of the face three times as light as the other.
 * - iod: pupil distance, px. 55 is what the 150 px chip shows: less is enlarged.
 * - pitch: 0 is no rest. People who look into a camera gave -25 to 10 degrees.
 */
const LIMITS = {
  focus: [4, 12],
  dark: [28, 52],
  bright: [235, 205],
  clipped: [0.5, 0.25],
  imbalance: [0.55, 0.3],
  iod: [28, 47],
  yaw: [40, 26],
  pitch: [36, 22],
  roll: [50, 32],
} as const
const PITCH_AT_REST = -7

/** A face known to be covered, as far as that can be told, is no shot; others of the kind may still be better. */
const COVERED = 0.5

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
 * How good a shot is for enrolment: the product of what blur, light, size, angle, place and cover leave, 0..100; more
 * than 85 is good enough (the plan's number). The hint names what costs most.
 */
export function shotQuality({ seen, pose }: { readonly seen: Seen; readonly pose: Pose }): {
  readonly score: number
  readonly hint: Hint | null
} {
  const { landmarks, pixels, width, height } = seen
  const hint = liveHint(seen)
  if (seen.faces !== 1 || !landmarks || !pixels) return { score: 0, hint }
  const { iod, inside } = place(landmarks, width, height)
  const { light, clipped, imbalance, sharpness, cover } = pixels
  const focus = (10_000 * sharpness) / Math.max(1, light) ** 2
  const parts: readonly (readonly [number, Hint])[] = [
    [ramp(light, ...LIMITS.dark), 'too_dark'],
    [ramp(light, ...LIMITS.bright), 'too_bright'],
    [ramp(clipped, ...LIMITS.clipped), light < 128 ? 'too_dark' : 'too_bright'],
    [ramp(imbalance, ...LIMITS.imbalance), 'too_dark'],
    [ramp(iod, ...LIMITS.iod), 'closer'],
    [inside ? 1 : 0, 'centre'],
    [ramp(Math.abs(pose.yaw), ...LIMITS.yaw), 'look_straight'],
    [ramp(Math.abs(pose.pitch - PITCH_AT_REST), ...LIMITS.pitch), 'look_straight'],
    [ramp(Math.abs(pose.roll), ...LIMITS.roll), 'look_straight'],
    [ramp(focus, ...LIMITS.focus), 'blurred'],
    [isCovered(cover) ? COVERED : 1, 'uncover_face'],
  ]
  const score = 100 * parts.reduce((product, [part]) => product * part, 1)
  const worst = parts.reduce((least, part) => (part[0] < least[0] ? part : least))
  return { score, hint: worst[0] < 1 ? worst[1] : hint }
}

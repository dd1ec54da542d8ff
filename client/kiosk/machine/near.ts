import type { Seen } from '../../face/engine-types.ts'

/**
 * Pupil distance over the frame's shorter side. A tablet's or webcam's 640 x 480 picture spans 60 to 70 degrees: 63 mm
 * between the pupils are 0.17 of it at 40 cm, 0.085 at 80 cm.
 */
const NEAR = 0.075
const CLOSER = 0.045
/** The two irises' centres in the mesh of 478 points. */
const IRISES = [468, 473] as const

/** Where somebody stands: `near` enough for a walk, `coming` closer, `two` equally near, or nobody. */
export type Place = 'nobody' | 'coming' | 'two' | 'near'

export function placeOf({ faces, landmarks, width, height }: Seen): Place {
  if (faces === 0 || landmarks === null) return 'nobody'
  const [right, left] = IRISES
  const dx = (landmarks[3 * right] ?? 0) - (landmarks[3 * left] ?? 0)
  const dy = (landmarks[3 * right + 1] ?? 0) - (landmarks[3 * left + 1] ?? 0)
  const share = Math.hypot(dx, dy) / Math.min(width, height)
  if (share < CLOSER) return 'nobody'
  if (share < NEAR) return 'coming'
  return faces > 1 ? 'two' : 'near'
}

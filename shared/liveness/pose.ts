import { RIGID } from './points.ts'

/** Head pose in degrees. Yaw is positive when the nose moves right in the unmirrored image (the subject's left). */
export interface Pose {
  readonly yaw: number
  /** Positive when the face looks up. */
  readonly pitch: number
  /** Positive when the head leans clockwise in the image. */
  readonly roll: number
}

const DEGREES = 180 / Math.PI

/**
 * The network's far points lie nearer the middle than a rigid canonical face's would, so the plain fit reads a turn too
 * large. Measured against the facial transformation matrix on a clip turning from -40 to 31 degrees: the fit gives
 * -54 to 39, in proportion (0.73 to 0.79).
 */
const YAW_GAIN = 0.77

/** The canonical points, centred, in image axes (y down, z away), as three coordinate columns. */
const model = (() => {
  const n = RIGID.length
  const mean = [1, 2, 3].map((k) => RIGID.reduce((sum, p) => sum + (p[k] ?? 0), 0) / n)
  return RIGID.map((p) => [p[1] - (mean[0] ?? 0), -(p[2] - (mean[1] ?? 0)), -(p[3] - (mean[2] ?? 0))] as const)
})()

/** (X^T X)^-1 X^T of the canonical points, 3 x n: a constant, solved once by Cramer's rule. */
const pseudoInverse = (() => {
  const s = (a: 0 | 1 | 2, b: 0 | 1 | 2) => model.reduce((sum, p) => sum + p[a] * p[b], 0)
  const [xx, xy, xz, yy, yz, zz] = [s(0, 0), s(0, 1), s(0, 2), s(1, 1), s(1, 2), s(2, 2)]
  const c = [
    yy * zz - yz * yz,
    xz * yz - xy * zz,
    xy * yz - xz * yy,
    xx * zz - xz * xz,
    xy * xz - xx * yz,
    xx * yy - xy * xy,
  ]
  const [c0 = 0, c1 = 0, c2 = 0, c3 = 0, c4 = 0, c5 = 0] = c
  const det = xx * c0 + xy * c1 + xz * c2
  const rows = [
    [c0, c1, c2],
    [c1, c3, c4],
    [c2, c4, c5],
  ] as const
  return rows.map((row) => model.map((p) => (row[0] * p[0] + row[1] * p[1] + row[2] * p[2]) / det))
})()

/**
 * Head pose from 2D landmarks alone: the least-squares scaled-orthographic camera over the canonical face (the first
 * step of POS, DeMenthon & Davis 1995), its two rows made orthogonal symmetrically.
 * @param at gives a landmark's x and y (any unit, square pixels, y down) by its mesh index
 */
export function poseOf(at: (index: number) => readonly [number, number]): Pose {
  const a = [0, 0, 0]
  const b = [0, 0, 0]
  RIGID.forEach(([index], i) => {
    const [x, y] = at(index)
    for (let k = 0; k < 3; k += 1) {
      const weight = pseudoInverse[k]?.[i] ?? 0
      a[k] = (a[k] ?? 0) + weight * x
      b[k] = (b[k] ?? 0) + weight * y
    }
  })
  const [ax = 0, ay = 0, az = 0] = a
  const [bx = 0, by = 0, bz = 0] = b
  const la = Math.hypot(ax, ay, az) || 1
  const lb = Math.hypot(bx, by, bz) || 1
  const dot = (ax * bx + ay * by + az * bz) / (la * lb)
  const r1 = [ax / la - (dot / 2) * (bx / lb), ay / la - (dot / 2) * (by / lb), az / la - (dot / 2) * (bz / lb)]
  const r2 = [bx / lb - (dot / 2) * (ax / la), by / lb - (dot / 2) * (ay / la), bz / lb - (dot / 2) * (az / la)]
  const [r1x = 0, r1y = 0, r1z = 0] = r1
  const [r2x = 0, r2y = 0, r2z = 0] = r2
  const r3z = r1x * r2y - r1y * r2x
  return {
    yaw: Math.atan2(-r1z, r3z) * DEGREES * YAW_GAIN,
    pitch: Math.asin(Math.max(-1, Math.min(1, r2z))) * DEGREES,
    roll: Math.atan2(r2x, r1x) * DEGREES,
  }
}

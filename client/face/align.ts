/** Maps a point (x, y) of the frame to (a x - b y + tx, b x + a y + ty) of the chip: turn, scale and shift, no shear. */
export interface Similarity {
  readonly a: number
  readonly b: number
  readonly tx: number
  readonly ty: number
}

/** The chip dlib's network was trained on: 150 x 150 pixels, the face padded by a quarter on each side. */
export const CHIP_SIZE = 150
const PADDING = 0.25

/**
 * Which landmark of the mesh stands for which point of dlib's five-point mean shape (unit square; outer and inner
 * corner of the subject's left eye, of the right eye, bottom of the nose).
 */
const SHAPE: ReadonlyArray<readonly [landmark: number, x: number, y: number]> = [
  [263, 0.8595674595992, 0.2134981538014],
  [362, 0.6460604764104, 0.2289674387677],
  [33, 0.1205750620789, 0.2137274526848],
  [133, 0.3340850613712, 0.2290642403242],
  [2, 0.4901123135679, 0.6277975316475],
]

const inChip = (value: number) => ((value + PADDING) / (1 + 2 * PADDING)) * CHIP_SIZE

/**
 * The least-squares similarity that takes `from` to `to` (Umeyama 1991; in two dimensions, without reflection, it is
 * the regression of complex numbers).
 * @throws RangeError when the points have no extent, so that no scale fits
 */
export function fitSimilarity(
  from: ReadonlyArray<readonly [number, number]>,
  to: ReadonlyArray<readonly [number, number]>,
): Similarity {
  const n = from.length
  const [fx, fy, gx, gy] = [mean(from, 0), mean(from, 1), mean(to, 0), mean(to, 1)]
  let [spread, along, across] = [0, 0, 0]
  for (let i = 0; i < n; i += 1) {
    const [x, y] = from[i] ?? [0, 0]
    const [u, v] = to[i] ?? [0, 0]
    spread += (x - fx) ** 2 + (y - fy) ** 2
    along += (x - fx) * (u - gx) + (y - fy) * (v - gy)
    across += (x - fx) * (v - gy) - (y - fy) * (u - gx)
  }
  if (!(spread > 0)) throw new RangeError('points without extent cannot be aligned')
  const [a, b] = [along / spread, across / spread]
  return { a, b, tx: gx - a * fx + b * fy, ty: gy - b * fx - a * fy }
}

const mean = (points: ReadonlyArray<readonly [number, number]>, axis: 0 | 1) =>
  points.reduce((sum, point) => sum + point[axis], 0) / points.length

/**
 * How the face with these landmarks lies on the chip.
 * @param landmarks 478 x (x, y, z) in pixels of the frame
 * @throws RangeError when the landmarks coincide
 */
export function alignFace(landmarks: Float32Array): Similarity {
  return fitSimilarity(
    SHAPE.map(([index]) => [landmarks[3 * index] ?? 0, landmarks[3 * index + 1] ?? 0]),
    SHAPE.map(([, x, y]) => [inChip(x), inChip(y)]),
  )
}

/** The way back: from the chip to the frame. */
export function invert({ a, b, tx, ty }: Similarity): Similarity {
  const square = a * a + b * b
  const [ia, ib] = [a / square, -b / square]
  return { a: ia, b: ib, tx: -(ia * tx - ib * ty), ty: -(ib * tx + ia * ty) }
}

import { alignFace, CHIP_SIZE, invert, type Similarity } from './align.ts'

/** Pixels of a part of the frame: RGBA bytes, its top left corner at (x, y) of the frame. */
export interface Patch {
  readonly data: Uint8ClampedArray
  readonly width: number
  readonly height: number
  readonly x: number
  readonly y: number
}

/** The part of a frame (whole pixels, within its bounds) that holds everything the chip shows, with a pixel to spare. */
export function chipBounds(landmarks: Float32Array, width: number, height: number) {
  const back = invert(alignFace(landmarks))
  const corners = [0, CHIP_SIZE].flatMap((u) => [0, CHIP_SIZE].map((v) => apply(back, u, v)))
  const clamp = (value: number, limit: number) => Math.max(0, Math.min(limit, value))
  const left = clamp(Math.floor(Math.min(...corners.map(([x]) => x))) - 2, width - 1)
  const top = clamp(Math.floor(Math.min(...corners.map(([, y]) => y))) - 2, height - 1)
  const right = clamp(Math.ceil(Math.max(...corners.map(([x]) => x))) + 2, width)
  const bottom = clamp(Math.ceil(Math.max(...corners.map(([, y]) => y))) + 2, height)
  return { x: left, y: top, width: Math.max(1, right - left), height: Math.max(1, bottom - top) }
}

const apply = ({ a, b, tx, ty }: Similarity, u: number, v: number): readonly [number, number] => [
  a * u - b * v + tx,
  b * u + a * v + ty,
]

/**
 * The aligned face: 150 x 150 x (red, green, blue), 0..255, row by row. Each chip pixel is the mean of as many bilinear
 * samples as it covers frame pixels, so that a large face is scaled down without aliasing; done here and not by a
 * canvas because browsers smooth differently, and the same frame must give the same template everywhere. What lies
 * outside the frame is black.
 */
export function cutChip(patch: Patch, landmarks: Float32Array): Float32Array {
  const back = invert(alignFace(landmarks))
  const fine = Math.max(1, Math.min(8, Math.ceil(Math.hypot(back.a, back.b) - 0.01)))
  const chip = new Float32Array(CHIP_SIZE * CHIP_SIZE * 3)
  const weight = 1 / (fine * fine)
  for (let v = 0; v < CHIP_SIZE; v += 1) {
    for (let u = 0; u < CHIP_SIZE; u += 1) {
      const at = 3 * (v * CHIP_SIZE + u)
      for (let i = 0; i < fine; i += 1) {
        for (let j = 0; j < fine; j += 1) {
          const [su, sv] = [u + (i + 0.5) / fine, v + (j + 0.5) / fine]
          // Minus a half: a pixel's value stands at its centre.
          const x = back.a * su - back.b * sv + back.tx - patch.x - 0.5
          const y = back.b * su + back.a * sv + back.ty - patch.y - 0.5
          addSample(patch, x, y, weight, chip, at)
        }
      }
    }
  }
  return chip
}

/** Adds the bilinear sample at (x, y) of the patch, times `weight`, to the three numbers at `at`. */
function addSample(patch: Patch, x: number, y: number, weight: number, out: Float32Array, at: number): void {
  const { data, width, height } = patch
  const [x0, y0] = [Math.floor(x), Math.floor(y)]
  const [fx, fy] = [x - x0, y - y0]
  for (let k = 0; k < 4; k += 1) {
    const [px, py] = [x0 + (k & 1), y0 + (k >> 1)]
    if (px < 0 || py < 0 || px >= width || py >= height) continue
    const w = weight * (k & 1 ? fx : 1 - fx) * (k >> 1 ? fy : 1 - fy)
    const from = 4 * (py * width + px)
    for (let c = 0; c < 3; c += 1) out[at + c] = (out[at + c] ?? 0) + w * (data[from + c] ?? 0)
  }
}

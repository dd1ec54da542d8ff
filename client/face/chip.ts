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
  const rgb = new Float32Array(3)
  for (let v = 0; v < CHIP_SIZE; v += 1) {
    for (let u = 0; u < CHIP_SIZE; u += 1) {
      rgb.fill(0)
      for (let k = 0; k < fine * fine; k += 1) {
        const su = u + ((k % fine) + 0.5) / fine
        const sv = v + (Math.floor(k / fine) + 0.5) / fine
        // Minus a half: a pixel's value stands at its centre.
        const x = back.a * su - back.b * sv + back.tx - patch.x - 0.5
        const y = back.b * su + back.a * sv + back.ty - patch.y - 0.5
        addSample(patch, x, y, rgb)
      }
      for (let c = 0; c < 3; c += 1) chip[3 * (v * CHIP_SIZE + u) + c] = (rgb[c] ?? 0) / (fine * fine)
    }
  }
  return chip
}

/** Adds the bilinear sample at (x, y) of the patch to red, green and blue. */
function addSample({ data, width, height }: Patch, x: number, y: number, rgb: Float32Array): void {
  const left = Math.floor(x)
  const top = Math.floor(y)
  const right = x - left
  const below = y - top
  for (let k = 0; k < 4; k += 1) {
    const px = left + (k & 1)
    const py = top + (k >> 1)
    if (px < 0 || py < 0 || px >= width || py >= height) continue
    const weight = (k & 1 ? right : 1 - right) * (k >> 1 ? below : 1 - below)
    const from = 4 * (py * width + px)
    rgb[0] = (rgb[0] ?? 0) + weight * (data[from] ?? 0)
    rgb[1] = (rgb[1] ?? 0) + weight * (data[from + 1] ?? 0)
    rgb[2] = (rgb[2] ?? 0) + weight * (data[from + 2] ?? 0)
  }
}

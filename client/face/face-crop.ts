import type { Box } from './pixels.ts'

/** A face's box scaled to a small square: RGBA bytes row by row, and the mesh to find places in it. */
export interface FaceCrop {
  readonly rgba: Uint8ClampedArray
  /** Width and height, pixels. */
  readonly size: number
  /** 478 x (x, y, z) in pixels of the frame. */
  readonly landmarks: Float32Array
  /** The part of the frame the crop shows. */
  readonly box: Box
}

/** Calls `see` with the red, green and blue of every pixel in the squares around the given points of the mesh. */
export function seeAround(
  { rgba, size, landmarks, box }: FaceCrop,
  points: readonly number[],
  radius: number,
  see: (red: number, green: number, blue: number) => void,
): void {
  for (const point of points) {
    const cx = Math.round((((landmarks[3 * point] ?? 0) - box.x) / box.width) * size)
    const cy = Math.round((((landmarks[3 * point + 1] ?? 0) - box.y) / box.height) * size)
    for (let y = Math.max(0, cy - radius); y <= Math.min(size - 1, cy + radius); y += 1) {
      for (let x = Math.max(0, cx - radius); x <= Math.min(size - 1, cx + radius); x += 1) {
        const at = 4 * (y * size + x)
        see(rgba[at] ?? 0, rgba[at + 1] ?? 0, rgba[at + 2] ?? 0)
      }
    }
  }
}

/** Mean colour around points of the mesh, 0..255 each; all 0 when none of them lies in the crop. */
export function meanColour(crop: FaceCrop, points: readonly number[], radius: number): [number, number, number] {
  let [red, green, blue, count] = [0, 0, 0, 0]
  seeAround(crop, points, radius, (r, g, b) => {
    red += r
    green += g
    blue += b
    count += 1
  })
  const scale = 1 / Math.max(1, count)
  return [red * scale, green * scale, blue * scale]
}

/** BT.601 luma, 0..255. */
export const lumaOf = (red: number, green: number, blue: number) => 0.299 * red + 0.587 * green + 0.114 * blue

/** Mean luma around points of the mesh, and its standard deviation. */
export function lumaAround(
  crop: FaceCrop,
  points: readonly number[],
  radius: number,
): { mean: number; spread: number } {
  let [sum, squares, count] = [0, 0, 0]
  seeAround(crop, points, radius, (r, g, b) => {
    const luma = lumaOf(r, g, b)
    sum += luma
    squares += luma * luma
    count += 1
  })
  const mean = sum / Math.max(1, count)
  return { mean, spread: Math.sqrt(Math.max(0, squares / Math.max(1, count) - mean * mean)) }
}

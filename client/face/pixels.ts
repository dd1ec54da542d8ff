import { coverSigns } from './cover-signs.ts'
import type { FacePixels } from './engine-types.ts'
import { lumaOf, meanColour } from './face-crop.ts'

/** The face's box is scaled to this square before anything is measured, so that numbers compare across distances. */
export const CROP_SIZE = 96

/** The box of a frame that is cropped: the landmarks' bounding box, in pixels. */
export interface Box {
  readonly x: number
  readonly y: number
  readonly width: number
  readonly height: number
}

/** Smallest box around all points of a face. Landmarks: 478 x (x, y, z). */
export function boxOf(landmarks: Float32Array): Box {
  let [left, top, right, bottom] = [Infinity, Infinity, -Infinity, -Infinity]
  for (let i = 0; i + 1 < landmarks.length; i += 3) {
    const x = landmarks[i] ?? 0
    const y = landmarks[i + 1] ?? 0
    if (x < left) left = x
    if (x > right) right = x
    if (y < top) top = y
    if (y > bottom) bottom = y
  }
  return { x: left, y: top, width: Math.max(1, right - left), height: Math.max(1, bottom - top) }
}

export const middleOf = ({ x, y, width, height }: Box) => ({ x: x + width / 2, y: y + height / 2 })

/** Whether a point lies in a box, or on its edge. */
export const isIn = (box: Box, { x, y }: { readonly x: number; readonly y: number }): boolean =>
  x >= box.x && y >= box.y && x <= box.x + box.width && y <= box.y + box.height

/** A box in a picture that is scaled. */
export const scaleBox = ({ x, y, width, height }: Box, across: number, down = across): Box => ({
  x: x * across,
  y: y * down,
  width: width * across,
  height: height * down,
})

/** Points of the mesh around which skin is looked at: both cheeks (50, 280, 205, 425) and the forehead (151, 108, 337). */
const SKIN_POINTS = [50, 280, 205, 425, 151, 108, 337] as const
const SKIN_RADIUS = 2

/** Luma of each pixel, 0..255. */
function lumaPlane(rgba: Uint8ClampedArray): Float32Array {
  const luma = new Float32Array(rgba.length / 4)
  for (let i = 0; i < luma.length; i += 1) {
    luma[i] = lumaOf(rgba[4 * i] ?? 0, rgba[4 * i + 1] ?? 0, rgba[4 * i + 2] ?? 0)
  }
  return luma
}

/** Whether a pixel of the crop lies in the ellipse that fills it: the face without the corners of its box. */
function inFace(x: number, y: number): boolean {
  const middle = (CROP_SIZE - 1) / 2
  return ((x - middle) / middle) ** 2 + ((y - middle) / middle) ** 2 <= 1
}

/**
 * The statistics of a face's pixels.
 * @param rgba CROP_SIZE x CROP_SIZE x 4: the face's box, scaled
 * @param landmarks 478 x (x, y, z) in pixels of the frame
 * @param box the part of the frame the crop shows
 */
export function measurePixels(rgba: Uint8ClampedArray, landmarks: Float32Array, box: Box): FacePixels {
  const luma = lumaPlane(rgba)
  let [sum, count, clipped, left, leftCount] = [0, 0, 0, 0, 0]
  let [edges, edgesSquared, edgeCount] = [0, 0, 0]
  for (let y = 0; y < CROP_SIZE; y += 1) {
    for (let x = 0; x < CROP_SIZE; x += 1) {
      if (!inFace(x, y)) continue
      const i = y * CROP_SIZE + x
      const value = luma[i] ?? 0
      sum += value
      count += 1
      if (value < 25 || value > 245) clipped += 1
      if (x < CROP_SIZE / 2) {
        left += value
        leftCount += 1
      }
      if (x < 1 || y < 1 || x > CROP_SIZE - 2 || y > CROP_SIZE - 2) continue
      const around = (luma[i - 1] ?? 0) + (luma[i + 1] ?? 0) + (luma[i - CROP_SIZE] ?? 0) + (luma[i + CROP_SIZE] ?? 0)
      const edge = around - 4 * value
      edges += edge
      edgesSquared += edge * edge
      edgeCount += 1
    }
  }
  const leftMean = left / leftCount
  const rightMean = (sum - left) / (count - leftCount)
  const crop = { rgba, size: CROP_SIZE, landmarks, box }
  return {
    light: sum / count,
    clipped: clipped / count,
    imbalance: Math.abs(leftMean - rightMean) / Math.max(1, leftMean + rightMean),
    sharpness: edgesSquared / edgeCount - (edges / edgeCount) ** 2,
    skin: meanColour(crop, SKIN_POINTS, SKIN_RADIUS),
    cover: coverSigns(crop),
  }
}

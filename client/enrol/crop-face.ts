import { QUANTUM } from '../../shared/liveness/trace.ts'
import { type Picture, sizeOf } from '../camera/picture.ts'

const MARGIN = 0.35
const SIZE = 192

/**
 * A small square picture of the face for the person's own eyes: shown on this page, never sent.
 * @param box x, y, width, height of the face in quanta of the frame's width
 */
export function cropFace(image: Picture, box: readonly [number, number, number, number]): Promise<ImageBitmap> {
  const frameWidth = sizeOf(image).width
  const [x, y, width, height] = box.map((value) => value * QUANTUM * frameWidth) as [number, number, number, number]
  const side = Math.max(width, height) * (1 + MARGIN)
  const left = Math.round(x + width / 2 - side / 2)
  const top = Math.round(y + height / 2 - side / 2)
  return createImageBitmap(image, left, top, Math.round(side), Math.round(side), {
    resizeWidth: SIZE,
    resizeHeight: SIZE,
    resizeQuality: 'medium',
  })
}

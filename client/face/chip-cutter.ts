import { type Picture, sizeOf } from '../camera/picture.ts'
import { makeCanvas, readableContext } from './canvas.ts'
import { chipBounds, cutChip } from './chip.ts'

/**
 * The aligned 150 x 150 x RGB chip (0..255) of a face in a frame. The canvas only copies pixels one to one; every
 * scaling is done by `cutChip`.
 * @throws RangeError when the landmarks coincide
 */
export function chipOf(image: Picture, landmarks: Float32Array): Float32Array {
  const size = sizeOf(image)
  const { x, y, width, height } = chipBounds(landmarks, size.width, size.height)
  const context = readableContext(makeCanvas(width, height))
  context.drawImage(image, -x, -y)
  const { data } = context.getImageData(0, 0, width, height)
  return cutChip({ data, width, height, x, y }, landmarks)
}

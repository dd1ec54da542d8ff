import type { Crop } from './lab.ts'

/**
 * Two frames of 1280 x 720: somebody far off on the left, and then somebody near on the right as well.
 * @param share of the frame's height the far one's square has
 */
export async function crowd(
  [far, near]: readonly [Crop, Crop],
  share: number,
  frameOf: (crop: Crop, width: number, height: number) => Promise<ImageBitmap>,
): Promise<{ readonly alone: ImageBitmap; readonly both: ImageBitmap }> {
  const [width, height] = [1280, 720]
  const context = new OffscreenCanvas(width, height).getContext('2d')
  if (!context) throw new Error('no canvas')
  context.fillStyle = '#667'
  context.fillRect(0, 0, width, height)
  context.drawImage(await frameOf(far, height, height), 20, 120, height * share, height * share)
  const alone = await createImageBitmap(context.canvas)
  context.drawImage(await frameOf(near, height, height), width - height, 0)
  return { alone, both: await createImageBitmap(context.canvas) }
}

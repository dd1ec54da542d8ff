/** A square of a photograph, in its pixels. */
export interface Face {
  readonly file: string
  readonly x: number
  readonly y: number
  readonly size: number
}

/**
 * Frames of a face that moves a little, as before a webcam: the square drifts and breathes by some percent over the
 * photograph, so that no two frames are the same and nobody can answer from a cache.
 */
export async function filmOf(face: Face, frames: number, width: number, height: number): Promise<ImageBitmap[]> {
  const photo = await createImageBitmap(await (await fetch(`/photo/${face.file}`)).blob())
  const canvas = new OffscreenCanvas(width, height)
  const context = canvas.getContext('2d')
  if (!context) throw new Error('no canvas')
  context.imageSmoothingQuality = 'high'
  const film: ImageBitmap[] = []
  for (let i = 0; i < frames; i += 1) {
    const size = face.size * (1 + 0.05 * Math.sin(i / 9))
    const x = face.x + (face.size - size) / 2 + 0.03 * face.size * Math.sin(i / 5)
    const y = face.y + (face.size - size) / 2 + 0.02 * face.size * Math.cos(i / 7)
    context.fillStyle = '#667'
    context.fillRect(0, 0, width, height)
    context.drawImage(photo, x, y, size, size, (width - height) / 2, 0, height, height)
    film.push(await createImageBitmap(canvas))
  }
  photo.close()
  return film
}

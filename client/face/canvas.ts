/** A canvas that needs no page where the browser has one, so that the same code runs in a worker and without. */
export function makeCanvas(width: number, height: number): OffscreenCanvas | HTMLCanvasElement {
  if (typeof OffscreenCanvas !== 'undefined') return new OffscreenCanvas(width, height)
  const canvas = document.createElement('canvas')
  canvas.width = width
  canvas.height = height
  return canvas
}

/**
 * A 2D context whose pixels will be read back often.
 * @throws Error where the browser gives none (out of memory, or no 2D in workers)
 */
export function readableContext(
  canvas: OffscreenCanvas | HTMLCanvasElement,
): OffscreenCanvasRenderingContext2D | CanvasRenderingContext2D {
  const context = canvas.getContext('2d', { willReadFrequently: true })
  // The union of the two canvases' overloads loses the kind of context.
  if (!context || !('drawImage' in context)) throw new Error('no 2D canvas')
  return context
}

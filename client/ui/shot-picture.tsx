import { useEffect, useRef } from 'preact/hooks'

/** An enrolment shot, drawn on a canvas of its own size; the bitmap stays the walk's. */
export function ShotPicture({ picture, label }: { picture: ImageBitmap; label: string }) {
  const canvas = useRef<HTMLCanvasElement>(null)
  useEffect(() => {
    const element = canvas.current
    // A closed bitmap is 0 x 0: its walk is over, and so is this picture.
    if (!element || picture.width === 0) return
    element.width = picture.width
    element.height = picture.height
    element.getContext('2d')?.drawImage(picture, 0, 0)
  }, [picture])
  return <canvas ref={canvas} class="thumb" role="img" aria-label={label} />
}

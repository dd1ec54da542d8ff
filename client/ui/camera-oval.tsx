import type { ComponentChildren } from 'preact'
import { useEffect, useRef } from 'preact/hooks'

interface CameraOvalProps {
  /** The camera's own element, which plays while it is here; null while there is none. */
  readonly video: HTMLVideoElement | null
  readonly previewLabel: string
  /** The whole walk, 0..1. */
  readonly ring: number
  readonly ringLabel: string
  /** The picture steps back: the camera's part is over. */
  readonly dim: boolean
  /** Laid over the middle, e.g. a spinner. */
  readonly children?: ComponentChildren
}

/** Half circles of the ring's ellipse, beginning at the top, clockwise. */
const RING = 'M60 3A57 77 0 0 1 60 157A57 77 0 0 1 60 3'

/** The portrait oval with the mirrored preview and the ring of progress. Its shape is the same at every stage. */
export function CameraOval({ video, previewLabel, ring, ringLabel, dim, children }: CameraOvalProps) {
  const place = useRef<HTMLDivElement>(null)
  useEffect(() => {
    if (!video || !place.current) return
    video.setAttribute('aria-label', previewLabel)
    place.current.replaceChildren(video)
    // A video that is taken off the page is paused, and stays so where it is put back (HTML, "media elements").
    void video.play().catch(() => undefined)
    return () => video.remove()
  }, [video, previewLabel])
  const percent = Math.round(Math.min(1, Math.max(0, ring)) * 100)
  return (
    <div class={dim ? 'oval dim' : 'oval'}>
      <div class="oval-window">
        {!video && (
          <svg class="oval-empty" viewBox="0 0 120 160" aria-hidden="true" focusable="false">
            <path d="M60 38c18 0 29 13 29 33 0 25-14 42-29 42S31 96 31 71c0-20 11-33 29-33Z" />
            <path d="M16 160c3-25 20-34 44-34s41 9 44 34" />
          </svg>
        )}
        <div class="oval-video" ref={place} />
      </div>
      <svg class="oval-ring" viewBox="0 0 120 160" aria-hidden="true" focusable="false">
        <path class="track" d={RING} />
        <path class={percent > 0 ? 'run' : 'run none'} d={RING} pathLength={100} stroke-dashoffset={100 - percent} />
      </svg>
      <div
        class="hidden-text"
        role="progressbar"
        aria-label={ringLabel}
        aria-valuemin={0}
        aria-valuemax={100}
        aria-valuenow={percent}
      />
      {children && <div class="oval-over">{children}</div>}
    </div>
  )
}

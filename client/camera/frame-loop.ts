import { type Picture, takePicture } from './picture.ts'

/** What is done with a frame. It owns the picture; the next one comes when the promise settles. */
export type FrameWork = (image: Picture, at: number) => Promise<void>

/** A capture time further from the presentation than this is on another clock, ms. */
const SAME_CLOCK_MS = 2000

/**
 * The time a frame was taken, on the clock of `performance.now()`: the camera's where the browser passes it on, else
 * when it was presented. Never when it was processed: intervals stay true while the work lags behind.
 */
export function frameTime(now: number, metadata: { captureTime?: number; presentationTime?: number }): number {
  const presented = metadata.presentationTime ?? now
  const { captureTime } = metadata
  return captureTime !== undefined && Math.abs(presented - captureTime) < SAME_CLOCK_MS ? captureTime : presented
}

/** Calls `tell` for every new frame of a playing video, with its time; the returned function ends it. */
function watchFrames(video: HTMLVideoElement, tell: (at: number) => void): () => void {
  let handle = 0
  if ('requestVideoFrameCallback' in HTMLVideoElement.prototype) {
    const next: VideoFrameRequestCallback = (now, metadata) => {
      handle = video.requestVideoFrameCallback(next)
      tell(frameTime(now, metadata))
    }
    handle = video.requestVideoFrameCallback(next)
    return () => video.cancelVideoFrameCallback(handle)
  }
  // A browser without the callback: a new frame is one whose media time differs.
  let shown = -1
  const look = (now: number) => {
    handle = requestAnimationFrame(look)
    if (video.currentTime === shown) return
    shown = video.currentTime
    tell(now)
  }
  handle = requestAnimationFrame(look)
  return () => cancelAnimationFrame(handle)
}

/**
 * Hands the video's frames to `work`, one at a time: a frame that comes while the last is being worked on is skipped.
 * Times grow strictly. Work that fails ends the loop; its error is not swallowed.
 * @returns ends the loop; a picture taken meanwhile is closed
 */
export function runFrameLoop(video: HTMLVideoElement, work: FrameWork): () => void {
  let busy = false
  let ended = false
  let last = -Infinity
  const end = () => {
    ended = true
    unwatch()
  }
  const one = async (at: number) => {
    // Not ready for a moment (a camera that restarts): the next frame comes anyway.
    const image = await takePicture(video)
    if (!image) return
    if (ended) return image.close()
    try {
      await work(image, at)
    } catch (error) {
      end()
      throw error
    }
  }
  const unwatch = watchFrames(video, (at) => {
    if (busy || ended || at <= last) return
    busy = true
    last = at
    void one(at).finally(() => {
      busy = false
    })
  })
  return end
}

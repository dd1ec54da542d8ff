/**
 * Calls `work` with every new frame of a playing video, one at a time: frames that come while the last is being worked
 * on are skipped, so a slow machine sees fewer frames, not older ones.
 * @param work gets the frame as a bitmap (which it must close) and the time it was shown or taken, in the time of
 * performance.now(), ms: intervals stay true when the work lags behind
 * @returns stops the loop
 */
export function eachVideoFrame(
  video: HTMLVideoElement,
  work: (image: ImageBitmap, at: number) => Promise<void>,
): () => void {
  let stopped = false
  let busy = false
  let last = Number.NEGATIVE_INFINITY

  async function take(at: number): Promise<void> {
    busy = true
    try {
      const image = await createImageBitmap(video)
      if (stopped) image.close()
      else await work(image, at)
    } finally {
      busy = false
    }
  }

  /** A frame that cannot be drawn (the track is ending) is no frame; the track's own events tell what is wrong. */
  const onFrame = (at: number) => {
    if (busy || stopped || at <= last || video.videoWidth === 0) return
    last = at
    take(at).catch((error: unknown) => {
      if (!(error instanceof DOMException)) throw error
    })
  }

  let handle = 0
  if ('requestVideoFrameCallback' in video) {
    const step = (now: number, frame: VideoFrameCallbackMetadata) => {
      if (stopped) return
      onFrame(frame.captureTime ?? frame.presentationTime ?? now)
      handle = video.requestVideoFrameCallback(step)
    }
    handle = video.requestVideoFrameCallback(step)
    return () => {
      stopped = true
      video.cancelVideoFrameCallback(handle)
    }
  }
  const step = (now: number) => {
    if (stopped) return
    onFrame(now)
    handle = requestAnimationFrame(step)
  }
  handle = requestAnimationFrame(step)
  return () => {
    stopped = true
    cancelAnimationFrame(handle)
  }
}

/**
 * One picture of a camera. A `VideoFrame` is the camera's own buffer, in colours nobody has converted yet; whoever draws it
 * pays for that, on its own thread. Both can be drawn, handed to a worker and have to be closed.
 */
export type Picture = ImageBitmap | VideoFrame

/** Width and height in pixels, upright. */
export function sizeOf(picture: Picture): { width: number; height: number } {
  return picture instanceof ImageBitmap
    ? { width: picture.width, height: picture.height }
    : { width: picture.displayWidth, height: picture.displayHeight }
}

/**
 * [Note: pictures without work] `createImageBitmap(video)` converts the picture on the page's own thread (10 to 16 ms each
 * here, 30 times a second); a VideoFrame of it takes 0.1 ms. Only Chromium's are taken: there a turned camera's frames
 * come upright. Elsewhere, and where the sizes do not agree, it is a bitmap.
 */
const HAS_FRAMES = typeof VideoFrame === 'function' && 'MediaStreamTrackProcessor' in globalThis

/** What a playing video shows now; null while it shows nothing. The caller closes it. */
export async function takePicture(video: HTMLVideoElement): Promise<Picture | null> {
  if (HAS_FRAMES) {
    const frame = frameOf(video)
    if (frame?.displayWidth === video.videoWidth && frame.displayHeight === video.videoHeight) return frame
    frame?.close()
  }
  return createImageBitmap(video).catch(() => null)
}

function frameOf(video: HTMLVideoElement): VideoFrame | null {
  try {
    return new VideoFrame(video)
  } catch {
    // Not ready for a moment.
    return null
  }
}

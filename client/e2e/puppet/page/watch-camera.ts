import { measure } from '../../../../shared/liveness/measures.ts'
import { openPhotoLandmarker } from './landmark-photo.ts'

/** What the landmark network saw of the camera at a moment. */
export interface Sighting {
  /** Ms since the prompt was shown. */
  readonly t: number
  readonly yaw: number
  readonly pitch: number
  readonly ear: number
  readonly smile: number
  /** A checksum of the picture's pixels. */
  readonly pixels: number
}

const checksum = (data: Uint8ClampedArray): number => {
  let sum = 0
  for (let i = 0; i < data.length; i += 4) sum = (sum * 31 + (data[i] ?? 0)) | 0
  return sum
}

/**
 * Opens the page's camera, shows a prompt as the camera screen would, and looks for `ms`; on a slow machine until it has seen
 * `least` pictures.
 */
async function watchCamera(prompt: string, ms: number, least: number): Promise<Sighting[]> {
  const landmarker = await openPhotoLandmarker()
  const stream = await navigator.mediaDevices.getUserMedia({ video: true })
  const video = Object.assign(document.createElement('video'), { muted: true, srcObject: stream })
  await video.play()
  const canvas = Object.assign(document.createElement('canvas'), { width: 640, height: 480 })
  const context = canvas.getContext('2d', { willReadFrequently: true })
  if (!context) throw new Error('no 2D canvas')
  const view = document.createElement('div')
  Object.assign(view.dataset, { testid: 'camera-view', prompt })
  document.body.append(view)
  const start = performance.now()
  const sightings: Sighting[] = []
  let shownAt = -1
  while (performance.now() - start < ms || sightings.length < least) {
    const { mediaTime } = await new Promise<VideoFrameCallbackMetadata>((resolve) =>
      video.requestVideoFrameCallback((_now, frame) => resolve(frame)),
    )
    // A busy browser shows one frame of the stream twice.
    if (mediaTime === shownAt) continue
    shownAt = mediaTime
    const t = performance.now() - start
    context.drawImage(video, 0, 0)
    const { points } = landmarker.find(canvas)
    if (!points) continue
    const { pose, ear, smile } = measure((index) => [points[index]?.[0] ?? 0, points[index]?.[1] ?? 0])
    const pixels = checksum(context.getImageData(0, 0, 640, 480).data)
    sightings.push({ t, yaw: pose.yaw, pitch: pose.pitch, ear, smile, pixels })
  }
  view.remove()
  for (const track of stream.getTracks()) track.stop()
  return sightings
}

Object.assign(globalThis, { watchCamera })

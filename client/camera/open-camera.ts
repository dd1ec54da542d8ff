import { type Camera, CameraProblem, type CameraTrouble } from './camera-types.ts'
import { eachVideoFrame } from './each-frame.ts'

/** What getUserMedia's errors mean for a person (Media Capture and Streams, 10.2). */
const TROUBLES: Readonly<Record<string, CameraTrouble>> = {
  NotAllowedError: 'denied',
  SecurityError: 'denied',
  NotFoundError: 'none',
  OverconstrainedError: 'none',
  NotReadableError: 'busy',
  AbortError: 'busy',
}

/** A camera that goes silent for longer than this is lost, ms; a page in the background does not count. */
const MUTED_MS = 4000

const troubleOf = (error: unknown): CameraTrouble =>
  (error instanceof DOMException ? TROUBLES[error.name] : undefined) ?? 'busy'

async function ask(deviceId: string | undefined): Promise<MediaStream> {
  const video = (choice: MediaTrackConstraints): MediaTrackConstraints => ({
    width: { ideal: 640 },
    height: { ideal: 480 },
    frameRate: { ideal: 30 },
    ...choice,
  })
  if (!deviceId) return navigator.mediaDevices.getUserMedia({ audio: false, video: video({ facingMode: 'user' }) })
  return navigator.mediaDevices.getUserMedia({ audio: false, video: video({ deviceId: { ideal: deviceId } }) })
}

/**
 * Opens the camera, once a visit.
 * @param options.deviceId the camera that worked last time; another one is taken where it is gone
 * @throws CameraProblem with the trouble that has a screen of its own
 */
export async function openCamera(options: {
  readonly deviceId?: string
  readonly signal?: AbortSignal
}): Promise<Camera> {
  if (!isSecureContext) throw new CameraProblem('insecure')
  if (!navigator.mediaDevices?.getUserMedia) throw new CameraProblem('unsupported')
  const stream = await ask(options.deviceId).catch((error: unknown) => {
    throw new CameraProblem(troubleOf(error), error)
  })
  const stopTracks = () => {
    for (const track of stream.getTracks()) track.stop()
  }
  const track = stream.getVideoTracks()[0]
  if (options.signal?.aborted || !track) {
    stopTracks()
    throw new CameraProblem('none')
  }
  const video = document.createElement('video')
  video.muted = true
  video.playsInline = true
  video.srcObject = stream
  await video.play().catch((error: unknown) => {
    stopTracks()
    throw new CameraProblem('busy', error)
  })

  const listeners = new Set<() => void>()
  const loops = new Set<() => void>()
  let stopped = false
  let muted: ReturnType<typeof setTimeout> | undefined
  const lose = () => {
    if (!stopped) for (const tell of listeners) tell()
  }
  track.addEventListener('ended', lose)
  track.addEventListener('mute', () => {
    muted = setTimeout(() => {
      if (!document.hidden && track.muted) lose()
    }, MUTED_MS)
  })
  track.addEventListener('unmute', () => clearTimeout(muted))

  return {
    stream,
    video,
    label: track.label,
    deviceId: track.getSettings().deviceId ?? '',
    eachFrame(work) {
      const end = eachVideoFrame(video, work)
      loops.add(end)
      return () => {
        end()
        loops.delete(end)
      }
    },
    onLost(tell) {
      listeners.add(tell)
    },
    stop() {
      if (stopped) return
      stopped = true
      clearTimeout(muted)
      for (const end of loops) end()
      stopTracks()
      video.srcObject = null
    },
  }
}

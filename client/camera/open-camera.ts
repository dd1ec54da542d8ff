import { stayAwake } from '../core/awake.ts'
import { askStream } from './ask-stream.ts'
import { cameraProblem, troubleBefore } from './camera-trouble.ts'
import { type Camera, CameraProblem } from './camera-types.ts'
import { runFrameLoop } from './frame-loop.ts'
import { listCameras } from './list-cameras.ts'

/** A camera that is allowed but gives no picture in this time is held by another program, ms. */
const FIRST_FRAME_MS = 10_000

/** A track may be muted for a moment; longer than this the picture is gone, ms. */
const MUTED_MS = 3000

/** The side of a phone a camera is on: `user` sees whoever holds it. */
export type Facing = 'user' | 'environment'

/**
 * What is asked for. A camera is asked for by its id only where the browser lists it: by a mere wish Chromium takes its
 * own favourite, and an id that is gone would cost a second request (iOS asks the person again each time).
 */
async function constraints(wanted: string | undefined, facing: Facing): Promise<MediaTrackConstraints> {
  const size = { width: { ideal: 640 }, height: { ideal: 480 }, frameRate: { ideal: 30 } }
  const listed = wanted !== undefined && (await listCameras()).some(({ deviceId }) => deviceId === wanted)
  return listed ? { ...size, deviceId: { exact: wanted } } : { ...size, facingMode: { ideal: facing } }
}

async function play(stream: MediaStream): Promise<HTMLVideoElement> {
  const video = document.createElement('video')
  video.muted = true
  video.playsInline = true
  video.autoplay = true
  video.srcObject = stream
  const pictured = new Promise<void>((resolve, reject) => {
    const late = setTimeout(() => reject(new CameraProblem('busy')), FIRST_FRAME_MS)
    video.addEventListener('loadeddata', () => {
      clearTimeout(late)
      resolve()
    })
  })
  await Promise.all([pictured, video.play()])
  return video
}

/** A camera that says nothing and gives no new picture for this long is lost, ms; looked at this often. */
const STILL_MS = 6000
const LOOK_MS = 500

/** Calls `tell` when a video has shown no new picture for a while. Not where it was taken off the page: that pauses it. */
function watchPictures(video: HTMLVideoElement, tell: () => void): () => void {
  let shown = -1
  let still = 0
  const timer = setInterval(() => {
    const moved = video.currentTime !== shown
    shown = video.currentTime
    const offPage = video.paused && !video.isConnected
    // In the background a browser rests, the camera need not be at fault.
    still = moved || offPage || document.hidden ? 0 : still + LOOK_MS
    if (still >= STILL_MS) tell()
  }, LOOK_MS)
  return () => clearInterval(timer)
}

/** Calls `tell` when the picture is gone: the track ended, stayed muted, or no new picture comes. */
function watchLoss(track: MediaStreamTrack, video: HTMLVideoElement, tell: () => void): () => void {
  let timer: ReturnType<typeof setTimeout> | undefined
  const unwatch = watchPictures(video, tell)
  const muted = () => {
    timer = setTimeout(() => {
      // In the background a phone mutes every camera: that is no loss.
      if (!document.hidden) tell()
    }, MUTED_MS)
  }
  const unmuted = () => clearTimeout(timer)
  track.addEventListener('ended', tell)
  track.addEventListener('mute', muted)
  track.addEventListener('unmute', unmuted)
  return () => {
    unwatch()
    clearTimeout(timer)
    track.removeEventListener('ended', tell)
    track.removeEventListener('mute', muted)
    track.removeEventListener('unmute', unmuted)
  }
}

/**
 * Asks for a camera (640 x 480 or more, facing the person, 30 frames a second: wishes) and waits for its first picture.
 * @param facing the side wished for where no camera is named
 * @param deviceId the camera that worked last time, or a picker's choice; another one is taken where it is gone
 * @throws CameraProblem with the trouble, or the signal's reason; nothing is left open then
 */
export async function openCamera({
  deviceId,
  facing = 'user',
  signal,
}: {
  readonly deviceId?: string
  readonly facing?: Facing
  readonly signal?: AbortSignal
} = {}): Promise<Camera> {
  const hasDevices = typeof navigator.mediaDevices?.getUserMedia === 'function'
  const trouble = troubleBefore({ isSecureContext, hasDevices })
  if (trouble) throw new CameraProblem(trouble)
  let stream: MediaStream | null = null
  try {
    const wished = await constraints(deviceId, facing)
    stream = await askStream(() => navigator.mediaDevices.getUserMedia({ audio: false, video: wished }))
    signal?.throwIfAborted()
    const track = stream.getVideoTracks()[0]
    if (!track) throw new CameraProblem('none')
    const video = await play(stream)
    signal?.throwIfAborted()
    return hold(stream, track, video)
  } catch (error) {
    for (const track of stream?.getTracks() ?? []) track.stop()
    signal?.throwIfAborted()
    throw cameraProblem(error)
  }
}

function hold(stream: MediaStream, track: MediaStreamTrack, video: HTMLVideoElement): Camera {
  // Whoever looks into a camera touches nothing for a minute.
  const sleepAgain = stayAwake()
  const ends = new Set<() => void>()
  const tells = new Set<() => void>()
  // A track that ended while the video was starting has told nobody.
  let lost = track.readyState === 'ended'
  const unwatch = watchLoss(track, video, () => {
    lost = true
    for (const tell of tells) tell()
    tells.clear()
  })
  return {
    stream,
    video,
    label: track.label,
    deviceId: track.getSettings().deviceId ?? '',
    eachFrame(work) {
      const end = runFrameLoop(video, work)
      ends.add(end)
      return () => {
        end()
        ends.delete(end)
      }
    },
    onLost(tell) {
      if (lost) tell()
      else tells.add(tell)
    },
    stop() {
      unwatch()
      sleepAgain()
      tells.clear()
      for (const end of ends) end()
      ends.clear()
      for (const each of stream.getTracks()) each.stop()
      video.srcObject = null
    },
  }
}

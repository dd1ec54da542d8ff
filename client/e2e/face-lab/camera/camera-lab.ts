import { type Camera, CameraProblem } from '../../../camera/camera-types.ts'
import { listCameras } from '../../../camera/list-cameras.ts'
import { openCamera } from '../../../camera/open-camera.ts'

let camera: Camera | null = null

/** What the camera tests call in the page. */
export const cameraLab = {
  /** Opens the camera: its facts, or the trouble. */
  async open(deviceId?: string) {
    try {
      camera = await openCamera(deviceId ? { deviceId } : {})
      const { label, video } = camera
      return { label, deviceId: camera.deviceId, width: video.videoWidth, height: video.videoHeight }
    } catch (error) {
      return { trouble: error instanceof CameraProblem ? error.trouble : String(error) }
    }
  },

  /** Works `busyMs` on each frame for a while: the frames' times, how many ran at once, and what came after the end. */
  async frames(howLongMs: number, busyMs: number) {
    const times: number[] = []
    let [now, most, after, ended] = [0, 0, 0, false]
    const end = camera?.eachFrame(async (image, at) => {
      if (ended) after += 1
      times.push(at)
      now += 1
      most = Math.max(most, now)
      await new Promise((resolve) => setTimeout(resolve, busyMs))
      image.close()
      now -= 1
    })
    await new Promise((resolve) => setTimeout(resolve, howLongMs))
    end?.()
    ended = true
    await new Promise((resolve) => setTimeout(resolve, 300))
    return { times, most, after, clock: performance.now() }
  },

  list: listCameras,

  /** Ends the track as an unplugged camera does; how often the loss was told. */
  async lose() {
    let told = 0
    camera?.onLost(() => {
      told += 1
    })
    camera?.stream.getVideoTracks()[0]?.dispatchEvent(new Event('ended'))
    camera?.onLost(() => {
      told += 10
    })
    return told
  },

  /** Opens the camera; it is unplugged between its first picture and the moment it is handed over. Whether that is told. */
  async openLosing() {
    const { play } = HTMLMediaElement.prototype
    HTMLMediaElement.prototype.play = async function unplugged() {
      await play.call(this)
      const stream = this.srcObject instanceof MediaStream ? this.srcObject : null
      for (const track of stream?.getTracks() ?? []) {
        track.stop()
        track.dispatchEvent(new Event('ended'))
      }
    }
    try {
      camera = await openCamera()
    } finally {
      HTMLMediaElement.prototype.play = play
    }
    return isTold(camera, 100)
  },

  /** A picture on view that stands still without a word of the browser's: whether that is told within `ms`. */
  async standStill(ms: number) {
    if (!camera) return null
    document.body.append(camera.video)
    camera.video.pause()
    return isTold(camera, ms)
  },

  /** Puts the video on the page and takes it off again, which pauses it: whether a loss is told within `ms`. */
  async takeOff(ms: number) {
    if (!camera) return null
    document.body.append(camera.video)
    camera.video.remove()
    return isTold(camera, ms)
  },

  stop() {
    camera?.stop()
    camera?.stop()
    return camera?.stream.getTracks().map(({ readyState }) => readyState)
  },

  asked() {
    return asked
  },
}

const isTold = (of: Camera, ms: number): Promise<boolean> =>
  new Promise((resolve) => {
    of.onLost(() => resolve(true))
    setTimeout(() => resolve(false), ms)
  })

/** Every request for a camera, as it was made. */
const asked: MediaStreamConstraints[] = []
if (navigator.mediaDevices) {
  const original = navigator.mediaDevices.getUserMedia.bind(navigator.mediaDevices)
  navigator.mediaDevices.getUserMedia = (wanted) => {
    asked.push(wanted ?? {})
    return original(wanted)
  }
}

declare global {
  interface Window {
    cameraLab?: typeof cameraLab
  }
}
window.cameraLab = cameraLab

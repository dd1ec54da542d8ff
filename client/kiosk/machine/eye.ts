import { type Camera, CameraProblem, type CameraTrouble } from '../../camera/camera-types.ts'
import { listCameras } from '../../camera/list-cameras.ts'
import { openCamera } from '../../camera/open-camera.ts'
import { dropEngine, holdEngine } from '../../check-in/engine-holder.ts'
import type { FaceEngine, Seen } from '../../face/engine-types.ts'

/** After trouble with camera or networks it is tried again, ms. */
const AGAIN_MS = 3_000
/** The chosen camera is there and has not opened so often in a row: another one is taken, and it is tried again later, ms. */
const BEFORE_ANOTHER = 2
const CHOSEN_AGAIN_MS = 5 * 60_000
/** A network that was given a picture and says nothing for this long: its worker was killed. Looked at every second. */
const STUCK_MS = 8_000
const WATCH_MS = 1_000
/** Somebody this much smaller stands behind: the nearest face counts as the only one. */
const BEHIND = 0.65

export interface Eye {
  /** Both are there and work. */
  ready(): { readonly camera: Camera; readonly engine: FaceEngine } | null
  /** Something in the networks failed: new ones are opened. */
  breakEngine(): void
  /** Another camera from now on. */
  pick(deviceId: string): void
  stop(): void
}

export interface EyeOptions {
  /** The camera that was chosen; another one is taken while it is not there, or does not open. Null: whichever opens first. */
  readonly cameraId: string | null
  /** Nobody walks: the camera may be changed for the chosen one, which was plugged in again; the face for a nearer one. */
  isFree(): boolean
  onCamera(camera: Camera | null, trouble: CameraTrouble | null): void
  /** Share of the networks that is loaded; null: they could not be had, and are tried again. */
  onLoaded(share: number | null): void
  /** Both are there. */
  onReady(): void
  /** One of them is gone. */
  onGone(): void
}

/** What the networks were given and have not answered. */
function createPending() {
  const given = new Set<{ at: number }>()
  return {
    async add<T>(work: Promise<T>): Promise<T> {
      const one = { at: performance.now() }
      given.add(one)
      try {
        return await work
      } finally {
        given.delete(one)
      }
    },
    /** How long the oldest has waited, ms; 0: nothing waits. */
    longest: () => Math.max(0, ...[...given].map(({ at }) => performance.now() - at)),
    /** What waits is as if it were given now. */
    renew() {
      for (const one of given) one.at = performance.now()
    },
    clear: () => given.clear(),
  }
}

/** The one who stands nearest is looked at, a walk long the same one; whoever waits well behind is not in the picture. */
function nearestOnly(engine: FaceEngine, { add }: ReturnType<typeof createPending>, isFree: () => boolean): FaceEngine {
  return {
    ...engine,
    async look(image, at): Promise<Seen> {
      const seen = await add(engine.look(image, at, isFree()))
      return seen.faces > 1 && (seen.rival ?? 1) < BEHIND ? { ...seen, faces: 1 } : seen
    },
    embed: (image, landmarks) => add(engine.embed(image, landmarks)),
  }
}

/** Keeps camera and networks open for days: opens them again whenever one is lost, until `stop`. */
export function openEye(options: EyeOptions): Eye {
  let camera: Camera | null = null
  let engine: FaceEngine | null = null
  let cameraId = options.cameraId
  const pending = createPending()
  let [round, over] = [0, false]
  /** How often in a row the chosen camera did not open. */
  let failed = 0
  let retry: ReturnType<typeof setTimeout> | undefined
  const timers = new Set<ReturnType<typeof setTimeout>>()
  const later = (work: () => void, ms: number) => {
    const timer = setTimeout(() => {
      timers.delete(timer)
      work()
    }, ms)
    timers.add(timer)
  }
  const tellReady = () => {
    if (camera && engine) options.onReady()
  }

  /** The chosen camera; where it is there and does not open (another program has it, it hangs), in the end another one. */
  async function openChosen(isWanted: () => boolean): Promise<Camera> {
    try {
      const chosen = await openCamera(cameraId === null ? {} : { deviceId: cameraId })
      failed = 0
      return chosen
    } catch (error) {
      failed += 1
      if (failed < BEFORE_ANOTHER) throw error
      const cameras = await listCameras().catch(() => [])
      const [other] = cameras.filter(({ deviceId }) => deviceId !== '' && deviceId !== cameraId)
      const isThere = cameras.some(({ deviceId }) => deviceId === cameraId)
      if (!isThere || other === undefined || !isWanted()) throw error
      const stand = await openCamera({ deviceId: other.deviceId }).catch(() => Promise.reject(error))
      later(() => {
        isBack = true
      }, CHOSEN_AGAIN_MS)
      return stand
    }
  }

  async function startCamera(): Promise<void> {
    const mine = ++round
    clearTimeout(retry)
    try {
      const opened = await openChosen(() => !over && mine === round)
      if (over || mine !== round) return opened.stop()
      camera = opened
      cameraId ??= opened.deviceId || null
      opened.onLost(() => {
        if (camera === opened) loseCamera('lost')
      })
      options.onCamera(opened, null)
      tellReady()
    } catch (error) {
      if (over || mine !== round) return
      loseCamera(error instanceof CameraProblem ? error.trouble : 'unsupported')
    }
  }

  function loseCamera(trouble: CameraTrouble): void {
    camera?.stop()
    camera = null
    options.onCamera(null, trouble)
    options.onGone()
    retry = setTimeout(() => void startCamera(), AGAIN_MS)
  }

  function pick(deviceId: string): void {
    if (deviceId !== cameraId) failed = 0
    cameraId = deviceId
    camera?.stop()
    camera = null
    options.onGone()
    void startCamera()
  }

  /** The chosen one is there again, and somebody walks before the other. */
  let isBack = false
  const takeChosen = async () => {
    isBack = false
    const cameras = await listCameras().catch(() => [])
    const chosen = cameras.find(({ deviceId }) => deviceId === cameraId)
    if (over || camera === null || chosen === undefined || camera.deviceId === cameraId) return
    if (options.isFree()) pick(chosen.deviceId)
    else isBack = true
  }

  /** @param again after they could not be had: nothing is told of how far it is, until they can */
  async function startEngine(again = false): Promise<void> {
    try {
      const held = await holdEngine(({ loaded, total }) => {
        if (!again) options.onLoaded(total > 0 ? loaded / total : 0)
      })
      if (over) return held.release()
      engine = nearestOnly(held.engine, pending, options.isFree)
      options.onLoaded(1)
      tellReady()
    } catch (error) {
      console.error(error)
      options.onLoaded(null)
      if (!over) later(() => void startEngine(true), AGAIN_MS)
    }
  }

  function breakEngine(): void {
    if (engine === null) return
    engine = null
    pending.clear()
    dropEngine()
    options.onLoaded(0)
    options.onGone()
    later(() => void startEngine(), 0)
  }

  let watched = performance.now()
  const watch = setInterval(() => {
    const slept = performance.now() - watched > 3 * WATCH_MS
    watched = performance.now()
    // A page in the background, or a tablet that slept: nobody had the time to answer.
    if (document.hidden || slept) pending.renew()
    else if (pending.longest() > STUCK_MS) breakEngine()
    if (isBack && options.isFree()) void takeChosen()
  }, WATCH_MS)
  navigator.mediaDevices?.addEventListener('devicechange', takeChosen)
  void startCamera()
  void startEngine()

  return {
    ready: () => (camera && engine ? { camera, engine } : null),
    breakEngine,
    pick,
    stop() {
      over = true
      clearInterval(watch)
      clearTimeout(retry)
      for (const timer of timers) clearTimeout(timer)
      navigator.mediaDevices?.removeEventListener('devicechange', takeChosen)
      camera?.stop()
      dropEngine()
    },
  }
}

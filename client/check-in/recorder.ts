import { measureFrame } from '../../shared/liveness/measure-frame.ts'
import type { Measures } from '../../shared/liveness/measures.ts'
import { type Plan, type Session, startSession, stepSession } from '../../shared/liveness/session.ts'
import { type TraceFrame, traceFrame } from '../../shared/liveness/trace.ts'
import type { Camera } from '../camera/camera-types.ts'
import type { Picture } from '../camera/picture.ts'
import type { FaceEngine, Seen } from '../face/engine-types.ts'

/** A frame that was embedded: its index in the trace, the unit vector, whether it is an enrolment shot. */
export interface Embedded {
  readonly frame: number
  readonly vector: Float32Array
  readonly shot: boolean
  readonly quality: number
}

/** One frame as the recorder saw it. */
export interface Look {
  /** Its place in the trace, if it is kept. */
  readonly index: number
  readonly frame: TraceFrame
  readonly seen: Seen
  readonly measures: Measures | null
  readonly session: Session
  readonly before: Session
  /** An embedding is still running: another one would wait for it. */
  readonly busy: boolean
  /** The picture: alive until `onLook` returns, then closed unless it was embedded. */
  readonly image: Picture
}

/** What to do with the picture of a frame: nothing, or embed it, after those that still wait for it. */
export type Wish = null | {
  readonly shot: boolean
  readonly quality: number
  /** Of the embeddings with one number here only the newest is kept. */
  readonly instead?: number
}

export interface Recorder {
  readonly frames: readonly TraceFrame[]
  /** All frames embedded so far; waits for those under way. */
  embedded(): Promise<readonly Embedded[]>
  /** Fewer frames are looked at from now on, and few of them kept but those embedded: no challenge needs them. */
  slowDown(): void
  pause(): void
  resume(): void
  stop(): void
}

/**
 * Least time between two frames of the trace, ms, by how many it holds: a sealed capture has 150 kB. Measured on a clip of
 * a large face that never stops moving, with half a pixel of noise: 60 to 85 bytes a frame, about 94 kB sealed after a minute.
 * The first 15 s take every frame, a long session makes do with fewer. The second minute of who has twice the time: close
 * enough to see a blink (GAP_MS in challenges.ts), and few enough that most frames of the trace are quick ones (MIN_FPS in
 * signal-motion.ts goes by the median).
 */
const PACE = [
  { upTo: 450, gap: 0 },
  { upTo: 650, gap: 65 },
  { upTo: 900, gap: 120 },
  { upTo: Number.POSITIVE_INFINITY, gap: 150 },
] as const
/** After the challenges: least time between two frames that are looked at, and between two that are kept only to be seen, ms. */
const SHOT_GAP_MS = 150
const KEPT_GAP_MS = 1000

/**
 * camera -> landmarks -> trace -> reducer -> (embedding). Frames are quantised before the reducer sees them, so that the
 * server, replaying the trace, walks through the same states.
 * @param ticketAt performance.now() when the ticket came: time zero of the trace
 * @param onLook is told every frame and may ask for its embedding; a throw goes to onError
 */
export function startRecorder(options: {
  readonly camera: Camera
  readonly engine: FaceEngine
  readonly plan: Plan
  readonly ticketAt: number
  onLook(look: Look): Wish
  onError(error: unknown): void
}): Recorder {
  const { camera, engine, plan, ticketAt } = options
  const frames: TraceFrame[] = []
  const embedded: Embedded[] = []
  const latest = new Map<number, Embedded>()
  let session = startSession(plan)
  let lastExtras = Number.NEGATIVE_INFINITY
  let embedding: Promise<void> = Promise.resolve()
  let running = 0
  let lookedAt = Number.NEGATIVE_INFINITY
  let slow = false
  let paused = false
  let stopped = false

  const tooSoon = (t: number) => {
    if (lookedAt < 0) return t < 0
    const gap = slow ? SHOT_GAP_MS : (PACE.find(({ upTo }) => frames.length < upTo)?.gap ?? 0)
    // One millisecond more is owed to `t` being whole.
    return Math.round(t) <= lookedAt || t - lookedAt < gap
  }
  const isKept = (t: number) => !slow || t - (frames.at(-1)?.t ?? Number.NEGATIVE_INFINITY) >= KEPT_GAP_MS

  function embed(image: Picture, seen: Seen, frame: number, { shot, quality, instead }: NonNullable<Wish>): void {
    const { landmarks } = seen
    if (!landmarks) {
      image.close()
      return
    }
    running += 1
    const earlier = embedding
    embedding = engine
      .embed(image, landmarks)
      .then((vector) => {
        const older = instead === undefined ? undefined : latest.get(instead)
        if (older) embedded.splice(embedded.indexOf(older), 1)
        const made = { frame, vector, shot, quality }
        if (instead !== undefined) latest.set(instead, made)
        embedded.push(made)
      })
      .catch(options.onError)
      .finally(() => {
        running -= 1
      })
      .then(() => earlier)
  }

  async function work(image: Picture, at: number): Promise<void> {
    const t = at - ticketAt
    if (paused || tooSoon(t)) return image.close()
    const seen = await engine.look(image, at)
    const frame = traceFrame(
      {
        t,
        faces: seen.faces,
        landmarks: seen.landmarks,
        width: seen.width,
        pixels: seen.pixels,
      },
      lastExtras,
    )
    // What is still on its way when the walk has ended is nobody's news any more.
    if (paused || stopped) return image.close()
    lookedAt = frame.t
    const before = session
    session = stepSession(session, frame)
    const index = frames.length
    const wish = options.onLook({
      index,
      frame,
      seen,
      measures: measureFrame(frame),
      session,
      before,
      busy: running > 0,
      image,
    })
    if (wish || isKept(frame.t)) {
      frames.push(frame)
      if (frame.extras) lastExtras = frame.t
    }
    if (wish) embed(image, seen, index, wish)
    else image.close()
  }

  const end = camera.eachFrame((image, at) =>
    work(image, at).catch((error: unknown) => {
      image.close()
      options.onError(error)
    }),
  )

  return {
    frames,
    async embedded() {
      await embedding
      return embedded
    },
    slowDown() {
      slow = true
    },
    pause() {
      paused = true
    },
    resume() {
      paused = false
    },
    stop() {
      stopped = true
      end()
    },
  }
}

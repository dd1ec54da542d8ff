import type { z } from 'zod'
import type { User } from '../../shared/contract/auth.ts'
import type { SealedCapture } from '../../shared/contract/capture.ts'
import type { faceUploadReply } from '../../shared/contract/face.ts'
import { showOnePerson } from '../../shared/face/match.ts'
import { FACE_MODELS } from '../../shared/face/model.ts'
import { measureFrame } from '../../shared/liveness/measure-frame.ts'
import { type TraceFrame, traceFrame } from '../../shared/liveness/trace.ts'
import { holdEngine } from '../check-in/engine-holder.ts'
import { registerThisDevice, withThisDevice } from '../check-in/phone-device.ts'
import { deliver, sealEvidence } from '../check-in/send.ts'
import type { WalkApi } from '../check-in/walk-core.ts'
import type { Hint, WalkProgress } from '../check-in/walk-state.ts'
import type { FaceEngine, Seen } from '../face/engine-types.ts'
import { shotQuality } from '../face/quality.ts'
import { cropFace } from './crop-face.ts'

/** More than this of each photograph, 0..100 (the plan's 85 %); at least so many, and at most what a capture holds. */
const GOOD = 85
export const PHOTOS = { least: 3, most: 12 } as const
/** A camera's own 12 megapixels are looked at smaller: the longer side, pixels. */
const LONGEST = 1600
/** A mesh that follows one face is shown an empty picture first, so that it looks for the next one anew. */
const LOOKS = 3

export type UploadReply = z.output<typeof faceUploadReply>

export interface PhotoApi extends WalkApi {
  upload(capture: SealedCapture, signal?: AbortSignal): Promise<UploadReply>
}

/** A photograph, judged. `vector`: null when it is not good enough. The picture of the face stays on this page. */
export interface Photo {
  readonly name: string
  readonly picture: ImageBitmap | null
  /** 0..100. */
  readonly quality: number
  /** What is wrong with it. */
  readonly fault: Hint | 'unreadable' | null
  readonly seen: Seen | null
  readonly vector: Float32Array | null
}

const NOTHING = { picture: null, quality: 0, seen: null, vector: null } as const

async function openPhoto(file: File): Promise<ImageBitmap | null> {
  const whole = await createImageBitmap(file).catch(() => null)
  const longer = Math.max(whole?.width ?? 0, whole?.height ?? 0)
  if (whole === null || longer <= LONGEST) return whole
  const scale = LONGEST / longer
  const small = await createImageBitmap(whole, {
    resizeWidth: Math.round(whole.width * scale),
    resizeHeight: Math.round(whole.height * scale),
    resizeQuality: 'high',
  })
  whole.close()
  return small
}

/** The face of a still picture, found as if the camera had just been turned on. */
async function findFace(engine: FaceEngine, image: ImageBitmap): Promise<Seen> {
  const empty = await createImageBitmap(new ImageData(64, 64))
  await engine.look(empty, performance.now())
  empty.close()
  let seen = await engine.look(image, performance.now())
  for (let tries = 1; tries < LOOKS && seen.faces === 0; tries += 1) seen = await engine.look(image, performance.now())
  return seen
}

const frameOf = (seen: Seen, t: number): TraceFrame =>
  traceFrame({ t, faces: seen.faces, landmarks: seen.landmarks, width: seen.width, pixels: seen.pixels }, -Infinity)

async function judge(engine: FaceEngine, file: File): Promise<Photo> {
  const { name } = file
  const image = await openPhoto(file)
  if (image === null) return { name, fault: 'unreadable', ...NOTHING }
  const seen = await findFace(engine, image)
  const frame = frameOf(seen, 0)
  const pose = measureFrame(frame)?.pose
  if (seen.faces !== 1 || !seen.landmarks || !pose) {
    image.close()
    return { name, fault: seen.faces > 1 ? 'one_face_only' : 'no_face', ...NOTHING }
  }
  const picture = await cropFace(image, frame.box)
  const { score, hint } = shotQuality({ seen, pose })
  if (score > GOOD) {
    const vector = await engine.embed(image, seen.landmarks)
    return { name, picture, quality: score, fault: null, seen, vector }
  }
  image.close()
  return { name, picture, quality: score, fault: hint ?? 'blurred', seen, vector: null }
}

/** Whether all good photographs show one person. */
export function areOfOnePerson(photos: readonly Photo[]): boolean {
  const vectors = photos.flatMap(({ vector }) => (vector ? [vector] : []))
  return vectors.length === 0 || showOnePerson(FACE_MODELS[0], vectors)
}

export interface PhotoReader {
  judge(file: File): Promise<Photo>
  /** Signs, seals and sends what the good photographs gave: numbers, no picture. @throws ApiProblem, WalkFailure */
  send(photos: readonly Photo[]): Promise<UploadReply>
  close(): void
}

/**
 * Opens the networks for photographs of a face.
 * @param options.user whose browser this is; the ticket says whose face it is about
 * @throws EngineProblem
 */
export async function openPhotoReader(options: {
  readonly api: PhotoApi
  readonly user: Pick<User, 'id'>
  onProgress(progress: WalkProgress): void
}): Promise<PhotoReader> {
  const { api, user, onProgress } = options
  const { engine, release } = await holdEngine(onProgress)
  const { signal, abort } = cancelling()
  return {
    judge: (file) => judge(engine, file),
    async send(photos) {
      const good = photos.flatMap(({ seen, vector, quality }) => (seen && vector ? [{ seen, vector, quality }] : []))
      const caller = { api, userId: user.id, signal }
      const { key, reply: ticket } = await withThisDevice(caller, await registerThisDevice(caller), ({ id }) =>
        api.ticket({ purpose: 'upload', device_id: id }, signal),
      )
      const frames = good.map(({ seen }, t) => frameOf(seen, t))
      const embedded = good.map(({ vector, quality }, frame) => ({ frame, vector, quality, shot: true }))
      const [first] = good
      const camera = {
        label: '',
        video: { videoWidth: first?.seen.width ?? 1, videoHeight: first?.seen.height ?? 1 },
      }
      const sealed = await sealEvidence({ recorder: { frames }, embedded, camera, engine, ticket, key })
      return deliver(sealed, (body) => api.upload(body, signal), signal)
    },
    close() {
      abort()
      release()
    },
  }
}

function cancelling(): { signal: AbortSignal; abort: () => void } {
  const controller = new AbortController()
  return { signal: controller.signal, abort: () => controller.abort() }
}

import { type Capture, MAX_CAPTURE_BYTES, type SealedCapture, type Ticket } from '../../shared/contract/capture.ts'
import { FACE_MODELS } from '../../shared/face/model.ts'
import { encodeTrace } from '../../shared/liveness/trace.ts'
import { toProblem } from '../core/api-problem.ts'
import { stayAwake } from '../core/awake.ts'
import type { DeviceKey } from '../evidence/device-key.ts'
import { deflateTrace, encodeVector, sealCapture } from '../evidence/seal.ts'
import type { FaceEngine } from '../face/engine-types.ts'
import type { Embedded, Recorder } from './recorder.ts'
import { WalkFailure } from './walk-failure.ts'

/** Waits between tries when the network is away, ms: about half a minute in all. */
const RETRIES = [1000, 2000, 4000, 8000, 12_000] as const
/** Nobody waits longer where each try takes its time to fail, ms: a ticket's life is 120 s. */
const PATIENCE_MS = 60_000

/** What the pictures were taken with, or came from. */
export interface Lens {
  readonly label: string
  readonly video: { readonly videoWidth: number; readonly videoHeight: number }
}

/** Signs and seals what the recorder holds. @throws WalkFailure when it is larger than a capture may be */
export async function sealEvidence(from: {
  readonly recorder: Pick<Recorder, 'frames'>
  readonly embedded: readonly Embedded[]
  readonly camera: Lens
  readonly engine: FaceEngine
  readonly ticket: Ticket
  readonly key: DeviceKey
}): Promise<SealedCapture> {
  const { recorder, embedded, camera, engine, ticket, key } = from
  const { videoWidth, videoHeight } = camera.video
  const capture: Capture = {
    v: 1,
    ticket: ticket.id,
    purpose: ticket.purpose,
    model: FACE_MODELS[0].id,
    trace: await deflateTrace(encodeTrace(recorder.frames)),
    embeddings: embedded.map(({ frame, vector, shot, quality }) => ({
      frame,
      vector: encodeVector(vector),
      shot,
      quality,
    })),
    camera: { label: camera.label.slice(0, 200), width: videoWidth || 1, height: videoHeight || 1 },
    engine: engine.backend,
  }
  const sealed = await sealCapture(capture, key, ticket.sealing)
  if (sealed.length > MAX_CAPTURE_BYTES) throw new WalkFailure('too_large')
  return { ticket: ticket.ticket, capture: sealed, device_info: navigator.userAgent.slice(0, 300) }
}

const wait = (ms: number, signal: AbortSignal) =>
  new Promise<void>((resolve) => {
    const timer = setTimeout(resolve, ms)
    signal.addEventListener('abort', () => {
      clearTimeout(timer)
      resolve()
    })
  })

/** Does that while the screen stays on: a phone that is locked in the middle of it may drop what is sent. */
export async function whileAwake<T>(work: () => Promise<T>): Promise<T> {
  const sleepAgain = stayAwake()
  try {
    return await work()
  } finally {
    sleepAgain()
  }
}

/**
 * Sends a sealed capture until the server has answered: the very same bytes again when the network fails, so that a lost
 * reply gets the stored receipt and not a refusal. Nothing is stored: with the page, the capture is gone.
 * @throws ApiProblem with the server's refusal, or `no_network` when it stayed away
 */
export async function deliver<R>(
  sealed: SealedCapture,
  post: (sealed: SealedCapture) => Promise<R>,
  signal: AbortSignal,
): Promise<R> {
  const began = performance.now()
  for (let tries = 0; ; tries += 1) {
    try {
      return await post(sealed)
    } catch (error) {
      const { code } = toProblem(error)
      const pause = RETRIES[tries]
      const again = code === 'no_network' || code === 'unavailable'
      const isOver = pause === undefined || performance.now() - began > PATIENCE_MS
      if (!again || isOver || signal.aborted) throw error
      await wait(pause, signal)
    }
  }
}

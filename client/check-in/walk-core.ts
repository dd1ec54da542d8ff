import type { User } from '../../shared/contract/auth.ts'
import type { Purpose, Ticket } from '../../shared/contract/capture.ts'
import type { Session } from '../../shared/liveness/session.ts'
import type { Camera } from '../camera/camera-types.ts'
import { openCamera } from '../camera/open-camera.ts'
import type { Api, Place } from '../core/api.ts'
import type { DeviceKey } from '../evidence/device-key.ts'
import type { FaceEngine } from '../face/engine-types.ts'
import { dropEngine, holdEngine } from './engine-holder.ts'
import { chooseMoments } from './moments.ts'
import { registerThisDevice, withThisDevice } from './phone-device.ts'
import { type Look, type Recorder, startRecorder, type Wish } from './recorder.ts'
import { followsOnMet, hintOf, onlyChanges, type SteadyHint, stateOf, steadyHint } from './show.ts'
import { toWalkFailure, WalkFailure } from './walk-failure.ts'
import type { WalkState } from './walk-state.ts'

/** What every walk asks of the server. */
export type WalkApi = Pick<Api, 'deviceNonce' | 'registerDevice' | 'ticket'>

/** `user`: whose device this is, the signed-in person. The ticket says whose face it is about. */
export interface WalkOptions<A extends WalkApi = Api> {
  readonly api: A
  readonly user: Pick<User, 'id'>
  onState(state: WalkState): void
  onCamera(camera: Camera): void
  readonly cameraId?: string
  /** Where she is by the newest reading, if she agreed to send it along; asked once, when the evidence is sent. */
  placeNow?(): Place | undefined | Promise<Place | undefined>
}

/** What a walk works with once everything is open and the challenges are over. */
export interface Walk<A extends WalkApi = Api> {
  readonly api: A
  readonly signal: AbortSignal
  readonly engine: FaceEngine
  readonly camera: Camera
  readonly ticket: Ticket
  readonly key: DeviceKey
  readonly recorder: Recorder
  /** How the challenges ended: `done` or `failed`. */
  readonly session: Session
  show(state: WalkState): void
  readonly steady: SteadyHint
  /** From now on every frame goes here instead; a throw in it, or trouble with camera or engine, rejects `trouble`. */
  handOver(onLook: (look: Look) => Wish): void
  /** Rejects when camera, engine or signal end the walk. Never resolves. */
  readonly trouble: Promise<never>
}

/** Ends with the walk's reply, or null after a failure that was shown. */
export interface WalkHandle<R> {
  cancel(): void
  readonly done: Promise<R | null>
}

/**
 * The part both walks share: networks -> camera -> ticket -> challenges, and the clean-up whatever happens.
 * @param reserve share of the progress ring kept for what `finish` does
 * @param finish what is done with the evidence; its value is the walk's reply
 */
export function runWalk<R, A extends WalkApi>(
  options: WalkOptions<A>,
  purpose: Purpose,
  reserve: number,
  finish: (walk: Walk<A>) => Promise<R>,
): WalkHandle<R> {
  const stopping = new AbortController()
  const { signal } = stopping
  const clean: (() => void)[] = []
  const show = onlyChanges((state) => {
    if (!signal.aborted) options.onState(state)
  })

  async function go(): Promise<R> {
    const { api, user } = options
    // Without TLS there is neither a camera nor a key to sign with: said before anything is downloaded.
    if (!isSecureContext) throw new WalkFailure('insecure')
    show({ stage: 'loading', progress: { loaded: 0, total: 0 } })
    const held = holdEngine((progress) => show({ stage: 'loading', progress }))
    // They may be held only after the walk has failed at something else.
    clean.push(() => void held.then(({ release }) => release()).catch(() => undefined))
    const caller = { api, userId: user.id, signal }
    const [{ engine }, registered] = await Promise.all([held, registerThisDevice(caller)])
    signal.throwIfAborted()
    show({ stage: 'permission' })
    const camera = await openCamera({ signal, ...(options.cameraId ? { deviceId: options.cameraId } : {}) })
    clean.push(() => camera.stop())
    signal.throwIfAborted()
    options.onCamera(camera)
    const { key, reply: ticket } = await withThisDevice(caller, registered, ({ id }) =>
      api.ticket({ purpose, device_id: id }, signal),
    )
    const ticketAt = performance.now()

    let fail: (reason: unknown) => void = () => undefined
    const trouble = new Promise<never>((_, reject) => {
      fail = reject
    })
    trouble.catch(() => undefined)
    camera.onLost(() => fail(new WalkFailure('lost')))
    signal.addEventListener('abort', () => fail(signal.reason))
    const expiry = setTimeout(() => fail(new WalkFailure('ticket_expired')), ticket.expires_in * 1000)
    clean.push(() => clearTimeout(expiry))

    const steady = steadyHint()
    const isPraise = followsOnMet()
    const moments = chooseMoments()
    let settleSession: (session: Session) => void = () => undefined
    const over = new Promise<Session>((resolve) => {
      settleSession = resolve
    })
    let onLook = (look: Look): Wish => {
      const { session } = look
      const praise = isPraise(look)
      const wish = moments.take(look)
      if (moments.isOver(look)) settleSession(session)
      // Until the end has its picture, what was shown last stays.
      else if (session.phase !== 'done') show(stateOf(session, steady(hintOf(look), look), reserve, praise))
      return wish
    }
    const recorder = startRecorder({
      camera,
      engine,
      plan: { challenges: ticket.challenges, slow: ticket.slow },
      ticketAt,
      onLook: (look) => onLook(look),
      onError: (error) => {
        dropEngine()
        console.error(error)
        fail(new WalkFailure('engine_failed'))
      },
    })
    clean.push(() => recorder.stop())
    const session = await Promise.race([over, trouble])
    if (session.phase === 'failed' && session.reason === 'no_face') throw new WalkFailure('no_challenge_met')
    return finish({
      api,
      signal,
      engine,
      camera,
      ticket,
      key,
      recorder,
      session,
      show,
      steady,
      trouble,
      handOver(next) {
        onLook = next
      },
    })
  }

  const done = go()
    .then((reply) => {
      show({ stage: 'done' })
      return reply
    })
    .catch((error: unknown) => {
      if (signal.aborted) return null
      const { failure, retryAfter } = toWalkFailure(error)
      show({ stage: 'failed', failure, ...(retryAfter ? { retryAfter } : {}) })
      return null
    })
    .finally(() => {
      for (const step of clean.reverse()) step()
    })
  return { cancel: () => stopping.abort(), done }
}

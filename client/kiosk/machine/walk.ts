import type { SealedCapture, Ticket } from '../../../shared/contract/capture.ts'
import type { Session } from '../../../shared/liveness/session.ts'
import type { Camera } from '../../camera/camera-types.ts'
import { chooseMoments } from '../../check-in/moments.ts'
import { type Look, startRecorder, type Wish } from '../../check-in/recorder.ts'
import { sealEvidence } from '../../check-in/send.ts'
import { hintOf, onlyChanges, stateOf, steadyHint } from '../../check-in/show.ts'
import { WalkFailure } from '../../check-in/walk-failure.ts'
import type { WalkState } from '../../check-in/walk-state.ts'
import type { DeviceKey } from '../../evidence/device-key.ts'
import type { FaceEngine } from '../../face/engine-types.ts'

/** The face is gone for this long: she went away, ms. Before she is asked, also that somebody else stands there as near. */
const GONE_SETTLING_MS = 1200
const GONE_ASKING_MS = 4000

/** How a walk at the door ended. `shown`: she had been asked already. */
export type Walked =
  | {
      readonly kind: 'sealed'
      /** She did all she was asked; the server refuses any other capture. */
      readonly met: boolean
      readonly sealed: SealedCapture
      readonly vectors: readonly Float32Array[]
    }
  | { readonly kind: 'left'; readonly shown: boolean }
  /** The first picture was of somebody who need not walk (`isKnown`). */
  | { readonly kind: 'known'; readonly shown: boolean }
  /** It took so long that its capture is larger than one may be. */
  | { readonly kind: 'too_large' }
  | { readonly kind: 'broken'; readonly error: unknown }

export interface DoorWalk {
  cancel(): void
  readonly done: Promise<Walked>
}

/**
 * One person at the door: face at rest -> the ticket's challenges -> the pictures embedded on the way -> signed and sealed.
 * Challenges that were not met are sealed too: the server judges, and counts what fails.
 * @param isKnown looks at the first embedding
 */
export function startDoorWalk(options: {
  readonly camera: Camera
  readonly engine: FaceEngine
  readonly ticket: Ticket
  readonly key: DeviceKey
  isKnown(vector: Float32Array): boolean
  onState(state: WalkState): void
}): DoorWalk {
  const { camera, engine, ticket, key } = options
  const steady = steadyHint()
  const moments = chooseMoments()
  const show = onlyChanges(options.onState)
  let seenAt = 0
  let shown = false
  let end: (walked: Walked | Session) => void = () => undefined
  const over = new Promise<Walked | Session>((resolve) => {
    end = resolve
  })

  function onLook(look: Look): Wish {
    const { session, frame } = look
    const settling = session.phase === 'settling'
    shown ||= !settling
    if (frame.faces === 1 || (frame.faces > 1 && !settling)) seenAt = frame.t
    const wish = moments.take(look)
    const isDone = session.phase === 'done'
    const gone = frame.t - seenAt > (settling ? GONE_SETTLING_MS : GONE_ASKING_MS)
    if (gone && !isDone) end({ kind: 'left', shown: !settling })
    else if (session.phase === 'failed' && session.reason === 'no_face') end({ kind: 'left', shown: false })
    else if (moments.isOver(look)) end(session)
    // Until the end has its picture, what was shown last stays.
    else if (!isDone) show(stateOf(session, steady(hintOf(look), look), 0))
    if (wish && settling) setTimeout(() => void greet(), 0)
    return wish
  }

  const recorder = startRecorder({
    camera,
    engine,
    plan: { challenges: ticket.challenges, slow: ticket.slow, quick: true },
    ticketAt: performance.now(),
    onLook,
    onError: (error) => end({ kind: 'broken', error }),
  })

  async function greet(): Promise<void> {
    const [first] = await recorder.embedded()
    if (first && options.isKnown(first.vector)) end({ kind: 'known', shown })
  }

  const done = over.then(async (ended): Promise<Walked> => {
    recorder.stop()
    if ('kind' in ended) return ended
    show({ stage: 'sealing' })
    try {
      const embedded = await recorder.embedded()
      const sealed = await sealEvidence({ recorder, embedded, camera, engine, ticket, key })
      return { kind: 'sealed', met: ended.phase === 'done', sealed, vectors: embedded.map(({ vector }) => vector) }
    } catch (error) {
      if (error instanceof WalkFailure && error.failure === 'too_large') return { kind: 'too_large' }
      return { kind: 'broken', error }
    }
  })
  return { cancel: () => end({ kind: 'left', shown }), done }
}

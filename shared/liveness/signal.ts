import type { Session } from './session.ts'
import type { TraceFrame } from './trace.ts'

/** One judged signal: its value, the limit it was held against, what it says. */
export interface Signal {
  readonly value: number | null
  readonly limit: number | null
  readonly says: 'live' | 'review' | 'not_live' | 'not_measured'
}

/** One frame of the replay: the frame and the session's state after it. */
export interface Replayed {
  readonly frame: TraceFrame
  readonly state: Session
}

/** What a signal may look at. */
export interface Scene {
  readonly frames: readonly TraceFrame[]
  readonly replay: readonly Replayed[]
  readonly end: Session
  readonly cameraLabel: string
  /** The frames whose face was embedded: some of `frames`. */
  readonly embedded: ReadonlySet<TraceFrame>
}

export const notMeasured: Signal = { value: null, limit: null, says: 'not_measured' }

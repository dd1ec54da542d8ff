import { type Plan, type Session, startSession, stepSession } from './session.ts'
import type { Replayed, Scene, Signal } from './signal.ts'
import { judgeActed } from './signal-acted.ts'
import { judgeCamera } from './signal-camera.ts'
import { judgeDepth } from './signal-depth.ts'
import { judgeContinuity, judgeFrameRate, judgeRepeats } from './signal-motion.ts'
import { judgeOrder } from './signal-order.ts'
import type { TraceFrame } from './trace.ts'

/** What the evidence comes to. `reason` is the name of the signal that decided, or "ok". */
export interface Verdict {
  readonly result: 'live' | 'review' | 'not_live'
  readonly reason: string
  readonly signals: { readonly [name: string]: Signal }
}

/** `lab` reports every sign and acts on `not_live` only, so that tests may use a puppet as a camera. */
export type LivenessProfile = 'school' | 'lab'

/** Every challenge met, in order, each after its own prompt, as the replayed reducer saw it. */
function judgeChallenges({ end }: Scene): Signal {
  const limit = end.plan.challenges.length
  return { value: end.met.length, limit, says: end.phase === 'done' ? 'live' : 'not_live' }
}

/** The one table of signals, in the order in which they give the reason. */
const SIGNALS: ReadonlyArray<readonly [string, (scene: Scene) => Signal]> = [
  ['challenges', judgeChallenges],
  ['depth', judgeDepth],
  ['acted', judgeActed],
  ['continuity', judgeContinuity],
  ['order', judgeOrder],
  ['frame_rate', judgeFrameRate],
  ['repeats', judgeRepeats],
  ['camera', judgeCamera],
]

/** Runs the reducer over a whole trace: the state after each frame, and the last. */
export function replaySession(frames: readonly TraceFrame[], plan: Plan): { replay: Replayed[]; end: Session } {
  let end = startSession(plan)
  const replay: Replayed[] = []
  for (const frame of frames) {
    end = stepSession(end, frame)
    if (replay.at(-1)?.state !== end) replay.push({ frame, state: end })
  }
  return { replay, end }
}

/**
 * The verdict on a trace, from its landmarks and times alone; nothing the browser concluded is looked at.
 * @param frames in order of time, as decodeTrace gives them
 * @param plan what the ticket asked
 * @param context what the camera calls itself; which of the frames were embedded
 */
export function judge(
  frames: readonly TraceFrame[],
  plan: Plan,
  profile: LivenessProfile,
  context: Pick<Scene, 'cameraLabel' | 'embedded'>,
): Verdict {
  const scene: Scene = { frames, ...replaySession(frames, plan), ...context }
  const judged = SIGNALS.map(([name, judgeSignal]) => [name, judgeSignal(scene)] as const)
  const signals = Object.fromEntries(judged)
  const against = (says: Signal['says']) => judged.find(([, signal]) => signal.says === says)?.[0]
  const refused = against('not_live')
  if (refused) return { result: 'not_live', reason: refused, signals }
  const doubted = against('review')
  if (doubted && profile === 'school') return { result: 'review', reason: doubted, signals }
  return { result: 'live', reason: 'ok', signals }
}

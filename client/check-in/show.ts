import { ASK_MS, type Session } from '../../shared/liveness/session.ts'
import { liveHint } from '../face/quality.ts'
import type { Look } from './recorder.ts'
import type { Hint, WalkState } from './walk-state.ts'

/** A hint stays this long at least, ms: nobody can read one that flickers. */
const HINT_MS = 700

/** The hint to show at that moment, given the one that fits it. */
export type SteadyHint = (hint: Hint | null, at: Pick<Look, 'frame' | 'session'>) => Hint | null

/**
 * Keeps one hint at a time, long enough to be read. One that asks for the straight look ends where a challenge begins: a
 * head that is to be turned must not be told both.
 */
export function steadyHint(): SteadyHint {
  let shown: Hint | null = null
  let since = Number.NEGATIVE_INFINITY
  return (hint, { frame: { t }, session }) => {
    const isOver = shown === 'look_straight' && session.phase === 'asking'
    if (isOver || (hint !== shown && t - since >= HINT_MS)) {
      shown = hint
      since = t
    }
    return shown
  }
}

/** Whether the rest this moment belongs to follows on a challenge that was met; asked at every frame, in order. */
export function followsOnMet(): (look: Pick<Look, 'before' | 'session'>) => boolean {
  let follows = false
  return ({ before, session }) => {
    if (session.phase !== before.phase) follows = session.met.length > before.met.length
    return follows
  }
}

/** What keeps this frame from being a good one. While the face settles or comes back it must also look at the camera. */
export function hintOf({ seen, session, measures }: Look): Hint | null {
  const live = liveHint(seen)
  if (live) return live
  const away = measures && (Math.abs(measures.pose.yaw) > 12 || Math.abs(measures.pose.pitch) > 22)
  return (session.phase === 'settling' || session.phase === 'resting') && away ? 'look_straight' : null
}

/** The whole walk in 0..1: a tenth for settling, the rest shared by the challenges, `reserve` left for what follows. */
export function ringOf(session: Session, reserve: number): number {
  const steps = session.plan.challenges.length
  const settled = session.phase === 'settling' ? Math.min(1, session.settled.length / 30) : 1
  return (0.1 * settled + (0.9 * session.step) / Math.max(1, steps)) * (1 - reserve)
}

/** The state the screen shows for a session at a moment. @param praise whether a rest follows on a challenge that was met */
export function stateOf(session: Session, hint: Hint | null, reserve: number, praise = false): WalkState {
  const ring = ringOf(session, reserve)
  if (session.phase === 'settling') return { stage: 'settling', hint, ring }
  const asking = session.phase === 'asking'
  const window = ASK_MS * (session.plan.slow ? 2 : 1)
  const left = asking ? Math.max(0, window - (session.now - session.since)) : window
  return {
    stage: 'asking',
    prompt: asking ? (session.plan.challenges[session.step] ?? null) : null,
    praise: praise && !asking,
    attempt: session.attempt,
    step: Math.min(session.step + 1, session.plan.challenges.length),
    steps: session.plan.challenges.length,
    secondsLeft: Math.ceil(left / 1000),
    hint,
    ring,
  }
}

/** Passes on only states that look different: thirty renders a second would be work for nothing. */
export function onlyChanges(tell: (state: WalkState) => void): (state: WalkState) => void {
  let last = ''
  return (state) => {
    const key = JSON.stringify(state, (name, value: unknown) =>
      name === 'ring' && typeof value === 'number' ? Math.round(value * 50) : name === 'picture' ? null : value,
    )
    if (key === last && state.stage !== 'choosing') return
    last = key
    tell(state)
  }
}

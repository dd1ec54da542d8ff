import type { Scene, Signal } from './signal.ts'

/** A turn of this many degrees is meant, not drift. */
const MEANT_TURN = 20
const ALLOWED = 1

/**
 * Turns nobody asked for while something else was asked: one may be a misunderstanding, several look like a recording
 * that goes through everything. Counted as separate movements.
 */
export function judgeOrder({ replay, end }: Scene): Signal {
  let unasked = 0
  let away = false
  for (const { frame, state } of replay) {
    const sample = state.samples.at(-1)
    if (!state.rest || !sample || sample.t !== frame.t) continue
    const yaw = sample.m.pose.yaw - state.rest.yaw
    const asked = state.phase === 'asking' ? end.plan.challenges[state.step] : null
    const wanted = asked === 'turn-left' ? 1 : asked === 'turn-right' ? -1 : 0
    if (Math.abs(yaw) < MEANT_TURN / 2) away = false
    else if (state.phase === 'asking' && !away && Math.abs(yaw) >= MEANT_TURN && Math.sign(yaw) !== wanted) {
      away = true
      unasked += 1
    } else if (Math.abs(yaw) >= MEANT_TURN) away = true
  }
  return { value: unasked, limit: ALLOWED, says: unasked > ALLOWED ? 'review' : 'live' }
}

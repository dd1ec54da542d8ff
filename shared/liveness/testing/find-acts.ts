import { findActed } from '../acted.ts'
import type { Plan } from '../session.ts'
import type { TraceFrame } from '../trace.ts'
import { replaySession } from '../verdict.ts'

/** Where in a trace each challenge is being done: one frame's index of each that was met, in order. */
export function findActs(frames: readonly TraceFrame[], plan: Plan): number[] {
  const acts = new Map<number, number>()
  const { replay, end } = replaySession(frames, plan)
  for (const { frame, state } of replay) {
    const index = findActed(state)
    if (index !== null && frame.t <= (end.met[index]?.metAt ?? 0)) acts.set(index, frames.indexOf(frame))
  }
  return [...acts.values()]
}

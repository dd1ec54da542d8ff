import { CHALLENGES } from './challenges.ts'
import { measureFrame } from './measure-frame.ts'
import type { Session } from './session.ts'
import type { TraceFrame } from './trace.ts'

/** An action embedded longer before its challenge was met was another one; two blinks take up to this long, ms. */
export const ACTED_MS = 3000

/**
 * Which challenge (its index in the plan) a frame shows being done; null: none. From its prompt on, and while the head
 * comes back once it was met: who turns in an instant is seen on the way back.
 * @param session the state after this frame
 */
export function findActed({ phase, plan, step, askedAt, rest }: Session, frame: TraceFrame): number | null {
  if (rest === null || frame.faces !== 1 || (phase !== 'asking' && phase !== 'resting')) return null
  const index = askedAt === null ? step - 1 : step
  const name = plan.challenges[index]
  const measures = name === undefined ? null : measureFrame(frame)
  return name !== undefined && measures !== null && CHALLENGES[name].shows(measures, rest) ? index : null
}

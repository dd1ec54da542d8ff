import { CHALLENGES } from './challenges.ts'
import type { Session } from './session.ts'

/** An action embedded longer before its challenge was met was another one; two blinks take up to this long, ms. */
export const ACTED_MS = 3000

/**
 * Which challenge (its index in the plan) the newest frame shows being done; null: none, or no face alone in it. From its prompt
 * on, and while the head comes back once it was met: who turns in an instant is seen on the way back.
 * @param session the state after that frame
 */
export function findActed({ phase, plan, step, askedAt, rest, samples, now }: Session): number | null {
  const sample = samples.at(-1)
  if (rest === null || sample?.t !== now || (phase !== 'asking' && phase !== 'resting')) return null
  const index = askedAt === null ? step - 1 : step
  const name = plan.challenges[index]
  return name !== undefined && CHALLENGES[name].shows(sample.m, rest) ? index : null
}

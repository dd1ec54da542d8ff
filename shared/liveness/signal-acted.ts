import { ACTED_MS, findActed } from './acted.ts'
import type { Scene, Signal } from './signal.ts'

/**
 * How many challenges were embedded while they were done: without a face from the middle of it, somebody else may have done
 * what was asked. All faces of a capture have to be one person's (shared/face/match.ts).
 */
export function judgeActed({ replay, embedded, end }: Scene): Signal {
  const acted = new Set<number>()
  const before = ACTED_MS * (end.plan.slow ? 2 : 1)
  for (const { frame, state } of replay) {
    const index = embedded.has(frame) ? findActed(state) : null
    if (index !== null && frame.t >= (end.met[index]?.metAt ?? Number.POSITIVE_INFINITY) - before) acted.add(index)
  }
  const limit = end.plan.challenges.length
  return { value: acted.size, limit, says: acted.size < limit ? 'review' : 'live' }
}

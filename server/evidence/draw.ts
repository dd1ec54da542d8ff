import { CHALLENGES, type ChallengeName } from '../../shared/liveness/challenges.ts'

/** A whole number from 0 to `below` - 1 that cannot be foreseen (crypto.randomInt in the product). */
export type Draw = (below: number) => number

/**
 * Draws a session: one turn and one or two others, each kind at most once, in random order. Where a person's
 * accommodation leaves no turns, or no others, the session holds what it leaves.
 * @param allowed the kinds this person can be asked for; at least one
 */
export function drawChallenges(allowed: readonly ChallengeName[], draw: Draw): ChallengeName[] {
  const turns = allowed.filter((name) => CHALLENGES[name].kind === 'turn')
  const others = allowed.filter((name) => CHALLENGES[name].kind === 'other')
  const drawn = [...pick(turns, 1, draw), ...pick(others, 1 + draw(2), draw)]
  return pick(drawn, drawn.length, draw)
}

/** Up to `count` of a list, in random order (Fisher and Yates). */
function pick<T>(list: readonly T[], count: number, draw: Draw): T[] {
  const left = [...list]
  const taken: T[] = []
  while (taken.length < count && left.length > 0) taken.push(...left.splice(draw(left.length), 1))
  return taken
}

import { CHALLENGE_NAMES, CHALLENGES, type ChallengeName } from '../../shared/liveness/challenges.ts'

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

/**
 * Draws for a kiosk's queue: one challenge, whichever it is; in doubt two, a turn (which carries the depth test) and another.
 * @param allowed the kinds this person can be asked for; at least one
 */
export function drawForQueue(allowed: readonly ChallengeName[], doubt: boolean, draw: Draw): ChallengeName[] {
  if (!doubt) return pick(allowed, 1, draw)
  const kinds = (['turn', 'other'] as const).map((kind) => allowed.filter((name) => CHALLENGES[name].kind === kind))
  const drawn = kinds.flatMap((names) => pick(names, 1, draw))
  return pick(drawn, drawn.length, draw)
}

/** Up to `count` of a list, in random order (Fisher and Yates). */
function pick<T>(list: readonly T[], count: number, draw: Draw): T[] {
  const left = [...list]
  const taken: T[] = []
  while (taken.length < count && left.length > 0) taken.push(...left.splice(draw(left.length), 1))
  return taken
}

/**
 * The kinds a person is asked for: those the school draws from and her accommodation leaves. Where her accommodation leaves
 * a turn (or something else) and the school's list would take all of them away, hers count: a session without a turn has no
 * depth test, and she can do no others.
 * @param school the school's kinds, a turn among them
 * @param own what the person's accommodation leaves; undefined: all
 */
export function allowedChallenges(
  school: readonly ChallengeName[],
  own: readonly ChallengeName[] | undefined,
): ChallengeName[] {
  const mine = own ?? CHALLENGE_NAMES
  return (['turn', 'other'] as const).flatMap((kind) => {
    const possible = mine.filter((name) => CHALLENGES[name].kind === kind)
    const drawn = possible.filter((name) => school.includes(name))
    return drawn.length > 0 || own === undefined ? drawn : possible
  })
}

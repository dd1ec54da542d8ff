import { randomInt } from 'node:crypto'
import { expect, it } from 'vitest'
import { CHALLENGE_NAMES, CHALLENGES } from '../../shared/liveness/challenges.ts'
import { drawChallenges, drawForQueue } from './draw.ts'

const draws = (allowed: Parameters<typeof drawChallenges>[0]) =>
  Array.from({ length: 600 }, () => drawChallenges(allowed, (below) => randomInt(below)))

it('draws one turn and one or two others, all different, in every order', () => {
  const all = draws(CHALLENGE_NAMES)
  for (const drawn of all) {
    expect(new Set(drawn).size).toBe(drawn.length)
    expect(drawn.filter((name) => CHALLENGES[name].kind === 'turn')).toHaveLength(1)
    expect([2, 3]).toContain(drawn.length)
  }
  // 2 turns x (3 others x 2 orders + 3 pairs x 6 orders) = 48 sessions; 600 draws miss one of them with 1 in 10,000 or so.
  expect(new Set(all.map(String)).size).toBeGreaterThan(40)
})

it('leaves out what the accommodation leaves out', () => {
  for (const drawn of draws(['blink', 'smile'])) expect([1, 2]).toContain(drawn.length)
  expect(new Set(draws(['blink']).map(String))).toEqual(new Set(['blink']))
  expect(new Set(draws(['turn-left', 'turn-right']).map(String))).toEqual(new Set(['turn-left', 'turn-right']))
})

it('asks one thing of a queue, whichever, and in doubt a turn and another', () => {
  const draw = (doubt: boolean) => drawForQueue(CHALLENGE_NAMES, doubt, (below) => randomInt(below))
  const one = Array.from({ length: 200 }, () => draw(false))
  expect(one.every((drawn) => drawn.length === 1)).toBe(true)
  expect(new Set(one.map(String)).size).toBe(CHALLENGE_NAMES.length)
  for (const drawn of Array.from({ length: 50 }, () => draw(true)))
    expect(drawn.map((name) => CHALLENGES[name].kind).sort()).toEqual(['other', 'turn'])
  expect(drawForQueue(['smile'], true, () => 0)).toEqual(['smile'])
})

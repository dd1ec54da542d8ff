import { describe, expect, it } from 'vitest'
import type { Reach } from '../atlas.ts'
import { startActor } from './actor.ts'
import { actOn, mistake, valueAt } from './acts.ts'

const reach: Reach = { turnLeft: 28, turnRight: -30, poseLeft: 18, poseRight: -19, nod: -25, smile: 0.9 }
const random = () => 0.5

/** Where the puppet was every 10 ms, the prompt shown at time 0. */
const play = (manner: Parameters<typeof startActor>[0], prompt: string, ms: number) => {
  const actor = startActor(manner, reach, random)
  actor(-10, '')
  return Array.from({ length: ms / 10 }, (_, i) => ({ t: 10 * i, ...actor(10 * i, prompt) }))
}

describe('acts', () => {
  it('two blinks within three seconds, shut 0.15 to 0.25 s each', () => {
    const seen = play('follows', 'blink', 2500).filter(({ axis }) => axis === 'blink')
    const shut = seen.filter(({ value }) => value > 0.99).map(({ t }) => t)
    const gap = shut.findIndex((t, i) => t - (shut[i - 1] ?? t) > 10)
    const [first, second] = [shut.slice(0, gap), shut.slice(gap)]
    for (const one of [first, second]) {
      const lasts = (one.at(-1) ?? 0) - (one[0] ?? 0)
      expect(lasts).toBeGreaterThanOrEqual(140)
      expect(lasts).toBeLessThanOrEqual(250)
    }
    expect((second[0] ?? 0) - (first[0] ?? 0)).toBeGreaterThanOrEqual(600)
    expect((second[0] ?? 0) - (first[0] ?? 0)).toBeLessThanOrEqual(900)
  })

  it.each([
    ['turn-left', 'yaw', reach.turnLeft],
    ['turn-right', 'yaw', reach.turnRight],
    ['smile', 'smile', reach.smile],
    ['nod', 'pitch', reach.nod],
  ] as const)('%s goes all the way and back', (prompt, axis, far) => {
    const act = actOn(prompt, reach, random)
    expect(act?.axis).toBe(axis)
    if (!act) return
    const values = Array.from({ length: 60 }, (_, i) => valueAt(act, (i * act.lasts) / 59))
    expect(values[0]).toBe(0)
    expect(values.at(-1)).toBe(0)
    expect(values).toContain(far)
    // No jump: a person's head does not leave one place for another.
    for (const [i, value] of values.entries())
      expect(Math.abs(value - (values[i - 1] ?? 0))).toBeLessThan(Math.abs(far) / 4)
  })

  it('a pose is held while it is asked for, and let go after', () => {
    const actor = startActor('follows', reach, random)
    actor(0, 'pose-left')
    for (let t = 10; t < 6000; t += 10) actor(t, 'pose-left')
    expect(actor(6000, 'pose-left')).toEqual({ axis: 'yaw', value: reach.poseLeft })
    for (let t = 6010; t < 6500; t += 10) actor(t, 'pose-front')
    expect(Math.abs(actor(6500, 'pose-front').value)).toBe(0)
  })
})

describe('manners', () => {
  it('follows: nothing sooner than 0.4 s, something by 0.9', () => {
    const seen = play('follows', 'turn-left', 2000)
    expect(seen.filter(({ t, value }) => t < 400 && value !== 0)).toEqual([])
    expect(seen.find(({ t }) => t === 900)?.value).toBeGreaterThan(0)
  })
  it('follows: does it again while it is still asked', () => {
    const starts = play('follows', 'turn-left', 6000).filter(({ value }, i, all) => value > 0 && !all[i - 1]?.value)
    expect(starts).toHaveLength(2)
  })
  it('mistakes: something else', () => {
    expect(mistake('blink')).toBe('turn-left')
    const seen = play('mistakes', 'blink', 2000)
    expect(seen.some(({ axis, value }) => axis === 'yaw' && value > 20)).toBe(true)
    expect(seen.some(({ axis }) => axis === 'blink')).toBe(false)
  })
  it('ignores: blinks now and then, never twice in three seconds', () => {
    const blinks = play('ignores', '', 20_000).filter(
      ({ axis }, i, all) => axis === 'blink' && all[i - 1]?.axis !== 'blink',
    )
    expect(blinks.length).toBeGreaterThan(2)
    for (const [i, { t }] of blinks.entries()) if (i > 0) expect(t - (blinks[i - 1]?.t ?? 0)).toBeGreaterThan(3000)
  })
  it('photograph: nothing at all', () => {
    expect(play('photograph', 'turn-left', 8000).every(({ value }) => value === 0)).toBe(true)
  })
})

import { expect, it } from 'vitest'
import { type Session, startSession, stepSession } from './session.ts'
import { drawSession } from './testing/drawn-face.ts'

const plan = { challenges: ['turn-left'], slow: false } as const
/** The true turn that is read as one degree. */
const TRUE = 1 / 0.77

const replay = (frames: ReturnType<typeof drawSession>): Session =>
  frames.reduce((state, frame) => stepSession(state, frame), startSession(plan))

/** A head that turns from one reading to another and back, between two moments, ms. */
const sway = (t: number, from: number, until: number, rest: number, far: number) => {
  const out = Math.min(1, Math.max(0, (t - from) / 600))
  const back = Math.min(1, Math.max(0, (t - until) / 600))
  return rest + (far - rest) * (out - back)
}

it('takes the pose at rest from a head that holds still, not from one on its way back', () => {
  const end = replay(
    drawSession(plan, (asked, ms, t) => ({
      yaw: TRUE * (asked ? sway(ms, 600, 1600, -3.4, 18.3) : sway(t, 400, 1500, -3.4, 18.3)),
    })),
  )
  expect(end.rest?.yaw).toBeCloseTo(-3.4, 0)
  expect(end.phase).toBe('done')
})

it('settles on a head that is never quite still', () => {
  const end = replay(
    drawSession(plan, (asked, ms, t) => ({
      yaw: TRUE * ((asked ? sway(ms, 600, 1600, 0, 26) : 0) + 2 * Math.sin(t / 500)),
      pitch: 2 * Math.sin(t / 700),
    })),
  )
  expect(end.phase).toBe('done')
})

it('asks a queue after a third of a second, a phone after one', () => {
  const frames = drawSession(plan, () => ({}))
  const askedAt = (quick: boolean) => {
    let state = startSession({ ...plan, quick })
    const asked = frames.find((frame) => {
      state = stepSession(state, frame)
      return state.phase === 'asking'
    })
    return (asked?.t ?? Number.NaN) - (frames[0]?.t ?? 0)
  }
  expect(askedAt(true)).toBeLessThan(400)
  expect(askedAt(false)).toBeGreaterThanOrEqual(1000)
})

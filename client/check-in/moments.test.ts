import { expect, it } from 'vitest'
import { CHALLENGE_NAMES, type ChallengeName } from '../../shared/liveness/challenges.ts'
import { measureFrame } from '../../shared/liveness/measure-frame.ts'
import { type Session, startSession, stepSession } from '../../shared/liveness/session.ts'
import { drawFace, drawSession } from '../../shared/liveness/testing/drawn-face.ts'
import type { TraceFrame } from '../../shared/liveness/trace.ts'
import { judge } from '../../shared/liveness/verdict.ts'
import { chooseMoments } from './moments.ts'
import type { Look } from './recorder.ts'
import { followsOnMet, hintOf, onlyChanges, ringOf, stateOf } from './show.ts'
import type { WalkState } from './walk-state.ts'

function walkThrough(...challenges: ChallengeName[]) {
  const plan = { challenges, slow: false }
  const moments = chooseMoments()
  let session = startSession(plan)
  const taken: { t: number; yaw: number; phase: string }[] = []
  const acted = new Map<number, TraceFrame>()
  const frames: TraceFrame[] = []
  const states: WalkState[] = []
  const tell = onlyChanges((state) => states.push(state))
  const rings: number[] = []
  for (const [index, frame] of drawSession(plan).entries()) {
    const before = session
    session = stepSession(session, frame)
    const measures = measureFrame(frame)
    const look = { index, frame, measures, session, before } as Look
    const wish = moments.take(look)
    if (wish?.instead !== undefined) acted.set(wish.instead, frame)
    else if (wish) taken.push({ t: frame.t, yaw: measures?.pose.yaw ?? 90, phase: session.phase })
    frames.push(frame)
    tell(stateOf(session, null, 0))
    rings.push(ringOf(session, 0))
  }
  return { taken, acted, frames, plan, session, states, rings }
}

it('embeds before, between and after the challenges, near the front only', () => {
  const { taken, session } = walkThrough('turn-left', 'blink', 'smile')
  expect(session.phase).toBe('done')
  expect(taken.length).toBeGreaterThanOrEqual(4)
  expect(taken.length).toBeLessThanOrEqual(5)
  expect(taken[0]?.phase).toBe('settling')
  expect(taken.at(-1)?.phase).toBe('done')
  for (const { yaw } of taken) expect(Math.abs(yaw)).toBeLessThanOrEqual(15)
  for (const { promptedAt, metAt } of session.met) {
    expect(taken.some(({ t }) => t <= promptedAt)).toBe(true)
    expect(taken.some(({ t }) => t >= metAt)).toBe(true)
  }
})

it.each(CHALLENGE_NAMES)('embeds a %s as it is done, as the server wants it', (name) => {
  const other = name === 'smile' ? 'blink' : 'smile'
  const { acted, frames, plan } = walkThrough(name, other)
  expect([...acted.keys()]).toEqual([0, 1])
  const verdict = judge(frames, plan, 'school', { cameraLabel: '', embedded: new Set(acted.values()) })
  expect(verdict).toMatchObject({ result: 'live', signals: { acted: { value: 2 } } })
})

it('embeds an action that is done again anew, for the newest to count', () => {
  const plan = { challenges: ['turn-left'] as const, slow: false }
  const moments = chooseMoments()
  let session = startSession(plan)
  const acted: number[] = []
  let prompted: number | null = null
  // Twelve degrees of fifteen for a while, back, and the whole way, held: two pictures of the first try, one of the second.
  const does = (asked: ChallengeName | null, ms: number) => {
    if (!asked || ms < 400 || (ms > 2400 && ms < 3600)) return {}
    return { yaw: (ms < 3600 ? 12 : 24) / 0.77 }
  }
  for (const [index, frame] of drawSession(plan, does).entries()) {
    const before = session
    session = stepSession(session, frame)
    const wish = moments.take({ index, frame, measures: measureFrame(frame), session, before } as Look)
    prompted ??= session.askedAt
    if (wish?.instead !== undefined) acted.push(frame.t - (prompted ?? 0))
  }
  expect(session.met).toHaveLength(1)
  expect(acted).toHaveLength(3)
  expect(acted[1]).toBeGreaterThanOrEqual(1900)
  expect(acted[2]).toBeGreaterThanOrEqual(3600)
})

/** A frame in a phase that began at `since`, with eyes open or narrowed. */
function lookIn(before: Session['phase'], phase: Session['phase'], t: number, isOpen: boolean, since = t): Look {
  const start = startSession({ challenges: ['nod'], slow: false })
  const rest = { openEar: 0.3, smile: 0, yaw: 0, pitch: 0, height: 1.6 }
  const measures = { pose: { yaw: 0, pitch: 0, roll: 0 }, ear: isOpen ? 0.3 : 0.15, smile: 0, height: 1.6, iod: 0.1 }
  const session = { ...start, phase, since, rest }
  return { frame: { t, faces: 1 }, measures, session, before: { ...start, phase: before } } as Partial<Look> as Look
}

it('waits at the end for open eyes, for a second and a half at most, and for nothing where they are open', () => {
  const end = (openAt: number) => {
    const moments = chooseMoments()
    for (let t = 1000; ; t += 100) {
      const look = lookIn(t === 1000 ? 'resting' : 'done', 'done', t, t >= openAt, 1000)
      const taken = moments.take(look)
      if (moments.isOver(look)) return { t, taken: taken !== null }
    }
  }
  expect(end(1000)).toEqual({ t: 1000, taken: true })
  expect(end(1800)).toEqual({ t: 1800, taken: true })
  expect(end(9000)).toEqual({ t: 2500, taken: false })
  expect(chooseMoments().isOver(lookIn('asking', 'failed', 1000, false))).toBe(true)
})

it('stays owed a picture while the one before is being embedded, and at the end takes it none the less', () => {
  const moments = chooseMoments()
  const asked = [true, true, false].map((busy, i) =>
    moments.take({ ...lookIn(i ? 'asking' : 'settling', 'asking', i * 100, true, 0), busy }),
  )
  expect(asked.map(Boolean)).toEqual([false, false, true])
  expect(moments.take({ ...lookIn('resting', 'done', 900, true), busy: true })).not.toBeNull()
})

it('keeps a picture for the end, however often she is asked again', () => {
  const moments = chooseMoments()
  const asked = Array.from({ length: 9 }, (_, i) => moments.take(lookIn('resting', 'asking', i * 1000, true)))
  expect(asked.filter(Boolean)).toHaveLength(4)
  expect(moments.take(lookIn('resting', 'done', 9000, true))).not.toBeNull()
})

it('shows the prompts in order, tells only what looks different, and never lets the ring fall', () => {
  const { states, rings, session } = walkThrough('smile', 'turn-right')
  const prompts = states.flatMap((state) => (state.stage === 'asking' && state.prompt ? [state.prompt] : []))
  expect([...new Set(prompts)]).toEqual(['smile', 'turn-right'])
  expect(states.length).toBeLessThan(60)
  expect(rings).toEqual([...rings].sort((a, b) => a - b))
  expect(ringOf(session, 0)).toBe(1)
})

it('praises after a challenge that was met, and after any other try asks her to look at the camera', () => {
  const plan = { challenges: ['turn-left'] as const, slow: false }
  const seen = { faces: 1, landmarks: drawFace({}), width: 640, height: 480, pixels: null }
  // To the wrong side when asked, and she stays there; asked again she does it.
  const frames = drawSession(plan, (asked, _, t) => {
    if (asked && t < 9000) return { yaw: -25 }
    return { yaw: t > 10_500 && t < 11_500 ? 25 : 0 }
  })
  const isPraise = followsOnMet()
  let session = startSession(plan)
  const rests: { attempt: number; praise: boolean; hints: (string | null)[] }[] = []
  for (const [index, frame] of frames.entries()) {
    const before = session
    session = stepSession(session, frame)
    const look = { index, frame, seen, measures: measureFrame(frame), session, before } as Partial<Look> as Look
    const praise = isPraise(look)
    if (session.phase !== 'resting') continue
    if (before.phase !== 'resting') rests.push({ attempt: session.attempt, praise, hints: [] })
    rests.at(-1)?.hints.push(hintOf(look))
    expect(stateOf(session, null, 0, praise)).toMatchObject({ prompt: null, praise })
  }
  expect(session.phase).toBe('done')
  expect(rests.map(({ attempt, praise }) => [attempt, praise])).toEqual([
    [2, false],
    [1, true],
  ])
  expect(rests[0]?.hints[0]).toBe('look_straight')
  expect(rests[0]?.hints.at(-1)).toBe(null)
})

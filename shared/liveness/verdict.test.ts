import { describe, expect, it } from 'vitest'
import { findActed } from './acted.ts'
import { CHALLENGE_NAMES, type ChallengeName } from './challenges.ts'
import { measureFrame } from './measure-frame.ts'
import { measure } from './measures.ts'
import type { Plan } from './session.ts'
import { actFor, drawFace, drawSession, type Look } from './testing/drawn-face.ts'
import { findActs } from './testing/find-acts.ts'
import { decodeTrace, encodeTrace, type TraceFrame } from './trace.ts'
import { judge as judgeTrace, type LivenessProfile, replaySession } from './verdict.ts'

const plan = (...challenges: ChallengeName[]) => ({ challenges, slow: false })
const webcam = { cameraLabel: 'Integrated Camera' }
/** Every frame embedded, unless a test is about that. */
const judge = (
  frames: readonly TraceFrame[],
  asked: Plan,
  profile: LivenessProfile,
  { cameraLabel, embedded = frames }: { cameraLabel: string; embedded?: readonly TraceFrame[] },
) => judgeTrace(frames, asked, profile, { cameraLabel, embedded: new Set(embedded) })
const at = (face: Float32Array) => (index: number) =>
  [(face[3 * index] ?? 0) / 640, (face[3 * index + 1] ?? 0) / 640] as const

describe('measures', () => {
  it('reads the turn, its sign and the nod of a posed canonical face', () => {
    const left = measure(at(drawFace({ yaw: 20 }))).pose
    expect(left.yaw).toBeCloseTo(20 * 0.77, 0)
    expect(measure(at(drawFace({ yaw: -30 }))).pose.yaw).toBeCloseTo(-30 * 0.77, 0)
    const level = measure(at(drawFace({}))).pose
    const down = measure(at(drawFace({ pitch: -15 }))).pose
    expect(level.pitch - down.pitch).toBeCloseTo(15, 0)
    expect(Math.abs(left.roll)).toBeLessThan(1)
  })

  it('reads a blink and a smile', () => {
    const [open, shut] = [measure(at(drawFace({}))), measure(at(drawFace({ blink: 1 })))]
    expect(shut.ear / open.ear).toBeLessThan(0.4)
    expect(measure(at(drawFace({ smile: 1 }))).smile - open.smile).toBeGreaterThan(0.25)
  })
})

describe('the verdict', () => {
  it.each([[['turn-left', 'blink']], [['smile', 'turn-right', 'nod']], [['blink', 'turn-left', 'smile']]] as const)(
    'is live for a face that follows %j',
    (challenges) => {
      const frames = drawSession(plan(...challenges))
      const verdict = judge(frames, plan(...challenges), 'school', webcam)
      expect(verdict).toMatchObject({ result: 'live', reason: 'ok' })
      expect(verdict.signals.depth?.value).toBeGreaterThan(0.04)
    },
  )

  it('is not live for a face that holds still, whatever is asked', () => {
    for (const name of CHALLENGE_NAMES) {
      const frames = drawSession(plan(name), () => ({}))
      expect(judge(frames, plan(name), 'school', webcam)).toMatchObject({ result: 'not_live', reason: 'challenges' })
    }
  })

  it('is not live when another action is done than the one asked', () => {
    for (const asked of CHALLENGE_NAMES)
      for (const done of CHALLENGE_NAMES) {
        if (asked === done) continue
        const frames = drawSession(plan(asked), (prompt, ms) => (prompt ? actFor(done, ms % 5000) : {}))
        expect(judge(frames, plan(asked), 'lab', webcam).result, `${asked} asked, ${done} done`).toBe('not_live')
      }
  })

  it('is not live when the actions come in the wrong order', () => {
    const asked = plan('turn-left', 'smile')
    let prompts = 0
    let last = 0
    const frames = drawSession(asked, (prompt, ms) => {
      if (prompt && ms < last) prompts += 1
      last = ms
      return prompt === 'turn-left' && prompts === 0
        ? actFor('smile', ms)
        : prompt === 'smile'
          ? actFor('turn-left', ms)
          : {}
    })
    expect(judge(frames, asked, 'lab', webcam)).toMatchObject({ result: 'not_live', reason: 'challenges' })
  })

  it('does not count an action begun before its prompt', () => {
    const asked = plan('turn-left')
    const early = drawSession(asked, (prompt, ms, t) =>
      prompt === null ? { yaw: t > 1200 ? 14 : 0 } : ms < 60 ? { yaw: 34 } : { yaw: 34 },
    )
    expect(judge(early, asked, 'lab', webcam).result).toBe('not_live')
    const smiling = drawSession(plan('smile'), (): Look => ({ smile: 1 }))
    expect(judge(smiling, plan('smile'), 'lab', webcam).result).toBe('not_live')
  })

  it('counts no two blinks that are more than three seconds apart', () => {
    const twice = (apart: number) => (prompt: ChallengeName | null, ms: number) =>
      prompt ? { blink: ms > 500 && ms < 620 ? 1 : ms > 500 + apart && ms < 620 + apart ? 1 : 0 } : {}
    expect(judge(drawSession(plan('blink'), twice(2500)), plan('blink'), 'school', webcam).result).toBe('live')
    expect(judge(drawSession(plan('blink'), twice(3200)), plan('blink'), 'school', webcam).result).toBe('not_live')
  })

  it('does not take eyes held shut for a blink, nor eyes that close while the head is turned', () => {
    const long = drawSession(plan('blink'), (p, ms) => (p && ms > 400 && ms % 1400 > 400 ? { blink: 1 } : {}))
    expect(judge(long, plan('blink'), 'school', webcam).result).toBe('not_live')
    const turned = drawSession(plan('blink'), (p, ms) => (p && ms > 300 ? { ...actFor('blink', ms), yaw: 30 } : {}))
    expect(judge(turned, plan('blink'), 'school', webcam).result).toBe('not_live')
  })

  it('takes no leaning for a blink: a photograph whose eyes become narrow as it does', () => {
    const asked = plan('blink')
    /** Leant away by so much, twice, as quickly as eyes shut. */
    const lean = (most: number) => (prompt: ChallengeName | null, ms: number) => ({
      flat: true,
      pitch: prompt ? most * (actFor('blink', ms).blink ?? 0) : 0,
    })
    for (const most of [-56, 56, 64]) {
      const frames = drawSession(asked, lean(most))
      const narrow = frames.filter((frame) => (measureFrame(frame)?.ear ?? 1) < 0.6 * 0.232)
      expect(narrow.length).toBeGreaterThan(2)
      expect(judge(frames, asked, 'lab', webcam).result).toBe('not_live')
    }
    expect(
      judge(
        drawSession(asked, (p, ms) => (p ? { ...actFor('blink', ms), pitch: -8 } : {})),
        asked,
        'school',
        webcam,
      ).result,
    ).toBe('live')
  })

  it('finds a plane behind a turn: a photograph is no face', () => {
    const asked = plan('turn-left')
    const follow = (flat: boolean) => (p: ChallengeName | null, ms: number) => ({ ...(p ? actFor(p, ms) : {}), flat })
    const face = drawSession(asked, follow(false))
    const photo = drawSession(asked, follow(true))
    expect(judge(face, asked, 'school', webcam).signals.depth?.says).toBe('live')
    expect(judge(photo, asked, 'school', webcam).result).toBe('not_live')
  })

  it('holds signs of injection against a capture in a school, reports them in a lab', () => {
    const asked = plan('turn-left', 'blink')
    const frames = drawSession(asked)
    const obs = { cameraLabel: 'OBS Virtual Camera' }
    expect(judge(frames, asked, 'school', obs)).toMatchObject({ result: 'review', reason: 'camera' })
    const lab = judge(frames, asked, 'lab', obs)
    expect(lab).toMatchObject({ result: 'live', signals: { camera: { says: 'review' } } })
    const looped = frames.map((frame, i) => ({ ...frame, points: frames[i % 20]?.points ?? null }))
    expect(judge(looped, plan('blink'), 'school', webcam).signals.repeats?.says).toBe('review')
  })

  it('doubts challenges that nobody was embedded in the middle of', () => {
    const asked = plan('turn-left', 'blink', 'smile')
    for (const slow of [false, true]) {
      const frames = drawSession({ ...asked, slow })
      const acts = findActs(frames, { ...asked, slow }).flatMap((i) => frames[i] ?? [])
      const rest = [15, Math.floor(frames.length / 2), frames.length - 1].flatMap((i) => frames[i] ?? [])
      const of = (...embedded: TraceFrame[]) => judge(frames, { ...asked, slow }, 'school', { ...webcam, embedded })
      expect(of(...rest, ...acts)).toMatchObject({ result: 'live', signals: { acted: { value: 3, limit: 3 } } })
      expect(of(...rest)).toMatchObject({ result: 'review', reason: 'acted', signals: { acted: { value: 0 } } })
      for (const left of acts) {
        const verdict = of(...rest, ...acts.filter((act) => act !== left))
        expect(verdict).toMatchObject({ result: 'review', reason: 'acted', signals: { acted: { value: 2 } } })
      }
    }
  })

  it.each(['turn-left', 'nod', 'blink'] as const)('counts no face from an earlier try at a %s', (name) => {
    const half = { 'turn-left': { yaw: 17 }, nod: { pitch: -9 }, blink: { blink: 1 } }[name]
    const first = (ms: number) => (ms > 500 && ms < 620 ? half : {})
    const frames = drawSession(plan(name), (prompt, ms) =>
      prompt ? (ms < 4200 ? first(ms) : actFor(name, ms - 4200)) : {},
    )
    const { replay, end } = replaySession(frames, plan(name))
    const asked = end.met[0]?.promptedAt ?? 0
    const acting = replay.filter(({ state }) => findActed(state) === 0).map(({ frame }) => frame)
    const value = (...embedded: TraceFrame[]) =>
      judge(frames, plan(name), 'school', { ...webcam, embedded }).signals.acted?.value
    expect(value(...acting.filter(({ t }) => t < asked + 1000).slice(0, 1))).toBe(0)
    expect(acting[0]?.t).toBeLessThan(asked + 1000)
    expect(value(...acting.filter(({ t }) => t > asked + 4200).slice(0, 1))).toBe(1)
  })

  it('leaves depth unmeasured where nobody is asked to turn', () => {
    const frames = drawSession(plan('blink', 'smile'))
    const { result, signals } = judge(frames, plan('blink', 'smile'), 'school', webcam)
    expect(result).toBe('live')
    expect(signals.depth).toEqual({ value: null, limit: null, says: 'not_measured' })
  })

  it('judges the encoded trace exactly as the frames it was made of', () => {
    const asked = plan('turn-right', 'smile')
    const frames = drawSession(asked)
    const back = decodeTrace(encodeTrace(frames))
    expect(back).toEqual(frames)
    expect(judge(back, asked, 'school', webcam)).toEqual(judge(frames, asked, 'school', webcam))
  })

  it('says the same of a trace that goes on for a moment after the challenges', () => {
    const asked = plan('turn-right', 'nod')
    const frames = drawSession(asked)
    const end = frames.at(-1)?.t ?? 0
    const after = drawSession(asked, () => ({ pitch: -12 }), 900).slice(0, 45)
    const longer = [...frames, ...after.map((frame) => ({ ...frame, t: frame.t + end }))]
    expect(replaySession(longer, asked).end).toEqual(replaySession(frames, asked).end)
    expect(judge(longer, asked, 'school', webcam)).toMatchObject({ result: 'live', reason: 'ok' })
  })

  it('asks three times, then fails; a face that leaves is asked again', () => {
    const { end } = replaySession(
      drawSession(plan('smile'), () => ({})),
      plan('smile'),
    )
    expect(end).toMatchObject({ phase: 'failed', reason: 'challenge_unmet', attempt: 3 })
    const noFace = drawSession(plan('smile')).map((frame) => ({ ...frame, faces: 0, points: null, extras: null }))
    const long = Array.from({ length: 900 }, (_, i) => ({ ...(noFace[0] as (typeof noFace)[0]), t: i * 33 }))
    expect(replaySession(long, plan('smile')).end).toMatchObject({ phase: 'failed', reason: 'no_face' })
  })

  it('is at ease with twice the time for who needs it', () => {
    const slow = { challenges: ['blink'] as ChallengeName[], slow: true }
    const late = (p: ChallengeName | null, ms: number) => (p ? actFor('blink', ms - 7000) : {})
    expect(judge(drawSession(slow, late), slow, 'school', webcam).result).toBe('live')
  })
})

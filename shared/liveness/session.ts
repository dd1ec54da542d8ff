import { CHALLENGES, type ChallengeName, NEAR_FRONT, type Rest } from './challenges.ts'
import { measureFrame, type Sample } from './measure-frame.ts'
import type { Measures } from './measures.ts'
import type { TraceFrame } from './trace.ts'

/** What the server asks of this session. */
export interface Plan {
  readonly challenges: readonly ChallengeName[]
  /** The person is given twice the time. */
  readonly slow: boolean
  /** A kiosk's queue: the face at rest is measured in less time, so that nobody waits for the machine. */
  readonly quick?: boolean
}

export type Phase = 'settling' | 'asking' | 'resting' | 'done' | 'failed'
export type FailureReason = 'no_face' | 'challenge_unmet' | 'no_return' | 'too_long'

/** A challenge that was met: which, when it was asked, when it was complete (ms), at which prompt (1..3). */
export interface Met {
  readonly name: ChallengeName
  readonly promptedAt: number
  readonly metAt: number
  readonly attempt: number
}

/** The state of a session. The screen shows it; the server computes the very same from the trace. */
export interface Session {
  readonly plan: Plan
  readonly phase: Phase
  readonly reason: FailureReason | null
  /** Index of the challenge asked now or next. */
  readonly step: number
  readonly attempt: number
  /** When the phase began, ms. */
  readonly since: number
  /** When this challenge was first asked, ms; null: it is not being asked. An action begun at one try may end in the next. */
  readonly askedAt: number | null
  readonly rest: Rest | null
  readonly met: readonly Met[]
  /** Frames of the last seconds with exactly one face. */
  readonly samples: readonly Sample[]
  /** Values near the front so far (the newest 300): eye aspect ratio, smile. */
  readonly nearFront: { readonly ear: readonly number[]; readonly smile: readonly number[]; readonly count: number }
  /** Frames near the front while settling, the head held still, for the pose at rest. */
  readonly settled: readonly Sample[]
  /** Time of the last frame, and since when the face has been in front without a break (null: it is not). */
  readonly now: number
  readonly frontSince: number | null
}

export const ASK_MS = 5000
const ATTEMPTS = 3
const SETTLE_MS = 1000
const SETTLE_FRAMES = 10
/** The same in a queue: a third of a second at the 25 frames a second of a camera. */
const QUICK = { ms: 300, frames: 8 } as const
const SETTLE_LIMIT_MS = 20_000
const REST_MS = 600
const REST_FRONT_MS = 250
/** Asking the same again needs no pause for reading; after the last challenge nobody is kept waiting, ms. */
const AGAIN_MS = 150
const LAST_FRONT_MS = 100
const REST_LIMIT_MS = 8000
/** With twice the time, what a sealed capture holds of a lively face, ms. */
const WHOLE_LIMIT_MS = 60_000
const WINDOW_MS = 7000
/** A face away for longer than this makes the prompt begin anew, ms. */
const AWAY_MS = 700
/** Yaw and pitch within which a face counts as looking at the camera, degrees. */
const FRONT_YAW = 12
const FRONT_PITCH = 22
/**
 * The pose at rest is taken from a head that holds still: no further than this from where it was a moment before, degrees and
 * ms. A turn goes about 35 degrees a second; drift and the network's own noise stay below 10.
 */
const STILL = { yaw: 3, pitch: 4, ms: 150 } as const
/** The narrowest pupil distance that can be measured, in frame widths (32 px of 640). */
const MIN_IOD = 0.05

export function startSession(plan: Plan): Session {
  return {
    plan,
    phase: 'settling',
    reason: null,
    step: 0,
    attempt: 1,
    since: 0,
    askedAt: null,
    rest: null,
    met: [],
    samples: [],
    nearFront: { ear: [], smile: [], count: 0 },
    settled: [],
    now: 0,
    frontSince: null,
  }
}

const percentile = (values: readonly number[], share: number): number => {
  const sorted = [...values].sort((a, b) => a - b)
  return sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))] ?? 0
}

const fail = (s: Session, reason: FailureReason): Session => ({ ...s, phase: 'failed', reason })
const enter = (s: Session, phase: Phase, more: Partial<Session> = {}): Session => ({
  ...s,
  phase,
  since: s.now,
  ...more,
})

/** Whether the head was here a moment ago, too. Samples: the newest is the last. */
function holdsStill(samples: readonly Sample[]): boolean {
  const now = samples.at(-1)
  if (!now) return false
  return samples
    .filter(({ t }) => now.t - t <= STILL.ms)
    .every(({ m: { pose } }) => {
      const [yaw, pitch] = [pose.yaw - now.m.pose.yaw, pose.pitch - now.m.pose.pitch]
      return Math.abs(yaw) <= STILL.yaw && Math.abs(pitch) <= STILL.pitch
    })
}

/** Takes the frame's measures into the windows the phases look at. */
function observe(state: Session, frame: TraceFrame): Session {
  const m = frame.faces === 1 ? measureFrame(frame) : null
  const t = frame.t
  const seen = m && m.iod >= MIN_IOD
  const front = seen && Math.abs(m.pose.yaw) <= FRONT_YAW && Math.abs(m.pose.pitch) <= FRONT_PITCH
  const base: Session = { ...state, now: t, frontSince: front ? (state.frontSince ?? t) : null }
  if (!seen) return base
  const sample = { t, m }
  const samples = [...state.samples.filter((s) => t - s.t <= WINDOW_MS), sample]
  if (Math.abs(m.pose.yaw) > NEAR_FRONT) return { ...base, samples }
  const { ear, smile, count } = state.nearFront
  const nearFront = { ear: [...ear.slice(-299), m.ear], smile: [...smile.slice(-299), m.smile], count: count + 1 }
  // The levels move slowly: every eighth frame is enough, and sorting is the dearest step here.
  const rest =
    state.rest && nearFront.count % 8 === 0
      ? { ...state.rest, openEar: percentile(nearFront.ear, 0.8), smile: percentile(nearFront.smile, 0.3) }
      : state.rest
  const settled =
    state.phase === 'settling' && front && holdsStill(samples) ? [...state.settled, sample] : state.settled
  return { ...base, samples, nearFront, rest, settled }
}

function settle(s: Session): Session {
  const pace = s.plan.slow ? 2 : 1
  if (s.now > SETTLE_LIMIT_MS * pace) return fail(s, 'no_face')
  const first = s.settled[0]
  const { ms, frames } = s.plan.quick ? QUICK : { ms: SETTLE_MS, frames: SETTLE_FRAMES }
  if (!first || s.frontSince === null || s.settled.length < frames) return s
  if (s.now - first.t < ms) return s
  const median = (of: (m: Measures) => number) =>
    percentile(
      s.settled.map(({ m }) => of(m)),
      0.5,
    )
  const rest: Rest = {
    openEar: percentile(s.nearFront.ear, 0.8),
    smile: percentile(s.nearFront.smile, 0.3),
    yaw: median(({ pose }) => pose.yaw),
    pitch: median(({ pose }) => pose.pitch),
    height: median(({ height }) => height),
  }
  return enter(s, 'asking', { rest, askedAt: s.now })
}

function ask(s: Session): Session {
  const name = s.plan.challenges[s.step]
  if (!name || !s.rest || s.askedAt === null) return enter(s, 'done')
  const last = s.samples.at(-1)
  const before = s.samples.at(-2)
  // The face went away: whoever comes back is asked again, on a fresh clock, without it counting as a try.
  if (
    !last ||
    s.now - last.t > AWAY_MS ||
    (before && last.t === s.now && last.t - before.t > AWAY_MS && before.t >= s.since)
  )
    return enter(s, 'resting', { askedAt: null })
  const metAt = CHALLENGES[name].metAt({ samples: s.samples, promptedAt: s.askedAt, rest: s.rest, slow: s.plan.slow })
  if (metAt !== null) {
    const met = [...s.met, { name, promptedAt: s.askedAt, metAt, attempt: s.attempt }]
    return enter(s, 'resting', { met, step: s.step + 1, attempt: 1, askedAt: null })
  }
  if (s.now - s.since < ASK_MS * (s.plan.slow ? 2 : 1)) return s
  return s.attempt >= ATTEMPTS ? fail(s, 'challenge_unmet') : enter(s, 'resting', { attempt: s.attempt + 1 })
}

/** Between two prompts: the face comes back to the front, for the next prompt and for the picture to embed. */
function rest(s: Session): Session {
  const waited = s.now - s.since
  if (waited > REST_LIMIT_MS * (s.plan.slow ? 2 : 1)) return fail(s, 'no_return')
  if (s.frontSince === null) return s
  const front = s.now - s.frontSince
  if (s.step >= s.plan.challenges.length) return front >= LAST_FRONT_MS ? enter(s, 'done') : s
  const pause = s.attempt > 1 ? AGAIN_MS : REST_MS
  return waited >= pause && front >= REST_FRONT_MS ? enter(s, 'asking', { askedAt: s.askedAt ?? s.now }) : s
}

const PHASES: { readonly [phase in Phase]: (s: Session) => Session } = {
  settling: settle,
  asking: ask,
  resting: rest,
  done: (s) => s,
  failed: (s) => s,
}

/**
 * The reducer: one more frame. Frames come in order of `t`. A session that is done or has failed stays as it is.
 * Deterministic: the same frames and plan give the same states in a browser and on the server.
 */
export function stepSession(state: Session, frame: TraceFrame): Session {
  if (state.phase === 'done' || state.phase === 'failed') return state
  const seen = observe(state, frame)
  if (seen.now > WHOLE_LIMIT_MS * (seen.plan.slow ? 2 : 1)) return fail(seen, 'too_long')
  return PHASES[seen.phase](seen)
}

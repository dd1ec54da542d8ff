import type { ChallengeName } from '../challenges.ts'
import { LEFT_EYE, RIGHT_EYE } from '../points.ts'
import { type Plan, startSession, stepSession } from '../session.ts'
import { type TraceFrame, traceFrame } from '../trace.ts'
import { CANONICAL_POINTS } from './canonical-points.ts'

/** How a drawn face looks at one moment. Degrees; `blink`, `smile` 0..1. */
export interface Look {
  readonly yaw?: number
  readonly pitch?: number
  readonly blink?: number
  readonly smile?: number
  /** A flat face: the canonical points without their depth, as on a photograph. */
  readonly flat?: boolean
}

const WIDTH = 640
const PX_PER_CM = 14
/** Pixels of noise in place of a sensor's: the same for the same seed, so that tests are repeatable. */
const wobble = (seed: number) => ((Math.sin(seed * 12.9898) * 43758.5453) % 1) * 0.15

/**
 * Landmarks of the canonical face, posed: 478 x (x, y, z) in pixels of a 640 wide frame.
 * @param seed varies the noise from frame to frame
 */
export function drawFace(look: Look, seed = 1): Float32Array {
  const out = new Float32Array(478 * 3)
  const model = new Map(CANONICAL_POINTS.map(([index, x, y, z]) => [index, [x, y, z] as [number, number, number]]))
  const at = (index: number) => model.get(index) ?? [0, 0, 0]
  for (const [iris, eye] of [
    [468, RIGHT_EYE],
    [473, LEFT_EYE],
  ] as const)
    model.set(
      iris,
      [0, 1, 2].map((k) => eye.reduce((sum, i) => sum + (at(i)[k] ?? 0), 0) / 6) as [number, number, number],
    )
  for (const [, up1, up2, , low2, low1] of [RIGHT_EYE, LEFT_EYE])
    for (const [up, low] of [
      [up1, low1],
      [up2, low2],
    ])
      if (up !== undefined && low !== undefined) {
        const [a, b] = [at(up), at(low)]
        model.set(up, [a[0], a[1] + (b[1] - a[1]) * (look.blink ?? 0) * 0.9, a[2]])
      }
  for (const [corner, side] of [
    [61, -1],
    [291, 1],
  ] as const) {
    const [x, y, z] = at(corner)
    model.set(corner, [x + side * 0.95 * (look.smile ?? 0), y + 0.6 * (look.smile ?? 0), z])
  }
  const [yaw, pitch] = [((look.yaw ?? 0) / 180) * Math.PI, ((look.pitch ?? 0) / 180) * Math.PI]
  let n = 0
  for (const [index, [x, y, z0]] of model) {
    const z = look.flat ? 5 : z0
    const x1 = x * Math.cos(yaw) + z * Math.sin(yaw)
    const z1 = -x * Math.sin(yaw) + z * Math.cos(yaw)
    const y1 = y * Math.cos(pitch) + z1 * Math.sin(pitch)
    n += 1
    out[3 * index] = WIDTH / 2 + x1 * PX_PER_CM + wobble(seed * 131 + n)
    out[3 * index + 1] = 240 - y1 * PX_PER_CM + wobble(seed * 137 + n * 3)
    out[3 * index + 2] = -z1 * PX_PER_CM
  }
  return out
}

/** The true turn (degrees) that our yaw, calibrated on the network's compressed depth, reads as 1 degree. */
const TRUE_PER_READ = 1 / 0.77

const ramp = (t: number, from: number, rise: number, hold: number) =>
  t < from ? 0 : Math.max(0, Math.min(1, (t - from) / rise, (from + 2 * rise + hold - t) / rise))

/** What a person does `ms` after a prompt. */
const ACTIONS: { readonly [name in ChallengeName]: (ms: number) => Look } = {
  blink: (ms) => ({ blink: Math.max(ramp(ms, 500, 60, 60), ramp(ms, 1200, 60, 60)) }),
  'turn-left': (ms) => ({ yaw: 26 * TRUE_PER_READ * ramp(ms, 500, 500, 300) }),
  'turn-right': (ms) => ({ yaw: -26 * TRUE_PER_READ * ramp(ms, 500, 500, 300) }),
  smile: (ms) => ({ smile: ramp(ms, 500, 300, 800) }),
  nod: (ms) => ({ pitch: -18 * ramp(ms, 500, 400, 200) }),
}

const doAsAsked = (asked: ChallengeName | null, ms: number): Look => (asked ? ACTIONS[asked](ms) : {})

/**
 * A whole session of a drawn face that answers each prompt (or, given `does`, does something else).
 * @param seed another one gives other noise: no two real sessions have the same landmarks to the last digit
 * @returns the trace's frames, 30 a second, from 300 ms after the ticket, up to the end of the session
 */
export function drawSession(
  plan: Plan,
  does: (asked: ChallengeName | null, msSincePrompt: number, t: number) => Look = doAsAsked,
  seed = 0,
): TraceFrame[] {
  let state = startSession(plan)
  let lastExtras = -Infinity
  let acting = null as { readonly name: ChallengeName; readonly from: number } | null
  const frames: TraceFrame[] = []
  for (let i = 0; i < 3000 && state.phase !== 'done' && state.phase !== 'failed'; i += 1) {
    const t = 300 + (i * 1000) / 30
    const asked = state.phase === 'asking' ? (plan.challenges[state.step] ?? null) : null
    if (asked && state.askedAt !== null && acting?.from !== state.askedAt) acting = { name: asked, from: state.askedAt }
    const look = does(acting?.name ?? null, acting ? t - acting.from : 0, t)
    const pixels = { light: 120, sharpness: 300, skin: [170, 130, 110] as const }
    const frame = traceFrame({ t, faces: 1, landmarks: drawFace(look, seed + i + 1), width: WIDTH, pixels }, lastExtras)
    if (frame.extras) lastExtras = frame.t
    frames.push(frame)
    state = stepSession(state, frame)
  }
  return frames
}

/** What the drawn face does for a challenge, `ms` after its prompt: for tests that let it do so at another time. */
export const actFor = (name: ChallengeName, ms: number): Look => ACTIONS[name](ms)

import type { Reach } from '../atlas.ts'

/** What moves: one axis of the puppet at a time. */
export type Axis = 'yaw' | 'pitch' | 'blink' | 'smile'

/** A point of a movement: `value` of the axis is reached at `at` ms after the act began. */
interface Key {
  readonly at: number
  readonly value: number
}

/** A movement along one axis, from 0 and, unless it is held, back to 0. */
export interface Act {
  readonly axis: Axis
  readonly keys: readonly Key[]
  /** Ms from the beginning to the end; Infinity while a pose is to be held. */
  readonly lasts: number
}

/** A random number in [0, 1). */
export type Random = () => number

const between = (random: Random, low: number, high: number): number => low + (high - low) * random()

const act = (axis: Axis, keys: readonly Key[]): Act => ({ axis, keys, lasts: keys.at(-1)?.at ?? 0 })

/** Lids fall in about 90 ms, stay shut 150 to 250 ms, open in about 140 ms. */
function blinkKeys(start: number, random: Random): Key[] {
  const shut = start + 90
  const opens = shut + between(random, 150, 250)
  return [
    { at: start, value: 0 },
    { at: shut, value: 1 },
    { at: opens, value: 1 },
    { at: opens + 140, value: 0 },
  ]
}

/** One blink, as everybody does now and then. */
export const blinkOnce = (random: Random): Act => act('blink', blinkKeys(0, random))

/** There, held, and back. */
const goAndReturn = (axis: Axis, value: number, go: number, hold: number): Act =>
  act(axis, [
    { at: 0, value: 0 },
    { at: go, value },
    { at: go + hold, value },
    { at: go + hold + go, value: 0 },
  ])

const holdPose = (value: number): Act => ({
  axis: 'yaw',
  keys: [
    { at: 0, value: 0 },
    { at: 500, value },
  ],
  lasts: Number.POSITIVE_INFINITY,
})

/** The one table of what a person does when the page asks: durations of ordinary movements. */
const ACTS: Readonly<Record<string, (reach: Reach, random: Random) => Act | null>> = {
  blink: (_, random) => act('blink', [...blinkKeys(0, random), ...blinkKeys(between(random, 600, 900), random)]),
  'turn-left': (reach) => goAndReturn('yaw', reach.turnLeft, 600, 500),
  'turn-right': (reach) => goAndReturn('yaw', reach.turnRight, 600, 500),
  smile: (reach) => goAndReturn('smile', reach.smile, 350, 1000),
  nod: (reach) => goAndReturn('pitch', reach.nod, 450, 250),
  'pose-left': (reach) => holdPose(reach.poseLeft),
  'pose-right': (reach) => holdPose(reach.poseRight),
  'pose-front': () => null,
  'pose-any': () => null,
}

/** What the puppet does on a prompt; null: it looks straight ahead. */
export const actOn = (prompt: string, reach: Reach, random: Random): Act | null => ACTS[prompt]?.(reach, random) ?? null

/** Something else than the prompt asks: the challenge after it in the list. */
export function mistake(prompt: string): string {
  const names = ['blink', 'turn-left', 'smile', 'turn-right', 'nod']
  const index = names.indexOf(prompt)
  return index < 0 ? prompt : (names[(index + 1) % names.length] ?? prompt)
}

/** The value of the act's axis `t` ms after its beginning, eased in and out between its keys. */
export function valueAt({ keys }: Act, t: number): number {
  const next = keys.findIndex(({ at }) => at > t)
  if (next < 0) return keys.at(-1)?.value ?? 0
  const [before, after] = [keys[next - 1], keys[next]]
  if (!before || !after) return keys[0]?.value ?? 0
  const u = (t - before.at) / (after.at - before.at)
  return before.value + (after.value - before.value) * u * u * (3 - 2 * u)
}

import type { Reach } from '../atlas.ts'
import { type Act, type Axis, actOn, blinkOnce, mistake, type Random, valueAt } from './acts.ts'

/** How the puppet takes what it is asked. */
export type Manner =
  /** Does what the page asks, with a person's reaction time. */
  | 'follows'
  /** Does something else each time. */
  | 'mistakes'
  /** Sits before the camera, moves a little and blinks, and does nothing it is asked. */
  | 'ignores'
  /** A photograph on a stand: nothing moves at all. */
  | 'photograph'

/** Where the puppet is on one axis; the others are at rest. */
export interface Held {
  readonly axis: Axis
  readonly value: number
}

/** Asked for the puppet's position, frame by frame. */
export type Actor = (now: number, prompt: string) => Held

const REACTION = { least: 400, most: 800 } as const
/** When the page still asks this long after the act ended, it is done again, ms. */
const AGAIN_AFTER = 1300
/** Time between blinks nobody asked for: never two in three seconds. */
const SPONTANEOUS = { least: 4000, most: 6500 } as const

const REST: Held = { axis: 'yaw', value: 0 }

/**
 * A person in front of the camera: reacts after 0.4 to 0.8 s, repeats when asked again, goes back to rest when the
 * prompt ends, blinks every few seconds.
 */
export function startActor(manner: Manner, reach: Reach, random: Random): Actor {
  const between = ({ least, most }: { least: number; most: number }) => least + (most - least) * random()
  let asked = ''
  let due = Number.POSITIVE_INFINITY
  let doing: { act: Act; since: number } | null = null
  let held: Held = REST
  let nextBlink = Number.NaN

  /** From wherever the puppet is back to rest, within 0.4 s. */
  const letGo = (): Act => ({
    axis: held.axis,
    keys: [
      { at: 0, value: held.value },
      { at: 400, value: 0 },
    ],
    lasts: 400,
  })
  const take = (act: Act, now: number) => {
    doing = { act, since: now }
  }
  const hear = (prompt: string, now: number) => {
    asked = prompt
    due = prompt === '' ? Number.POSITIVE_INFINITY : now + between(REACTION)
    if (doing && doing.act.lasts === Number.POSITIVE_INFINITY) take(letGo(), now)
  }
  const begin = (now: number) => {
    const act = actOn(manner === 'mistakes' ? mistake(asked) : asked, reach, random)
    due = Number.POSITIVE_INFINITY
    if (act) take(act, now)
  }
  const finish = (now: number) => {
    doing = null
    held = REST
    nextBlink = now + between(SPONTANEOUS)
    if (asked !== '' && !asked.startsWith('pose-')) due = Math.min(due, now + AGAIN_AFTER)
  }
  return (now, prompt) => {
    if (manner === 'photograph') return REST
    if (Number.isNaN(nextBlink)) nextBlink = now + between(SPONTANEOUS)
    if (prompt !== asked && manner !== 'ignores') hear(prompt, now)
    if (doing && now - doing.since >= doing.act.lasts) finish(now)
    if (!doing && now >= due) begin(now)
    if (!doing && now >= nextBlink) {
      nextBlink = now + between(SPONTANEOUS)
      if (asked === '') take(blinkOnce(random), now)
    }
    if (doing) held = { axis: doing.act.axis, value: valueAt(doing.act, now - doing.since) }
    return held
  }
}

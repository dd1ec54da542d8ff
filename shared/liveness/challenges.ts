import type { Sample } from './measure-frame.ts'
import type { Measures } from './measures.ts'

/** The names of the challenges, in the words of the protocol. Left and right are the subject's own. */
export const CHALLENGE_NAMES = ['blink', 'turn-left', 'turn-right', 'smile', 'nod'] as const
export type ChallengeName = (typeof CHALLENGE_NAMES)[number]

/** What the person looks like at rest in this very session, measured near the front only. */
export interface Rest {
  /** Open-eye level: the 80th percentile of the eye aspect ratio so far. */
  readonly openEar: number
  /** The 30th percentile of the smile measure so far. */
  readonly smile: number
  /** Median yaw and pitch while the face settled, degrees. */
  readonly yaw: number
  readonly pitch: number
  /** Median height of the face while it settled (`Measures.height`). */
  readonly height: number
}

/** What a challenge is judged on: the frames since just before its prompt, in order. */
export interface Evidence {
  readonly samples: readonly Sample[]
  /** Time the prompt was shown, ms. */
  readonly promptedAt: number
  readonly rest: Rest
  readonly slow: boolean
}

export interface Challenge {
  readonly name: ChallengeName
  /** A session holds one turn (it carries the depth test) and one or two others. */
  readonly kind: 'turn' | 'other'
  /** When the action was complete, ms; null while it is not. Nothing begun before the prompt counts. */
  readonly metAt: (evidence: Evidence) => number | null
  /** Whether a frame shows the very action, no further from the front than the embedding network was measured. */
  readonly shows: (measures: Measures, rest: Rest) => boolean
}

/** No one answers a picture on a screen sooner, ms: an action begun before was not asked for. */
const REACTION_MS = 150

/** Yaw (degrees, from rest) beyond which a face is no longer "near the front" for eyes and mouth. */
export const NEAR_FRONT = 15

const TURN_DEGREES = 15
const NOD_DEGREES = 10
const BLINK_SHUT = 0.6
const BLINK_OPEN = 0.75
const BLINK_MS = { min: 30, max: 500 } as const
const TWO_BLINKS_MS = 3000
/** Eyes count while the face keeps this share of its height at rest: people near the front kept 0.90 to 1.15 (`Measures.height`). */
const UPRIGHT = { from: 0.8, to: 1.25 } as const
/** Frames further apart than this leave an eye's closure unseen, ms. */
const GAP_MS = 250
const SMILE_RISE = 0.12
const SMILE_FLOOR = 1.03
const SMILE_HOLD_MS = 60
/**
 * Frames on the way of a turn or a nod whose embedding still holds to the others of the capture, degrees from rest. The
 * figures are in models/README.md, "Faces that act".
 */
const TURN_SHOWN = { from: 10, to: 25, most: 30 } as const
const NOD_SHOWN = { from: 8, to: 20 } as const

/** A closure of the eyes: its first frame below the shut level and the first frame back above the open level, ms. */
export interface Closure {
  readonly start: number
  readonly end: number
}

const isNearFront = ({ pose }: Measures): boolean => Math.abs(pose.yaw) <= NEAR_FRONT

/** A photograph leant away seems to close its eyes, and is no longer as high as it was. */
const isUpright = ({ height }: Measures, rest: Rest): boolean =>
  height >= UPRIGHT.from * rest.height && height <= UPRIGHT.to * rest.height

/**
 * Closures of the eyes near the front, upright: a fall below 60 % of the person's own open level and a return above 75 %,
 * lasting 0.03 to 0.5 s (MODELS: 2 of 2 and 4 of 4 on clips counted by eye, where a fixed 0.25 counts 10 for 2).
 */
function closures(samples: readonly Sample[], rest: Rest): Closure[] {
  const { openEar } = rest
  const found: Closure[] = []
  let shutSince: number | null = null
  let last = -Infinity
  for (const { t, m } of samples) {
    const broken = t - last > GAP_MS || !isNearFront(m) || !isUpright(m, rest)
    last = t
    if (broken) shutSince = null
    else if (shutSince === null && m.ear < BLINK_SHUT * openEar) shutSince = t
    else if (shutSince !== null && m.ear > BLINK_OPEN * openEar) {
      const lasted = t - shutSince
      if (lasted >= BLINK_MS.min && lasted <= BLINK_MS.max) found.push({ start: shutSince, end: t })
      shutSince = null
    }
  }
  return found
}

/** Both blinks whole within 3 s (5 s where the person is given more time): from the first falling to the second open. */
function blinkTwice({ samples, promptedAt, rest, slow }: Evidence): number | null {
  const blinks = closures(samples, rest).filter(({ start }) => start >= promptedAt + REACTION_MS)
  const limit = slow ? 5000 : TWO_BLINKS_MS
  for (let i = 1; i < blinks.length; i += 1) {
    const [first, second] = [blinks[i - 1], blinks[i]]
    if (first && second && second.end - first.start <= limit) return second.end
  }
  return null
}

/**
 * A movement away from rest: seen within `near` of rest after the prompt, then beyond `far` in three frames running,
 * not sooner than a person reacts.
 */
function moved(evidence: Evidence, far: number, near: number, value: (sample: Sample) => number): number | null {
  let atRest = false
  let beyond = 0
  for (const sample of evidence.samples) {
    if (sample.t < evidence.promptedAt) continue
    const v = value(sample)
    if (v < near) atRest = true
    beyond = atRest && v >= far && sample.t >= evidence.promptedAt + REACTION_MS ? beyond + 1 : 0
    if (beyond >= 3) return sample.t
  }
  return null
}

const turn = (sign: 1 | -1) => (evidence: Evidence) =>
  moved(evidence, TURN_DEGREES, 10, ({ m }) => sign * (m.pose.yaw - evidence.rest.yaw))

/** Chin down by ten degrees and more. */
const nod = (evidence: Evidence) =>
  moved(evidence, NOD_DEGREES, 5, ({ m }) =>
    Math.abs(m.pose.yaw) > NEAR_FRONT ? 0 : evidence.rest.pitch - m.pose.pitch,
  )

const smileLevel = (rest: Rest): number => Math.max(SMILE_FLOOR, rest.smile + SMILE_RISE)

/**
 * A smile: from rest (seen after the prompt, or just before it) to the smile level, held for 60 ms and more in two frames. The
 * floor keeps pursed lips that relax from counting as a smile.
 */
function smile({ samples, promptedAt, rest }: Evidence): number | null {
  const level = smileLevel(rest)
  let atRest = false
  let since: { t: number; frames: number } | null = null
  for (const { t, m } of samples) {
    if (t < promptedAt - 300) continue
    const smiles = m.smile >= level && isNearFront(m)
    if (!smiles) {
      if (m.smile < level - SMILE_RISE / 2) atRest = true
      since = null
    } else if (atRest && t >= promptedAt + REACTION_MS) {
      since = since ? { t: since.t, frames: since.frames + 1 } : { t, frames: 1 }
      if (since.frames >= 2 && t - since.t >= SMILE_HOLD_MS) return t
    } else atRest = false
  }
  return null
}

const showsTurn =
  (sign: 1 | -1) =>
  ({ pose }: Measures, rest: Rest): boolean => {
    const turned = sign * (pose.yaw - rest.yaw)
    return turned >= TURN_SHOWN.from && turned <= TURN_SHOWN.to && Math.abs(pose.yaw) <= TURN_SHOWN.most
  }

const showsNod = (m: Measures, rest: Rest): boolean => {
  const down = rest.pitch - m.pose.pitch
  return isNearFront(m) && down >= NOD_SHOWN.from && down <= NOD_SHOWN.to
}

/** The one table of challenges: whoever needs to know something of a challenge looks here. */
export const CHALLENGES: { readonly [name in ChallengeName]: Challenge } = {
  blink: {
    name: 'blink',
    kind: 'other',
    metAt: blinkTwice,
    shows: (m, rest) => isNearFront(m) && isUpright(m, rest) && m.ear < BLINK_SHUT * rest.openEar,
  },
  'turn-left': { name: 'turn-left', kind: 'turn', metAt: turn(1), shows: showsTurn(1) },
  'turn-right': { name: 'turn-right', kind: 'turn', metAt: turn(-1), shows: showsTurn(-1) },
  smile: {
    name: 'smile',
    kind: 'other',
    metAt: smile,
    shows: (m, rest) => isNearFront(m) && m.smile >= smileLevel(rest),
  },
  nod: { name: 'nod', kind: 'other', metAt: nod, shows: showsNod },
}

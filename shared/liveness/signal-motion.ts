import { pointOf } from './measure-frame.ts'
import { PUPILS } from './points.ts'
import type { Scene, Signal } from './signal.ts'
import type { TraceFrame } from './trace.ts'

/** A face between two frames at most this far apart (ms) does not move further than this many pupil distances. */
const STEP_MS = 150
const JUMP = 0.9
const GROWTH = 1.4
/** A trace slower than this many frames a second leaves a blink unseen. */
const MIN_FPS = 8
/** Landmarks that come back to the last digit half a second later come from a recording. */
const REPEAT_AFTER_MS = 500
const REPEATED_SHARE = 0.1

interface Place {
  readonly x: number
  readonly y: number
  readonly iod: number
}

function placeOf(frame: TraceFrame): Place | null {
  const [right, left] = [pointOf(frame, PUPILS[0]), pointOf(frame, PUPILS[1])]
  if (!right || !left) return null
  const iod = Math.hypot(right[0] - left[0], right[1] - left[1])
  return { x: (right[0] + left[0]) / 2, y: (right[1] + left[1]) / 2, iod }
}

/** Continuity: how often the face jumps between neighbouring frames, as where one recording is cut to another. */
export function judgeContinuity({ frames }: Scene): Signal {
  let jumps = 0
  let before: { place: Place; t: number } | null = null
  for (const frame of frames) {
    const place = placeOf(frame)
    if (!place) continue
    if (before && frame.t - before.t <= STEP_MS) {
      const shift = Math.hypot(place.x - before.place.x, place.y - before.place.y) / Math.max(before.place.iod, 1e-6)
      const growth = Math.max(place.iod / before.place.iod, before.place.iod / place.iod)
      if (shift > JUMP || growth > GROWTH) jumps += 1
    }
    before = { place, t: frame.t }
  }
  return { value: jumps, limit: 0, says: jumps > 0 ? 'review' : 'live' }
}

/** Frames a second, the median: too few to judge a blink by are looked at by a person. */
export function judgeFrameRate({ frames }: Scene): Signal {
  const steps = frames.slice(1).map((frame, i) => frame.t - (frames[i]?.t ?? 0))
  const middle = steps.sort((a, b) => a - b)[Math.floor(steps.length / 2)]
  if (middle === undefined) return { value: null, limit: MIN_FPS, says: 'not_live' }
  const fps = 1000 / Math.max(1, middle)
  return { value: fps, limit: MIN_FPS, says: fps < MIN_FPS ? 'review' : 'live' }
}

/** Share of frames whose points were all there, to the last digit, more than half a second before. */
export function judgeRepeats({ frames }: Scene): Signal {
  const first = new Map<string, number>()
  let repeated = 0
  let faces = 0
  for (const { points, t } of frames) {
    if (!points) continue
    faces += 1
    const key = points.join()
    const seen = first.get(key)
    if (seen === undefined) first.set(key, t)
    else if (t - seen >= REPEAT_AFTER_MS) repeated += 1
  }
  const value = faces > 0 ? repeated / faces : 0
  return { value, limit: REPEATED_SHARE, says: value > REPEATED_SHARE ? 'review' : 'live' }
}

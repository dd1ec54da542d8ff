import { type Measures, measure } from './measures.ts'
import { EXTRA_POINTS, FRAME_POINTS } from './points.ts'
import { QUANTUM, type TraceFrame } from './trace.ts'

const framePosition = new Map(FRAME_POINTS.map((index, i) => [index, i]))
const extraPosition = new Map(EXTRA_POINTS.map((index, i) => [index, i]))

/** A frame's time and what its landmarks say. */
export interface Sample {
  readonly t: number
  readonly m: Measures
}

/** x, y in frame widths of a mesh point kept in this frame; null when the frame does not hold it. */
export function pointOf(frame: TraceFrame, index: number): readonly [number, number] | null {
  const inFrame = framePosition.get(index)
  const [source, i] = inFrame !== undefined ? [frame.points, inFrame] : [frame.extras, extraPosition.get(index)]
  if (!source || i === undefined) return null
  return [(source[2 * i] ?? 0) * QUANTUM, (source[2 * i + 1] ?? 0) * QUANTUM]
}

/** The measures of a trace's frame, or null without a face. The same numbers in the browser and on the server. */
export function measureFrame(frame: TraceFrame): Measures | null {
  if (!frame.points) return null
  return measure((index) => pointOf(frame, index) ?? [0, 0])
}

import { EXTRA_POINTS, FRAME_POINTS } from './points.ts'
import { ByteReader, ByteWriter } from './trace-bytes.ts'

/** One unit of a point's coordinate: 1/4096 of the frame's width (0.16 px of 640), for x and y alike. */
export const QUANTUM = 1 / 4096

/** More frames than a minute and a half of 30 a second: a longer trace is refused. */
export const MAX_FRAMES = 3000

const VERSION = 1
const MAX_COORDINATE = 4 / QUANTUM
const EXTRAS_EVERY_MS = 200

/**
 * One frame of a capture, as the reducer and the verdict see it on both sides: already quantised, so that browser and
 * server compute on the same numbers.
 */
export interface TraceFrame {
  /** Whole milliseconds since the ticket came, never falling. */
  readonly t: number
  /** Faces in view: 0, 1, or 2 for "more than one". */
  readonly faces: number
  /** x, y of each of FRAME_POINTS, in quanta; null when there is no face. */
  readonly points: Int32Array | null
  /** x, y of each of EXTRA_POINTS, in quanta; null in most frames. */
  readonly extras: Int32Array | null
  /** The face's box: x, y, width, height in quanta; all 0 without a face. */
  readonly box: readonly [number, number, number, number]
  /** Mean luma of the face, 0..255. */
  readonly light: number
  /** Variance of the Laplacian on the fixed crop, whole, 0..65535. */
  readonly sharpness: number
  /** Mean skin colour, 0..255 each. */
  readonly skin: readonly [number, number, number]
}

/** What the browser saw of one frame, before quantising. Landmarks: 478 x (x, y, z) in pixels. */
export interface RawFrame {
  readonly t: number
  readonly faces: number
  readonly landmarks: Float32Array | null
  readonly width: number
  readonly pixels: { light: number; sharpness: number; skin: readonly [number, number, number] } | null
}

const byte = (value: number) => Math.max(0, Math.min(255, Math.round(value)))

function pick(landmarks: Float32Array, indices: readonly number[], scale: number): Int32Array {
  const out = new Int32Array(indices.length * 2)
  indices.forEach((index, i) => {
    out[2 * i] = Math.round((landmarks[3 * index] ?? 0) * scale)
    out[2 * i + 1] = Math.round((landmarks[3 * index + 1] ?? 0) * scale)
  })
  return out
}

function boxOf(landmarks: Float32Array, scale: number): [number, number, number, number] {
  let [left, top, right, bottom] = [Infinity, Infinity, -Infinity, -Infinity]
  for (let i = 0; i + 1 < landmarks.length; i += 3) {
    const [x = 0, y = 0] = [landmarks[i], landmarks[i + 1]]
    left = Math.min(left, x)
    right = Math.max(right, x)
    top = Math.min(top, y)
    bottom = Math.max(bottom, y)
  }
  return [left, top, right - left, bottom - top].map((v) => Math.round(v * scale)) as [number, number, number, number]
}

/**
 * Quantises one frame. The parallax points are kept when 200 ms have passed since `lastExtras`.
 * @param lastExtras `t` of the last frame that kept them; -Infinity at first
 */
export function traceFrame(raw: RawFrame, lastExtras: number): TraceFrame {
  const t = Math.round(raw.t)
  const faces = Math.min(2, raw.faces)
  const { landmarks, pixels } = raw
  if (!landmarks || faces === 0) {
    return { t, faces, points: null, extras: null, box: [0, 0, 0, 0], light: 0, sharpness: 0, skin: [0, 0, 0] }
  }
  const scale = 1 / (raw.width * QUANTUM)
  const [r, g, b] = pixels?.skin ?? [0, 0, 0]
  return {
    t,
    faces,
    points: pick(landmarks, FRAME_POINTS, scale),
    extras: t - lastExtras >= EXTRAS_EVERY_MS ? pick(landmarks, EXTRA_POINTS, scale) : null,
    box: boxOf(landmarks, scale),
    light: byte(pixels?.light ?? 0),
    sharpness: Math.max(0, Math.min(65_535, Math.round(pixels?.sharpness ?? 0))),
    skin: [byte(r), byte(g), byte(b)],
  }
}

/** The compact bytes of a trace: every number as the difference to the frame before, zigzag variable-length. */
export function encodeTrace(frames: readonly TraceFrame[]): Uint8Array<ArrayBuffer> {
  const out = new ByteWriter()
  out.unsigned(VERSION)
  out.unsigned(frames.length)
  let before = start()
  for (const frame of frames) {
    out.unsigned(frame.t - before.t)
    out.unsigned(frame.faces | (frame.points ? 4 : 0) | (frame.extras ? 8 : 0))
    if (frame.points) {
      const numbers = [...frame.box, frame.light, frame.sharpness, ...frame.skin]
      numbers.forEach((value, i) => {
        out.signed(value - (before.numbers[i] ?? 0))
      })
      frame.points.forEach((value, i) => {
        out.signed(value - (before.points[i] ?? 0))
      })
      frame.extras?.forEach((value, i) => {
        out.signed(value - (before.extras[i] ?? 0))
      })
      before = { t: frame.t, numbers, points: frame.points, extras: frame.extras ?? before.extras }
    } else before = { ...before, t: frame.t }
  }
  return out.bytes()
}

interface Before {
  readonly t: number
  readonly numbers: readonly number[]
  readonly points: Int32Array
  readonly extras: Int32Array
}

const start = (): Before => ({
  t: 0,
  numbers: new Array<number>(9).fill(0),
  points: new Int32Array(FRAME_POINTS.length * 2),
  extras: new Int32Array(EXTRA_POINTS.length * 2),
})

/**
 * The frames of a trace's bytes.
 * @throws RangeError when the bytes are no trace: another version, too many frames, a coordinate out of range, bytes
 * missing or left over
 */
export function decodeTrace(bytes: Uint8Array): TraceFrame[] {
  const input = new ByteReader(bytes)
  if (input.unsigned() !== VERSION) throw new RangeError('trace: unknown version')
  const count = input.unsigned()
  if (count > MAX_FRAMES) throw new RangeError('trace: too many frames')
  const frames: TraceFrame[] = []
  let before = start()
  const coordinates = (from: Int32Array) => {
    const out = new Int32Array(from.length)
    for (let i = 0; i < out.length; i += 1) {
      const value = (from[i] ?? 0) + input.signed()
      if (Math.abs(value) > MAX_COORDINATE) throw new RangeError('trace: coordinate out of range')
      out[i] = value
    }
    return out
  }
  for (let i = 0; i < count; i += 1) {
    const t = before.t + input.unsigned()
    const flags = input.unsigned()
    const faces = flags & 3
    if (flags > 15 || faces === 3) throw new RangeError('trace: unknown flags')
    if ((flags & 4) === 0) {
      frames.push({ t, faces, points: null, extras: null, box: [0, 0, 0, 0], light: 0, sharpness: 0, skin: [0, 0, 0] })
      before = { ...before, t }
      continue
    }
    const numbers = before.numbers.map((value) => value + input.signed())
    const points = coordinates(before.points)
    const extras = flags & 8 ? coordinates(before.extras) : null
    const [x = 0, y = 0, width = 0, height = 0, light = 0, sharpness = 0, r = 0, g = 0, b = 0] = numbers
    frames.push({ t, faces, points, extras, box: [x, y, width, height], light, sharpness, skin: [r, g, b] })
    before = { t, numbers, points, extras: extras ?? before.extras }
  }
  if (!input.atEnd()) throw new RangeError('trace: bytes left over')
  return frames
}

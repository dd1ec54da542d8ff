import { describe, expect, it } from 'vitest'
import type { FacePixels, Seen } from './engine-types.ts'
import { liveHint, shotQuality } from './quality.ts'

/** A face's landmarks as far as place and size need them: the box' corners and the pupils. */
function landmarksOf(iod: number, x: number, y: number): Float32Array {
  const landmarks = new Float32Array(478 * 3)
  const put = (index: number, px: number, py: number) => landmarks.set([px, py, 0], 3 * index)
  for (let i = 0; i < 478; i += 1) put(i, x, y)
  put(234, x - 1.15 * iod, y)
  put(454, x + 1.15 * iod, y)
  put(10, x, y - 1.3 * iod)
  put(152, x, y + 1.7 * iod)
  put(468, x - iod / 2, y - 0.3 * iod)
  put(473, x + iod / 2, y - 0.3 * iod)
  return landmarks
}

/** An ordinary webcam frame: the medians measured on untouched photographs, a face about 160 px wide. */
const PIXELS: FacePixels = {
  light: 137,
  clipped: 0,
  imbalance: 0.07,
  sharpness: 142,
  skin: [180, 140, 120],
  cover: { mouthDetail: 0.18, eyeDetail: 0.2, eyeLight: 0.53, lowerColour: 0.03, lowerLight: 0.13 },
}
const POSE = { yaw: 3, pitch: -8, roll: 2 }

function seenWith(change: Partial<FacePixels> = {}, place: { iod?: number; x?: number; y?: number } = {}): Seen {
  const { iod = 66, x = 320, y = 240 } = place
  const pixels = { ...PIXELS, ...change }
  return { faces: 1, landmarks: landmarksOf(iod, x, y), width: 640, height: 480, pixels }
}
const quality = (seen: Seen, pose = POSE) => shotQuality({ seen, pose })

describe('shot quality', () => {
  it('takes an ordinary webcam frame', () => {
    expect(quality(seenWith())).toEqual({ score: 100, hint: null })
  })

  it.each([
    ['too_dark', seenWith({ light: 34, sharpness: 10, clipped: 0.14 })],
    ['too_dark', seenWith({ light: 21, sharpness: 5, clipped: 0.79 })],
    ['too_bright', seenWith({ light: 219, sharpness: 380, clipped: 0.41 })],
    ['too_dark', seenWith({ imbalance: 0.5 })],
    ['blurred', seenWith({ sharpness: 7 })],
    ['blurred', seenWith({ sharpness: 4 })],
    ['closer', seenWith({}, { iod: 35 })],
    ['centre', seenWith({}, { x: 50 })],
    ['uncover_face', seenWith({ cover: { ...PIXELS.cover, mouthDetail: 0.01 } })],
    ['uncover_face', seenWith({ cover: { ...PIXELS.cover, eyeDetail: 0.02 } })],
    ['uncover_face', seenWith({ cover: { ...PIXELS.cover, lowerColour: 0.2 } })],
  ] as const)('refuses with %s', (hint, seen) => {
    const found = quality(seen)
    expect(found.score).toBeLessThanOrEqual(85)
    expect(found.hint).toBe(hint)
  })

  it('takes a dim picture for a dim one and not for a blurred one', () => {
    // Half the light: a quarter of the Laplacian's variance.
    expect(quality(seenWith({ light: 69, sharpness: 36 })).score).toBe(100)
  })

  it('follows the head: poses asked for pass, beyond 30 degrees nothing does', () => {
    for (const yaw of [-25, -10, 0, 10, 25]) expect(quality(seenWith(), { ...POSE, yaw }).score).toBeGreaterThan(85)
    for (const yaw of [-31, 31, 45]) {
      const found = quality(seenWith(), { ...POSE, yaw })
      expect(found.score).toBeLessThanOrEqual(85)
      expect(found.hint).toBe('look_straight')
    }
    for (const pitch of [-25, 10]) expect(quality(seenWith(), { ...POSE, pitch }).score).toBeGreaterThan(85)
    expect(quality(seenWith(), { ...POSE, pitch: -40 }).score).toBeLessThanOrEqual(85)
  })

  it('is nothing without exactly one face', () => {
    const none: Seen = { faces: 0, landmarks: null, width: 640, height: 480, pixels: null }
    expect(quality(none)).toEqual({ score: 0, hint: 'no_face' })
    expect(quality({ ...seenWith(), faces: 2 })).toEqual({ score: 0, hint: 'one_face_only' })
  })
})

describe('live hints', () => {
  it.each([
    [null, seenWith()],
    ['no_face', { faces: 0, landmarks: null, width: 640, height: 480, pixels: null }],
    ['one_face_only', { ...seenWith(), faces: 2 }],
    ['too_dark', seenWith({ light: 30 })],
    ['too_bright', seenWith({ light: 240 })],
    ['closer', seenWith({}, { iod: 40 })],
    ['further', seenWith({}, { iod: 190 })],
    ['centre', seenWith({}, { x: 500 })],
  ] as const)('%s', (hint, seen) => {
    expect(liveHint(seen)).toBe(hint)
  })
})

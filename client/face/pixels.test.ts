import { describe, expect, it } from 'vitest'
import { coverSigns, isCovered } from './cover-signs.ts'
import { boxOf, CROP_SIZE, measurePixels } from './pixels.ts'

const N = CROP_SIZE

/** All 478 points spread over the crop in a grid, so that every point has a place. */
const landmarks = new Float32Array(478 * 3)
for (let i = 0; i < 478; i += 1) landmarks.set([(i % 22) * (N / 21), Math.floor(i / 22) * (N / 21), 0], 3 * i)
const box = boxOf(landmarks)

function picture(colour: (x: number, y: number) => readonly [number, number, number]): Uint8ClampedArray {
  const rgba = new Uint8ClampedArray(N * N * 4)
  for (let y = 0; y < N; y += 1) for (let x = 0; x < N; x += 1) rgba.set([...colour(x, y), 255], 4 * (y * N + x))
  return rgba
}
const measured = (colour: (x: number, y: number) => readonly [number, number, number]) =>
  measurePixels(picture(colour), landmarks, box)

describe('pixel statistics', () => {
  it('of one plain colour: its luma, no edges, no imbalance', () => {
    const { light, sharpness, clipped, imbalance, skin } = measured(() => [200, 100, 50])
    expect(light).toBeCloseTo(0.299 * 200 + 0.587 * 100 + 0.114 * 50, 2)
    expect(sharpness).toBeCloseTo(0, 5)
    expect(clipped).toBe(0)
    expect(imbalance).toBeCloseTo(0, 5)
    expect(skin.map(Math.round)).toEqual([200, 100, 50])
  })

  it('tell sharp from blurred, and light from one side', () => {
    const fine = measured((x) => (x % 4 < 2 ? [160, 160, 160] : [80, 80, 80]))
    const soft = measured((x) => {
      const value = 120 + 40 * Math.sin(x / 6)
      return [value, value, value]
    })
    expect(fine.sharpness).toBeGreaterThan(100 * soft.sharpness)
    const side = measured((x) => (x < N / 2 ? [60, 60, 60] : [180, 180, 180]))
    expect(side.imbalance).toBeCloseTo(0.5, 1)
  })

  it('count what is clipped, inside the face only', () => {
    const corner = measured((x, y) => (x < 10 && y < 10 ? [0, 0, 0] : [120, 120, 120]))
    expect(corner.clipped).toBe(0)
    expect(measured((x) => (x < N / 2 ? [255, 255, 255] : [120, 120, 120])).clipped).toBeCloseTo(0.5, 1)
  })
})

describe('signs of a cover', () => {
  const face = picture((x, y) => {
    const shade = 150 + 50 * Math.sin(x / 2) * Math.cos(y / 2)
    return [shade, shade * 0.75, shade * 0.6]
  })
  const crop = (rgba: Uint8ClampedArray) => ({ rgba, size: N, landmarks, box })

  it('are absent on a face with detail everywhere', () => {
    expect(isCovered(coverSigns(crop(face)))).toBe(false)
  })

  it('are there when all detail is gone, as under cloth', () => {
    const flat = picture(() => [155, 116, 93])
    const signs = coverSigns(crop(flat))
    expect(signs.mouthDetail).toBeLessThan(0.01)
    expect(isCovered(signs)).toBe(true)
  })
})

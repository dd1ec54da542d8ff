import { describe, expect, it } from 'vitest'
import { alignFace, CHIP_SIZE, fitSimilarity, invert } from './align.ts'
import { chipBounds, cutChip } from './chip.ts'

const INDICES = [263, 362, 33, 133, 2]
const SHAPE = [
  [0.8595674595992, 0.2134981538014],
  [0.6460604764104, 0.2289674387677],
  [0.1205750620789, 0.2137274526848],
  [0.3340850613712, 0.2290642403242],
  [0.4901123135679, 0.6277975316475],
] as const

/** Landmarks whose five points are dlib's mean shape, scaled, turned and shifted into a frame. */
function landmarksAt(scale: number, degrees: number, x: number, y: number): Float32Array {
  const landmarks = new Float32Array(478 * 3)
  const [c, s] = [Math.cos((degrees * Math.PI) / 180), Math.sin((degrees * Math.PI) / 180)]
  SHAPE.forEach(([u, v], i) => {
    landmarks[3 * INDICES[i]!] = x + scale * (c * u - s * v)
    landmarks[3 * INDICES[i]! + 1] = y + scale * (s * u + c * v)
  })
  return landmarks
}

describe('alignment', () => {
  it('finds the similarity that made the points', () => {
    const from = [
      [0, 0],
      [4, 0],
      [1, 3],
    ] as const
    const to = from.map(([x, y]) => [2 * x - 0.5 * y + 7, 0.5 * x + 2 * y - 1] as const)
    const found = fitSimilarity(from, to)
    expect(found.a).toBeCloseTo(2, 12)
    expect(found.b).toBeCloseTo(0.5, 12)
    expect(found.tx).toBeCloseTo(7, 12)
    expect(found.ty).toBeCloseTo(-1, 12)
  })

  it('is the least-squares one: no small change of it fits better', () => {
    const from = [
      [0, 0],
      [4, 0],
      [1, 3],
      [2, 2],
    ] as const
    const to = [
      [1, 1],
      [5, 2],
      [0, 5],
      [3, 3],
    ] as const
    const best = fitSimilarity(from, to)
    const error = ({ a, b, tx, ty }: typeof best) =>
      from.reduce(
        (sum, [x, y], i) => sum + (a * x - b * y + tx - to[i]![0]) ** 2 + (b * x + a * y + ty - to[i]![1]) ** 2,
        0,
      )
    for (const key of ['a', 'b', 'tx', 'ty'] as const) {
      for (const step of [-1e-3, 1e-3]) expect(error({ ...best, [key]: best[key] + step })).toBeGreaterThan(error(best))
    }
  })

  it('refuses points without extent', () => {
    expect(() =>
      fitSimilarity(
        [
          [1, 1],
          [1, 1],
        ],
        [
          [0, 0],
          [2, 2],
        ],
      ),
    ).toThrow(RangeError)
    expect(() => alignFace(new Float32Array(478 * 3))).toThrow(RangeError)
  })

  it('puts the mean shape where dlib has it, however the face lies in the frame', () => {
    const landmarks = landmarksAt(220, 25, 300, 140)
    const { a, b, tx, ty } = alignFace(landmarks)
    SHAPE.forEach(([u, v], i) => {
      const [x, y] = [landmarks[3 * INDICES[i]!]!, landmarks[3 * INDICES[i]! + 1]!]
      expect(a * x - b * y + tx).toBeCloseTo(((u + 0.25) / 1.5) * 150, 3)
      expect(b * x + a * y + ty).toBeCloseTo(((v + 0.25) / 1.5) * 150, 3)
    })
  })

  it('inverts', () => {
    const there = { a: 0.3, b: -0.2, tx: 11, ty: 5 }
    const back = invert(there)
    const [x, y] = [there.a * 40 - there.b * 9 + there.tx, there.b * 40 + there.a * 9 + there.ty]
    expect(back.a * x - back.b * y + back.tx).toBeCloseTo(40, 9)
    expect(back.b * x + back.a * y + back.ty).toBeCloseTo(9, 9)
  })
})

describe('the chip', () => {
  /** A frame whose red is x / 4, green y / 4, blue a fine checkerboard (mean 127.5). */
  function frame(width: number, height: number) {
    const data = new Uint8ClampedArray(width * height * 4)
    for (let y = 0; y < height; y += 1)
      for (let x = 0; x < width; x += 1) data.set([x / 4, y / 4, (x + y) % 2 ? 255 : 0, 255], 4 * (y * width + x))
    return { data, width, height, x: 0, y: 0 }
  }
  const pixel = (chip: Float32Array, u: number, v: number) => [
    ...chip.subarray(3 * (v * CHIP_SIZE + u), 3 * (v * CHIP_SIZE + u) + 3),
  ]

  it('shows the frame where the alignment says, and averages what is finer than its pixels', () => {
    const landmarks = landmarksAt(400, 0, 200, 200) // 4 frame pixels a chip pixel
    const chip = cutChip(frame(800, 800), landmarks)
    const [r = 0, g = 0, b = 0] = pixel(chip, 75, 60)
    const x = ((75.5 / 150) * 1.5 - 0.25) * 400 + 200
    const y = ((60.5 / 150) * 1.5 - 0.25) * 400 + 200
    expect(Math.abs(r - x / 4)).toBeLessThan(1)
    expect(Math.abs(g - y / 4)).toBeLessThan(1)
    expect(Math.abs(b - 127.5)).toBeLessThan(2)
  })

  it('is the same from the whole frame and from the part it needs, and black outside the frame', () => {
    const whole = frame(300, 300)
    const landmarks = landmarksAt(120, -12, 150, 190)
    const bounds = chipBounds(landmarks, 300, 300)
    const data = new Uint8ClampedArray(bounds.width * bounds.height * 4)
    for (let y = 0; y < bounds.height; y += 1) {
      const start = 4 * ((y + bounds.y) * 300 + bounds.x)
      data.set(whole.data.subarray(start, start + 4 * bounds.width), 4 * y * bounds.width)
    }
    const chip = cutChip({ ...bounds, data }, landmarks)
    expect(chip).toEqual(cutChip(whole, landmarks))
    expect(pixel(chip, 75, 149)).toEqual([0, 0, 0])
    expect(bounds.y + bounds.height).toBe(300)
  })
})

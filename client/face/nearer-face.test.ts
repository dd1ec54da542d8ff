import { beforeEach, expect, it, vi } from 'vitest'
import { createNearerFace } from './nearer-face.ts'

const SIZE = { width: 480, height: 360 }
const FAR = { x: 20, y: 100, width: 50, height: 50 }
const NEAR = { x: 240, y: 80, width: 100, height: 100 }
const middle = (x: number, y: number) => ({ x, y })
const drawn: number[][] = []
const filled: number[][] = []

vi.mock('./canvas.ts', () => ({
  makeCanvas: () => ({ width: 0, height: 0 }),
  readableContext: (canvas: object) => ({
    canvas,
    drawImage: (_: unknown, ...box: number[]) => void drawn.push(box.slice(0, 4)),
    fillRect: (...box: number[]) => void filled.push(box),
  }),
}))
beforeEach(() => {
  drawn.length = 0
  filled.length = 0
})
const picture = (scale = 1) => ({ width: 480 * scale, height: 360 * scale }) as ImageBitmap

it('shows the picture itself while nobody is nearer, nor by enough', () => {
  const nearer = createNearerFace()
  const whole = picture()
  expect(nearer.show(whole, 20)).toBe(whole)
  nearer.saw({ ...NEAR, width: 57 }, FAR, SIZE, 0)
  expect(nearer.show(whole, 20)).toBe(whole)
  expect(nearer.isHers(middle(45, 125), SIZE, 0)).toBe(true)
  expect(nearer.isHers(null, SIZE, 0)).toBe(true)
})

it('shows the nearer one alone until she is followed, also in a picture of another size', () => {
  const nearer = createNearerFace()
  nearer.saw(NEAR, FAR, SIZE, 0)
  expect(nearer.show(picture(0.5), 20)).toMatchObject({ width: 240, height: 180 })
  expect(filled).toEqual([
    [0, 0, 240, 180],
    [10, 50, 25, 25],
  ])
  expect(drawn).toEqual([
    [90, 10, 110, 110],
    [120, 40, 50, 50],
  ])
  // Frames of 960 x 720: the first still lets go of the far one.
  const frame = { width: 960, height: 720 }
  expect(nearer.isHers(middle(90, 250), frame, 30)).toBe(false)
  expect(nearer.isHers(null, frame, 60)).toBe(false)
  expect(nearer.isHers(middle(580, 260), frame, 90)).toBe(true)
  const whole = picture()
  expect(nearer.show(whole, 20)).toBe(whole)
})

it('gives up on one that is not found, for a while', () => {
  const nearer = createNearerFace()
  nearer.saw(NEAR, FAR, SIZE, 0)
  for (let i = 1; i <= 6; i += 1) expect(nearer.isHers(null, SIZE, i)).toBe(false)
  const whole = picture()
  nearer.saw(NEAR, FAR, SIZE, 10_005)
  expect(nearer.show(whole, 10_005)).toBe(whole)
  nearer.saw(NEAR, FAR, SIZE, 10_006)
  expect(nearer.show(whole, 11_006)).not.toBe(whole)
  // Where she was a while ago, somebody else may be now.
  expect(nearer.show(whole, 11_007)).toBe(whole)
})

it('stays with whom it follows when it is told to', () => {
  const nearer = createNearerFace()
  nearer.saw(NEAR, FAR, SIZE, 0)
  nearer.stay()
  const whole = picture()
  expect(nearer.show(whole, 20)).toBe(whole)
})

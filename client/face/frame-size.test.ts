import { expect, it } from 'vitest'
import { copySize } from './frame-size.ts'

it('shrinks a frame to 480 pixels or a little more, keeps its shape, and never enlarges it', () => {
  expect(copySize({ width: 640, height: 480 }, 200)).toEqual({ width: 480, height: 360 })
  expect(copySize({ width: 1080, height: 1920 }, null)).toEqual({ width: 270, height: 480 })
  expect(copySize({ width: 320, height: 240 }, 200)).toEqual({ width: 320, height: 240 })
})

it('keeps a face as wide as the network looks at it', () => {
  expect(copySize({ width: 1080, height: 1920 }, 400)).toEqual({ width: 405, height: 720 })
  expect(copySize({ width: 640, height: 480 }, 120)).toEqual({ width: 640, height: 480 })
})

import { describe, expect, it } from 'vitest'
import { frameTime } from './frame-loop.ts'

describe("a frame's time", () => {
  it('is when the camera took it', () => {
    expect(frameTime(1100, { captureTime: 1040, presentationTime: 1090 })).toBe(1040)
  })

  it('is when it was presented, where the camera does not say or counts on another clock', () => {
    expect(frameTime(1100, { presentationTime: 1090 })).toBe(1090)
    expect(frameTime(1100, { captureTime: 86_400_000, presentationTime: 1090 })).toBe(1090)
    expect(frameTime(1100, {})).toBe(1100)
  })
})

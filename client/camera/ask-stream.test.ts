import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { askStream, LOOK_AFTER_MS } from './ask-stream.ts'
import { CameraProblem } from './camera-types.ts'

beforeEach(() => void vi.useFakeTimers())
afterEach(() => void vi.useRealTimers())

function fakeStream() {
  const stop = vi.fn()
  return { stop, stream: { getTracks: () => [{ stop }] } as unknown as MediaStream }
}

/** A camera that answers when the test says so, and what came of asking for it. */
function askLater(isDue: () => Promise<boolean>) {
  let give: (stream: MediaStream) => void = () => undefined
  let refuse: (why: Error) => void = () => undefined
  const asked = new Promise<MediaStream>((resolve, reject) => {
    ;[give, refuse] = [resolve, reject]
  })
  const told = vi.fn()
  askStream(() => asked, isDue).then(told, told)
  const outcome = () => told.mock.calls[0]?.[0]
  return { give: (stream: MediaStream) => give(stream), refuse: (why: Error) => refuse(why), outcome }
}

it('gives a camera up that is allowed and never comes, and stops it if it comes later', async () => {
  const camera = askLater(async () => true)
  await vi.advanceTimersByTimeAsync(2 * LOOK_AFTER_MS - 1)
  expect(camera.outcome()).toBeUndefined()
  await vi.advanceTimersByTimeAsync(1)
  expect(camera.outcome()).toBeInstanceOf(CameraProblem)
  expect(camera.outcome().trouble).toBe('busy')
  const { stream, stop } = fakeStream()
  camera.give(stream)
  await vi.advanceTimersByTimeAsync(0)
  expect(stop).toHaveBeenCalledOnce()
})

it('waits for a person who is asked, and gives the camera its time after her answer', async () => {
  let due = false
  const camera = askLater(async () => due)
  await vi.advanceTimersByTimeAsync(30 * LOOK_AFTER_MS)
  due = true
  // She answered a moment before it was looked at.
  await vi.advanceTimersByTimeAsync(LOOK_AFTER_MS)
  expect(camera.outcome()).toBeUndefined()
  const { stream, stop } = fakeStream()
  camera.give(stream)
  await vi.advanceTimersByTimeAsync(5 * LOOK_AFTER_MS)
  expect(camera.outcome()).toBe(stream)
  expect(stop).not.toHaveBeenCalled()
  expect(vi.getTimerCount()).toBe(0)
})

it('says of itself nothing of a camera that is refused', async () => {
  const camera = askLater(async () => true)
  const why = new DOMException('no', 'NotAllowedError')
  camera.refuse(why)
  await vi.advanceTimersByTimeAsync(5 * LOOK_AFTER_MS)
  expect(camera.outcome()).toBe(why)
  expect(vi.getTimerCount()).toBe(0)
})

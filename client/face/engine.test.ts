import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { openFaceEngine } from './engine.ts'

let workers: SilentWorker[] = []
/** A worker that says only what the test has it say. */
class SilentWorker extends EventTarget {
  ended = false
  constructor() {
    super()
    workers.push(this)
  }
  postMessage() {}
  terminate() {
    this.ended = true
  }
  say(data: object) {
    this.dispatchEvent(new MessageEvent('message', { data }))
  }
}
beforeEach(() => {
  vi.useFakeTimers()
  workers = []
  vi.stubGlobal('Worker', SilentWorker)
  vi.stubGlobal('createImageBitmap', () => undefined)
  vi.stubGlobal('document', { createElement: () => ({ getContext: () => null }) })
})
afterEach(() => {
  vi.useRealTimers()
  vi.unstubAllGlobals()
})

it('gives up when nothing is heard of it for three minutes, however long it took before', async () => {
  const failed = vi.fn()
  void openFaceEngine().catch(failed)
  for (let minute = 0; minute < 10; minute += 2) {
    await vi.advanceTimersByTimeAsync(120_000)
    workers[0]?.say({ loaded: 1000 })
  }
  await vi.advanceTimersByTimeAsync(179_000)
  expect(failed).not.toHaveBeenCalled()
  await vi.advanceTimersByTimeAsync(1_000)
  expect(failed).toHaveBeenCalledWith(expect.objectContaining({ code: 'failed' }))
  expect(workers.map(({ ended }) => ended)).toEqual([true, true])
})

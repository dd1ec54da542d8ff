import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { stayAwake } from './awake.ts'

class Lock {
  released = false
  async release() {
    this.released = true
  }
}
const page = Object.assign(new EventTarget(), { visibilityState: 'visible' })
let locks: Lock[] = []
let refuses = false
beforeEach(() => {
  vi.useFakeTimers()
  locks = []
  refuses = false
  page.visibilityState = 'visible'
  vi.stubGlobal('document', page)
  const request = async () => {
    if (refuses) throw new DOMException('battery', 'NotAllowedError')
    const lock = new Lock()
    locks.push(lock)
    return lock
  }
  vi.stubGlobal('navigator', { wakeLock: { request } })
})
afterEach(() => {
  vi.useRealTimers()
  vi.unstubAllGlobals()
})
const minute = () => vi.advanceTimersByTimeAsync(60_000)

it('asks again each minute while the page is on view and the screen may sleep', async () => {
  refuses = true
  const sleep = stayAwake()
  await minute()
  expect(locks).toHaveLength(0)
  refuses = false
  await minute()
  await minute()
  expect(locks).toHaveLength(1)
  await locks[0]?.release()
  page.visibilityState = 'hidden'
  await minute()
  expect(locks).toHaveLength(1)
  page.visibilityState = 'visible'
  page.dispatchEvent(new Event('visibilitychange'))
  await vi.advanceTimersByTimeAsync(0)
  expect(locks).toHaveLength(2)
  sleep()
  await minute()
  expect(locks.map(({ released }) => released)).toEqual([true, true])
})

import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { createStore } from '../../core/store.ts'
import { EMPTY_STATUS, type Result, type Status, type View } from '../kiosk.ts'
import { createDoor, type DoorOptions } from './door.ts'
import type { Walked } from './walk.ts'

let walked: (one: Walked) => void = () => undefined
vi.mock('./walk.ts', () => ({
  startDoorWalk: () => ({
    cancel: () => walked({ kind: 'left', shown: true }),
    done: new Promise<Walked>((resolve) => {
      walked = resolve
    }),
  }),
}))

const NEAR = 0.1
const sealed = { kind: 'sealed', sealed: { ticket: 't', capture: 'c' }, vectors: [] } as unknown as Walked
beforeEach(() => void vi.useFakeTimers())
afterEach(() => void vi.useRealTimers())

/** A door before a camera that shows whom `stands` says, and a server that answers when `answer` is called. */
function setUp() {
  const view = createStore<View>({ kind: 'idle', hint: null, claim: null })
  const status = createStore<Status>({ ...EMPTY_STATUS, online: true, loaded: 1 })
  const landmarks = new Float32Array(478 * 3)
  let faces = 1
  let answer: (reply: object) => void = () => undefined
  const breakEngine = vi.fn()
  const drawn: (string | null)[] = []
  const ticket = { id: 't', challenges: ['blink'] }
  const eye = {
    ready: () => ({
      camera: {
        eachFrame(told: (image: object, at: number) => void) {
          const timer = setInterval(() => told({ close: () => undefined }, performance.now()), 100)
          return () => clearInterval(timer)
        },
      },
      engine: { look: async () => ({ faces, landmarks: faces > 0 ? landmarks : null, width: 1, height: 1 }) },
    }),
    breakEngine,
  }
  landmarks[468 * 3] = NEAR
  const door = createDoor({
    ...{ eye, view, status, key: {}, outbox: {}, clock: { stamp: () => ({}) } },
    server: {
      ticket: async (nim: string | null) => {
        drawn.push(nim)
        return ticket
      },
      scan: () =>
        new Promise((resolve) => {
          answer = resolve
        }),
    },
    ahead: {
      take: async () => {
        drawn.push(null)
        return ticket
      },
      giveBack: () => undefined,
      refill: () => undefined,
      drop: () => undefined,
    },
    onResult: () => undefined,
    onAway: () => undefined,
    onShutOut: () => undefined,
    onKept: () => undefined,
  } as unknown as DoorOptions)
  door.open()
  return {
    door,
    view,
    drawn,
    breakEngine,
    stands: (somebody: boolean) => {
      faces = somebody ? 1 : 0
    },
    /** The walk is done, and the server says so. */
    async ends(result: 'unknown' | 'recorded') {
      await vi.advanceTimersByTimeAsync(1000)
      walked(sealed)
      await vi.advanceTimersByTimeAsync(0)
      const absensi = { name: 'Ani', kelas: 'X-1', status: 'hadir', late_minutes: 0, time: '2026-11-02T06:58:00+07:00' }
      answer({ result, absensi: result === 'recorded' ? { ...absensi, grade: 'verified' } : null, left: false })
      await vi.advanceTimersByTimeAsync(0)
    },
  }
}
const kindOf = (view: View): string => (view.kind === 'result' ? (view.result as Result).kind : view.kind)

it('shows a success for two and a half seconds, a refusal until she steps back or six are over', async () => {
  const { view, stands, ends } = setUp()
  await ends('recorded')
  expect(kindOf(view.get())).toBe('recorded')
  await vi.advanceTimersByTimeAsync(2_500)
  expect(kindOf(view.get())).toBe('idle')
  await ends('unknown')
  await vi.advanceTimersByTimeAsync(5_900)
  expect(kindOf(view.get())).toBe('unknown')
  await vi.advanceTimersByTimeAsync(100)
  expect(kindOf(view.get())).toBe('idle')
  await ends('unknown')
  stands(false)
  await vi.advanceTimersByTimeAsync(2_400)
  expect(kindOf(view.get())).toBe('unknown')
  await vi.advanceTimersByTimeAsync(400)
  expect(kindOf(view.get())).toBe('idle')
})

it('keeps a refusal to be read when the camera goes, and takes nobody then', async () => {
  const { door, view, ends } = setUp()
  await ends('unknown')
  door.close()
  await vi.advanceTimersByTimeAsync(2_400)
  expect(kindOf(view.get())).toBe('unknown')
  await vi.advanceTimersByTimeAsync(200)
  expect(kindOf(view.get())).toBe('idle')
})

it('asks whoever took too long to try again, and keeps the networks', async () => {
  const { view, breakEngine } = setUp()
  await vi.advanceTimersByTimeAsync(1000)
  walked({ kind: 'too_large' })
  await vi.advanceTimersByTimeAsync(0)
  expect(kindOf(view.get())).toBe('not_live')
  expect(breakEngine).not.toHaveBeenCalled()
})

it('keeps a name that is given while an answer is waited for, and shows no refusal over it', async () => {
  const { door, view, drawn, ends } = setUp()
  await vi.advanceTimersByTimeAsync(1000)
  walked(sealed)
  await vi.advanceTimersByTimeAsync(0)
  door.close()
  view.set({ kind: 'nim' })
  const claim = { nim: '2301', name: null, kelas: null }
  door.claim(claim)
  await ends('unknown')
  expect(view.get()).toMatchObject({ claim })
  await vi.advanceTimersByTimeAsync(1000)
  expect(drawn).toEqual([null, '2301'])
})

it('shows a success over the screen on which the next one types, and goes back to it', async () => {
  const { view, door, ends } = setUp()
  await vi.advanceTimersByTimeAsync(1000)
  walked(sealed)
  await vi.advanceTimersByTimeAsync(0)
  door.close()
  view.set({ kind: 'nim' })
  await ends('recorded')
  expect(kindOf(view.get())).toBe('recorded')
  await vi.advanceTimersByTimeAsync(2_500)
  expect(view.get()).toEqual({ kind: 'nim' })
})

it('lets whoever cancelled stand there for a while, and takes the next one at once', async () => {
  const { door, drawn, stands } = setUp()
  door.close()
  door.rest()
  door.open()
  await vi.advanceTimersByTimeAsync(3_800)
  expect(drawn).toEqual([])
  stands(false)
  await vi.advanceTimersByTimeAsync(600)
  stands(true)
  await vi.advanceTimersByTimeAsync(400)
  expect(drawn).toEqual([null])
})

it('shows no answer that comes after the kiosk was shut out', async () => {
  const { door, view, ends } = setUp()
  await vi.advanceTimersByTimeAsync(1000)
  walked(sealed)
  await vi.advanceTimersByTimeAsync(0)
  door.close()
  view.set({ kind: 'revoked', refused: false })
  await ends('recorded')
  await vi.advanceTimersByTimeAsync(3_000)
  expect(view.get().kind).toBe('revoked')
})

it('is quiet, so that a new version may take over, only when nobody was there for half a minute', async () => {
  const { door, view, stands, ends } = setUp()
  await vi.advanceTimersByTimeAsync(40_000)
  // In the middle of a walk.
  expect([view.get().kind, door.isQuiet()]).toEqual(['idle', false])
  await ends('recorded')
  expect([kindOf(view.get()), door.isQuiet()]).toEqual(['recorded', false])
  stands(false)
  await vi.advanceTimersByTimeAsync(29_000)
  expect(door.isQuiet()).toBe(false)
  await vi.advanceTimersByTimeAsync(5_000)
  expect(door.isQuiet()).toBe(true)
  view.set({ kind: 'nim' })
  expect(door.isQuiet()).toBe(false)
})

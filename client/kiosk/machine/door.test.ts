import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { createStore } from '../../core/store.ts'
import { EMPTY_STATUS, type Result, type Status, type View } from '../kiosk.ts'
import { createDoor, type DoorOptions } from './door.ts'
import type { Walked } from './walk.ts'

let walked: (one: Walked) => void = () => undefined
/** What her ticket asks for has been on the screen. */
let isAsked = true
/** She has done her part, and her capture is being sealed: it cannot be cancelled any more. */
let sealing = false
vi.mock('./walk.ts', () => ({
  startDoorWalk: () => ({
    cancel: () => sealing || walked({ kind: 'left', shown: isAsked }),
    done: new Promise<Walked>((resolve) => {
      walked = resolve
    }),
  }),
}))

const NEAR = 0.1
const sealed = { kind: 'sealed', met: true, sealed: { ticket: 't', capture: 'c' }, vectors: [] } as unknown as Walked
beforeEach(() => {
  vi.useFakeTimers()
  sealing = false
  isAsked = true
})
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
  const appended: object[] = []
  let [back, drawMs, dropped] = [0, 0, 0]
  let hasCamera = true
  let clock = 0
  const ticket = { id: 't', challenges: ['blink'] }
  const outbox = {
    roster: { find: async () => undefined },
    tickets: { take: async () => ticket },
    events: {
      append: async (event: object) => {
        appended.push(event)
        return { kind: 'kept' }
      },
    },
  }
  const eye = {
    ready: () =>
      hasCamera
        ? {
            camera: {
              eachFrame(told: (image: object, at: number) => void) {
                const timer = setInterval(() => told({ close: () => undefined }, performance.now()), 100)
                return () => clearInterval(timer)
              },
            },
            engine: { look: async () => ({ faces, landmarks: faces > 0 ? landmarks : null, width: 1, height: 1 }) },
          }
        : null,
    breakEngine,
  }
  landmarks[468 * 3] = NEAR
  const door = createDoor({
    ...{ eye, view, status, outbox, key: {}, steady: () => performance.now() },
    clock: {
      stamp: () => ({ elapsed_ms: clock, time_token: '', wall_time: '' }),
      now: () => ({ ms: clock, trusted: true }),
    },
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
        if (drawMs > 0) await new Promise((resolve) => setTimeout(resolve, drawMs))
        drawn.push(null)
        return ticket
      },
      giveBack: () => {
        back += 1
      },
      refill: () => undefined,
      drop: () => {
        dropped += 1
      },
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
    appended,
    breakEngine,
    /** How often a ticket was given back. */
    back: () => back,
    /** How often the ticket drawn ahead was thrown away. */
    dropped: () => dropped,
    loseCamera: () => {
      hasCamera = false
    },
    slowDown: (ms: number) => {
      drawMs = ms
    },
    goOffline: () => status.set({ ...status.get(), online: false }),
    setClock: (ms: number) => {
      clock = ms
    },
    stands: (somebody: boolean) => {
      faces = somebody ? 1 : 0
    },
    /** The walk is done, and the server says so. */
    async ends(result: 'unknown' | 'recorded' | 'ambiguous') {
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

it('keeps a name that is given while the answer of the one before is waited for, also under her success', async () => {
  const { door, view, drawn, ends } = setUp()
  await vi.advanceTimersByTimeAsync(1000)
  walked(sealed)
  await vi.advanceTimersByTimeAsync(0)
  door.close()
  const claim = { nim: '2301', name: null, kelas: null }
  door.claim(claim)
  await ends('recorded')
  expect(kindOf(view.get())).toBe('recorded')
  await vi.advanceTimersByTimeAsync(2_500)
  expect(view.get()).toMatchObject({ kind: 'idle', claim })
  await vi.advanceTimersByTimeAsync(1_000)
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

const ANI = { nim: '2301', name: 'Ani', kelas: 'X-1' }
const unmet = { ...sealed, met: false } as Walked

it('does not say of somebody who did not do what she was asked that it is kept: she can try again', async () => {
  const { door, view, appended, goOffline } = setUp()
  goOffline()
  door.claim(ANI)
  await vi.advanceTimersByTimeAsync(1000)
  walked(unmet)
  await vi.advanceTimersByTimeAsync(0)
  // The server judges it all the same, and its ticket is used.
  expect([kindOf(view.get()), appended.length]).toEqual(['not_live', 1])
  await vi.advanceTimersByTimeAsync(8_000)
  door.claim(ANI)
  await vi.advanceTimersByTimeAsync(1000)
  walked(sealed)
  await vi.advanceTimersByTimeAsync(0)
  expect([kindOf(view.get()), appended.length]).toEqual(['provisional', 2])
})

it('notes when she came, not how long she took', async () => {
  const { door, appended, goOffline, setClock } = setUp()
  goOffline()
  door.claim(ANI)
  setClock(1_000)
  await vi.advanceTimersByTimeAsync(1000)
  setClock(50_000)
  walked(sealed)
  await vi.advanceTimersByTimeAsync(0)
  expect(appended).toMatchObject([{ elapsed_ms: 1_000 }])
})

it('marks whoever has done her part when somebody else touches the screen, not whoever cancels', async () => {
  const { door, view, ends } = setUp()
  const touched = async () => {
    await vi.advanceTimersByTimeAsync(1000)
    sealing = true
    door.close()
  }
  await touched()
  view.set({ kind: 'nim' })
  await ends('recorded')
  expect(kindOf(view.get())).toBe('recorded')
  await vi.advanceTimersByTimeAsync(2_500)
  expect(view.get()).toEqual({ kind: 'nim' })
  view.set({ kind: 'idle', hint: null, claim: null })
  door.open()
  await touched()
  door.rest()
  view.set({ kind: 'idle', hint: null, claim: null })
  await ends('recorded')
  expect(kindOf(view.get())).toBe('idle')
})

it('gives a ticket back only while nobody has seen what it asks for', async () => {
  const { view, back } = setUp()
  await vi.advanceTimersByTimeAsync(1000)
  walked({ kind: 'known', shown: false })
  await vi.advanceTimersByTimeAsync(0)
  expect([view.get().kind, back()]).toEqual(['known', 1])
  await vi.advanceTimersByTimeAsync(5_000)
  walked({ kind: 'known', shown: true })
  await vi.advanceTimersByTimeAsync(0)
  expect([view.get().kind, back()]).toEqual(['known', 1])
})

it('gives back a ticket that comes when the door is closed already', async () => {
  const { door, view, back, slowDown } = setUp()
  slowDown(5_000)
  await vi.advanceTimersByTimeAsync(1000)
  door.close()
  view.set({ kind: 'nim' })
  await vi.advanceTimersByTimeAsync(5_000)
  expect([view.get().kind, back()]).toEqual(['nim', 1])
})

it('gives a ticket back when the door is closed before she was asked', async () => {
  const { door, view, back } = setUp()
  await vi.advanceTimersByTimeAsync(1000)
  isAsked = false
  door.close()
  view.set({ kind: 'nim' })
  await vi.advanceTimersByTimeAsync(0)
  expect([view.get().kind, back()]).toEqual(['nim', 1])
  view.set({ kind: 'idle', hint: null, claim: null })
  door.open()
  await vi.advanceTimersByTimeAsync(1000)
  isAsked = true
  door.close()
  await vi.advanceTimersByTimeAsync(0)
  expect(back()).toBe(1)
})

it('throws away the ticket drawn ahead after every face that was refused: the next is asked for more', async () => {
  const { door, dropped, ends } = setUp()
  await ends('ambiguous')
  expect(dropped()).toBe(0)
  await vi.advanceTimersByTimeAsync(7_000)
  door.claim(ANI)
  await ends('unknown')
  expect(dropped()).toBe(1)
})

it('knows who is to try again while she stands there, and nobody who comes in her place', async () => {
  const { door, view, stands, goOffline } = setUp()
  goOffline()
  const refused = async () => {
    await vi.advanceTimersByTimeAsync(1000)
    walked(unmet)
    await vi.advanceTimersByTimeAsync(0)
    expect(kindOf(view.get())).toBe('not_live')
  }
  door.claim(ANI)
  await refused()
  await vi.advanceTimersByTimeAsync(6_000)
  expect(view.get()).toMatchObject({ kind: 'idle', claim: ANI })
  await refused()
  // She goes at once, and somebody else stands there before the refusal is over.
  await vi.advanceTimersByTimeAsync(500)
  stands(false)
  await vi.advanceTimersByTimeAsync(500)
  stands(true)
  await vi.advanceTimersByTimeAsync(2_400)
  expect(view.get()).toEqual({ kind: 'pick', byItself: true })
  view.set({ kind: 'idle', hint: null, claim: null })
  door.claim(ANI)
  await refused()
  stands(false)
  await vi.advanceTimersByTimeAsync(3_000)
  expect(view.get()).toMatchObject({ kind: 'idle', claim: null })
  stands(true)
  await vi.advanceTimersByTimeAsync(1_000)
  expect(view.get()).toEqual({ kind: 'pick', byItself: true })
})

it('forgets a name after twenty seconds also without a camera', async () => {
  const { door, view, loseCamera } = setUp()
  door.close()
  loseCamera()
  door.claim(ANI)
  await vi.advanceTimersByTimeAsync(19_000)
  expect(view.get()).toMatchObject({ claim: ANI })
  await vi.advanceTimersByTimeAsync(1_100)
  expect(view.get()).toMatchObject({ kind: 'idle', claim: null })
})

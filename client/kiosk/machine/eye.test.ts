import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { type Camera, CameraProblem } from '../../camera/camera-types.ts'
import type { FaceEngine, Seen } from '../../face/engine-types.ts'
import { type Eye, openEye } from './eye.ts'

/** A camera that is asked for opens when the test says so, or does not. */
interface Asked {
  readonly wanted: string | undefined
  open(deviceId?: string): Promise<void>
  fail(): Promise<void>
}
let asked: Asked[] = []
let running: string[] = []
let lose: () => void = () => undefined
let listed: string[] = []
const settle = () => vi.advanceTimersByTimeAsync(0)

vi.mock('../../camera/list-cameras.ts', () => ({
  listCameras: async () => listed.map((deviceId) => ({ deviceId, label: '' })),
}))
vi.mock('../../camera/open-camera.ts', () => ({
  openCamera: ({ deviceId: wanted }: { deviceId?: string }) =>
    new Promise<Camera>((resolve, reject) => {
      asked.push({
        wanted,
        open(deviceId = wanted ?? 'first') {
          running.push(deviceId)
          resolve({
            deviceId,
            onLost: (tell: () => void) => {
              lose = tell
            },
            stop: () => {
              running = running.filter((one) => one !== deviceId)
            },
          } as unknown as Camera)
          return settle().then(() => undefined)
        },
        fail() {
          reject(new CameraProblem('busy'))
          return settle().then(() => undefined)
        },
      })
    }),
}))
/** The networks, where a test has some. */
let look: FaceEngine['look'] | null = null
vi.mock('../../check-in/engine-holder.ts', () => ({
  holdEngine: () => (look ? Promise.resolve({ engine: { look } }) : new Promise(() => undefined)),
  dropEngine: () => undefined,
}))

let plugged = new EventTarget()
let eye: Eye
beforeEach(() => {
  vi.useFakeTimers()
  asked = []
  running = []
  listed = []
  look = null
  plugged = new EventTarget()
  vi.stubGlobal('document', { hidden: false })
  vi.stubGlobal('navigator', { mediaDevices: plugged })
})
afterEach(() => {
  eye.stop()
  vi.useRealTimers()
  vi.unstubAllGlobals()
})

function setUp(cameraId: string | null) {
  const told: (string | null)[] = []
  let free = true
  eye = openEye({
    cameraId,
    isFree: () => free,
    onCamera: (camera) => void told.push(camera?.deviceId ?? null),
    onLoaded: () => undefined,
    onReady: () => undefined,
    onGone: () => undefined,
  })
  return {
    told,
    occupy: (busy: boolean) => {
      free = !busy
    },
  }
}

it('has one camera open, also when another is picked while the old one is tried again', async () => {
  const { told } = setUp('old')
  await asked[0]?.fail()
  eye.pick('new')
  await asked[1]?.open()
  await vi.advanceTimersByTimeAsync(10_000)
  expect(asked.map(({ wanted }) => wanted)).toEqual(['old', 'new'])
  expect(told).toEqual([null, 'new'])
  expect(running).toEqual(['new'])
})

it('goes back to the chosen camera when it is plugged in again and nobody is there', async () => {
  const { told, occupy } = setUp('chosen')
  await asked[0]?.open()
  listed = ['other']
  lose()
  await vi.advanceTimersByTimeAsync(3_000)
  expect(asked[1]?.wanted).toBe('chosen')
  await asked[1]?.open('other')
  plugged.dispatchEvent(new Event('devicechange'))
  await settle()
  listed = ['other', 'chosen']
  occupy(true)
  plugged.dispatchEvent(new Event('devicechange'))
  await settle()
  expect(asked).toHaveLength(2)
  await vi.advanceTimersByTimeAsync(2_000)
  expect(asked).toHaveLength(2)
  occupy(false)
  await vi.advanceTimersByTimeAsync(1_000)
  await asked[2]?.open()
  expect(told).toEqual(['chosen', null, 'other', 'chosen'])
  expect(running).toEqual(['chosen'])
})

it('stays with the first camera that opened where none was chosen', async () => {
  setUp(null)
  await asked[0]?.open('front')
  lose()
  await vi.advanceTimersByTimeAsync(3_000)
  expect(asked.map(({ wanted }) => wanted)).toEqual([undefined, 'front'])
})

it('sees the nearest face, as alone where the others stand well behind, and changes it while nobody walks only', async () => {
  const nearest: (boolean | undefined)[] = []
  let rival = 0.6
  look = async (_, __, wish) => {
    nearest.push(wish)
    return { faces: 2, rival } as Seen
  }
  const { occupy } = setUp(null)
  await asked[0]?.open()
  await settle()
  const faces = async () => (await eye.ready()?.engine.look({} as ImageBitmap, 0))?.faces
  expect(await faces()).toBe(1)
  occupy(true)
  rival = 0.7
  expect(await faces()).toBe(2)
  expect(nearest).toEqual([true, false])
})

it('works with another camera where the chosen one is there and does not open, and tries that again later', async () => {
  listed = ['chosen', 'other']
  const { told } = setUp('chosen')
  await asked[0]?.fail()
  expect(asked).toHaveLength(1)
  await vi.advanceTimersByTimeAsync(3_000)
  await asked[1]?.fail()
  expect(asked.map(({ wanted }) => wanted)).toEqual(['chosen', 'chosen', 'other'])
  await asked[2]?.open()
  expect([told, running]).toEqual([[null, 'other'], ['other']])
  await vi.advanceTimersByTimeAsync(302_000)
  await asked[3]?.open()
  expect(asked.map(({ wanted }) => wanted)).toEqual(['chosen', 'chosen', 'other', 'chosen'])
  expect(running).toEqual(['chosen'])
  // Nothing opens: tried again after a while, as ever.
  lose()
  for (const n of [4, 5, 7]) {
    await vi.advanceTimersByTimeAsync(3_000)
    await asked[n]?.fail()
    await asked[n + 1]?.fail()
  }
  expect(asked.slice(4).map(({ wanted }) => wanted)).toEqual(['chosen', 'chosen', 'other', 'chosen', 'other'])
  expect(running).toEqual([])
})

it('opens no other camera for one that was let go meanwhile', async () => {
  listed = ['old', 'other']
  setUp('old')
  await asked[0]?.fail()
  await vi.advanceTimersByTimeAsync(3_000)
  eye.pick('other')
  await asked[1]?.fail()
  await asked[2]?.open()
  expect(asked.map(({ wanted }) => wanted)).toEqual(['old', 'old', 'other'])
  expect(running).toEqual(['other'])
})

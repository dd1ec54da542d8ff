import { expect, it } from 'vitest'
import { drawFace } from '../../shared/liveness/testing/drawn-face.ts'
import type { Camera } from '../camera/camera-types.ts'
import type { Picture } from '../camera/picture.ts'
import type { FaceEngine } from '../face/engine-types.ts'
import { type Look, startRecorder, type Wish } from './recorder.ts'

const PICTURE = { close: () => undefined } as Picture

/** A recorder whose frames the test gives, all of one drawn face. */
function record(onLook: (look: Look) => Wish, embed: FaceEngine['embed'] = async () => new Float32Array(128)) {
  let work: (image: Picture, at: number) => Promise<void> = async () => undefined
  const camera: Partial<Camera> = {
    eachFrame(next) {
      work = next
      return () => undefined
    },
  }
  const engine: Partial<FaceEngine> = {
    look: async () => ({ faces: 1, landmarks: drawFace({}), width: 640, height: 480, pixels: null }),
    embed,
  }
  const recorder = startRecorder({
    camera: camera as Camera,
    engine: engine as FaceEngine,
    plan: { challenges: ['blink'], slow: false },
    ticketAt: 0,
    onLook,
    onError(error) {
      throw error
    },
  })
  return {
    recorder,
    /** Thirty frames a second. @param from, until ms */
    async play(from: number, until: number) {
      for (let at = from; at < until; at += 1000 / 30) await work(PICTURE, at)
    },
  }
}

it('keeps every frame of the challenges, and after them one a second and the shots', async () => {
  const looks: number[] = []
  let shots = 0
  const { recorder, play } = record(({ frame, index }) => {
    looks.push(frame.t)
    if (frame.t < 7400 || shots > 0) return null
    shots += 1
    expect(index).toBe(recorder.frames.length)
    return { shot: true, quality: 92 }
  })
  await play(0, 4990)
  expect(recorder.frames).toHaveLength(150)
  recorder.slowDown()
  await play(5000, 25_000)
  expect(looks.length).toBeGreaterThan(250)
  expect(recorder.frames.length).toBeLessThan(150 + 22)
  const [shot] = await recorder.embedded()
  expect(recorder.frames[shot?.frame ?? -1]?.t).toBeGreaterThanOrEqual(7400)
  const gaps = recorder.frames.slice(1).map(({ t }, at) => t - (recorder.frames[at]?.t ?? 0))
  expect(Math.min(...gaps)).toBeGreaterThan(0)
  expect(Math.max(...gaps)).toBeLessThan(1300)
})

it('says while an embedding is running, embeds what is wished for meanwhile, and waits for both', async () => {
  const waiting: (() => void)[] = []
  const embed = () => new Promise<Float32Array>((resolve) => waiting.push(() => resolve(new Float32Array(128))))
  const wish = { shot: false, quality: 0 }
  const busy: boolean[] = []
  const { recorder, play } = record((look) => {
    busy.push(look.busy)
    return look.index === 3 || look.index === 8 ? wish : null
  }, embed)
  await play(0, 990)
  const embedded = recorder.embedded()
  for (const end of waiting) end()
  expect((await embedded).map(({ frame }) => frame)).toEqual([3, 8])
  expect(busy.indexOf(true)).toBe(4)
  await play(1000, 1100)
  expect(busy.at(-1)).toBe(false)
})

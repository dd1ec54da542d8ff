import { expect, it } from 'vitest'
import { captureSchema } from '../../shared/contract/capture.ts'
import { drawFace } from '../../shared/liveness/testing/drawn-face.ts'
import { encodeTrace } from '../../shared/liveness/trace.ts'
import { judge } from '../../shared/liveness/verdict.ts'
import type { Camera } from '../camera/camera-types.ts'
import type { Picture } from '../camera/picture.ts'
import { deflateTrace } from '../evidence/seal.ts'
import type { FaceEngine } from '../face/engine-types.ts'
import { type Look, startRecorder, type Wish } from './recorder.ts'

const PICTURE = { close: () => undefined } as Picture

/** A recorder whose frames the test gives, all of one drawn face. */
function record(
  onLook: (look: Look) => Wish,
  embed: FaceEngine['embed'] = async () => new Float32Array(128),
  drawAt: (at: number) => Float32Array = () => drawFace({}),
) {
  let work: (image: Picture, at: number) => Promise<void> = async () => undefined
  const camera: Partial<Camera> = {
    eachFrame(next) {
      work = next
      return () => undefined
    },
  }
  const engine: Partial<FaceEngine> = {
    look: async (_, at) => ({ faces: 1, landmarks: drawAt(at), width: 640, height: 480, pixels: null }),
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
    /** @param from, until ms @param rate frames a second */
    async play(from: number, until: number, rate = 30) {
      for (let at = from; at < until; at += 1000 / rate) await work(PICTURE, at)
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

it.each([15, 25, 30])('holds the two minutes of who has twice the time, at %d frames a second', async (rate) => {
  const lively = (at: number) => {
    const face = drawFace(
      { yaw: 20 * Math.sin(at / 600), pitch: 8 * Math.sin(at / 800), smile: Math.sin(at / 900) },
      at,
    )
    // Large, and with half a pixel of noise.
    return face.map((value, i) => (i % 3 < 2 ? 320 + 1.6 * (value - 320) + Math.sin(at * 7 + i * i) * 0.7 : value))
  }
  const { recorder, play } = record(() => null, undefined, lively)
  await play(300, 120_000, rate)
  const { frames } = recorder
  const gaps = frames.slice(1).map(({ t }, at) => t - (frames[at]?.t ?? 0))
  expect(Math.max(...gaps)).toBeLessThan(250)
  const verdict = judge(frames, { challenges: ['blink'], slow: true }, 'school', {
    cameraLabel: '',
    embedded: new Set(),
  })
  expect(verdict.signals.frame_rate?.says).toBe('live')
  expect(captureSchema.shape.trace.safeParse(await deflateTrace(encodeTrace(frames))).success).toBe(true)
})

it('keeps of embeddings that stand for one another the newest, and all others', async () => {
  const { recorder, play } = record(({ index }) => {
    const wish = { shot: false, quality: 0 }
    if (index === 2 || index === 9) return wish
    return index > 3 && index < 8 ? { ...wish, instead: index % 2 } : null
  })
  await play(0, 990)
  expect((await recorder.embedded()).map(({ frame }) => frame)).toEqual([2, 6, 7, 9])
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

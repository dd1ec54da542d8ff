import { type Config, Human } from '@vladmandic/human'
import { openFaceEngine } from '../../client/face/engine.ts'
import type { FaceEngine } from '../../client/face/engine-types.ts'
import { type Face, filmOf } from './film.ts'

/** Human on its WASM backend, for the same outputs: one face, 468 mesh points and the irises, nothing else. */
const LANDMARKS: Partial<Config> = {
  backend: 'wasm',
  wasmPath: '/tfjs-wasm/',
  modelBasePath: '/human-models/',
  debug: false,
  // Every frame is computed: no answer from the frame before.
  cacheSensitivity: 0,
  filter: { enabled: false },
  face: {
    enabled: true,
    detector: { rotation: false, maxDetected: 1 },
    mesh: { enabled: true },
    iris: { enabled: true },
    attention: { enabled: false },
    description: { enabled: false },
    emotion: { enabled: false },
    antispoof: { enabled: false },
    liveness: { enabled: false },
  },
  body: { enabled: false },
  hand: { enabled: false },
  object: { enabled: false },
  gesture: { enabled: false },
  segmentation: { enabled: false },
}

/** The same and faceres' 1,024 numbers, anew in every frame. */
const WITH_EMBEDDING: Partial<Config> = {
  ...LANDMARKS,
  face: { ...LANDMARKS.face, description: { enabled: true, skipFrames: 0, skipTime: 0 } },
}

let film: ImageBitmap[] = []
let engine: FaceEngine | null = null
let human: Human | null = null
let clock = 1000

const timed = async (work: () => Promise<unknown>): Promise<number> => {
  const start = performance.now()
  await work()
  return performance.now() - start
}

async function runHuman(config: Partial<Config>, frames: number): Promise<number[]> {
  const times: number[] = []
  for (const image of film.slice(0, frames)) {
    times.push(
      await timed(async () => {
        const found = await human?.detect(image, config)
        const face = found?.face[0]
        if (!face || face.mesh.length < 468) throw new Error('Human found no mesh')
        if (config === WITH_EMBEDDING && face.embedding?.length !== 1024) throw new Error('Human gave no embedding')
      }),
    )
  }
  return times
}

/** What the bench calls in the page. Times in ms, one a frame. */
export const bench = {
  async open(face: Face, frames: number, width: number, height: number) {
    film = await filmOf(face, frames, width, height)
    engine = await openFaceEngine()
    human = new Human(LANDMARKS)
    await human.load(WITH_EMBEDDING)
    await runHuman(LANDMARKS, 5)
    await runHuman(WITH_EMBEDDING, 3)
    await bench.ourLandmarks(5)
    await bench.ourEmbeddings(3)
    return { ours: engine.backend, human: { version: human.version, backend: human.config.backend } }
  },

  humanLandmarks: (frames: number) => runHuman(LANDMARKS, frames),
  humanWithEmbedding: (frames: number) => runHuman(WITH_EMBEDDING, frames),

  /** 478 points, the pixel statistics and the watch for a second face, worker and back. */
  async ourLandmarks(frames: number) {
    const times: number[] = []
    for (const picture of film.slice(0, frames)) {
      const copy = await createImageBitmap(picture)
      clock += 33
      times.push(
        await timed(async () => {
          const seen = await engine?.look(copy, clock)
          if (!seen?.landmarks) throw new Error('we found no mesh')
        }),
      )
      copy.close()
    }
    return times
  },

  /** The aligned chip and its mirror, 128 numbers, worker and back. */
  async ourEmbeddings(frames: number) {
    const times: number[] = []
    for (const picture of film.slice(0, frames)) {
      clock += 33
      const copy = await createImageBitmap(picture)
      const landmarks = (await engine?.look(copy, clock))?.landmarks
      if (!landmarks) throw new Error('we found no mesh')
      times.push(await timed(async () => engine?.embed(copy, landmarks)))
    }
    return times
  },
}

declare global {
  interface Window {
    bench?: typeof bench
  }
}
window.bench = bench

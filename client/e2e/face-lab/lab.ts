import { measure } from '../../../shared/liveness/measures.ts'
import { chipOf } from '../../face/chip-cutter.ts'
import { type Embedder, type EmbeddingBackend, openEmbedder } from '../../face/embedder.ts'
import { openFaceEngine } from '../../face/engine.ts'
import { EngineProblem, type FaceEngine, type Seen } from '../../face/engine-types.ts'
import { shotQuality } from '../../face/quality.ts'
import { crowd } from './crowd.ts'

/** A square of a photograph, in its pixels. */
export interface Crop {
  readonly file: string
  readonly x: number
  readonly y: number
  readonly size: number
}

/** How a picture is spoilt: a canvas filter, a scale about the middle, a colour painted over mouth and chin. */
export interface Spoilt {
  readonly filter?: string
  readonly scale?: number
  readonly cover?: string
}

const MOUTH_AND_CHIN = [207, 212, 202, 204, 194, 201, 200, 421, 418, 424, 422, 432, 427, 391, 164, 165] as const

let engine: FaceEngine | null = null
let embedder: Embedder | null = null
let clock = 1000

const need = <T>(value: T | null): T => {
  if (!value) throw new Error('not open')
  return value
}

/** The crop drawn on a frame of the given size, the square as high as the frame, in the middle, on grey. */
async function frameOf(crop: Crop, width: number, height: number): Promise<ImageBitmap> {
  const blob = await (await fetch(`/photo/${crop.file}`)).blob()
  const photo = await createImageBitmap(blob)
  const canvas = new OffscreenCanvas(width, height)
  const context = canvas.getContext('2d')
  if (!context) throw new Error('no canvas')
  context.imageSmoothingQuality = 'high'
  context.fillStyle = '#667'
  context.fillRect(0, 0, width, height)
  context.drawImage(photo, crop.x, crop.y, crop.size, crop.size, (width - height) / 2, 0, height, height)
  photo.close()
  return canvas.transferToImageBitmap()
}

async function find(image: ImageBitmap, nearest = false): Promise<Seen> {
  clock += 33
  return need(engine).look(image, clock, nearest)
}

/** Several looks at one picture: the mesh follows a face from frame to frame, and lets it go as slowly. */
async function lookOften(picture: ImageBitmapSource): Promise<Seen> {
  for (let i = 0; ; i += 1) {
    const image = await createImageBitmap(picture)
    const seen = await find(image)
    image.close()
    if (i === 4) return seen
  }
}

/** What the tests call in the page. Everything that crosses is plain numbers. */
export const lab = {
  async open(only: EmbeddingBackend | null) {
    engine?.close()
    const progress: number[] = []
    let total = 0
    const start = performance.now()
    engine = await openFaceEngine({
      ...(only ? { only } : {}),
      onProgress: (p) => {
        progress.push(p.loaded)
        total = p.total
      },
    })
    return { backend: engine.backend, progress, total, ms: performance.now() - start }
  },

  close() {
    engine?.close()
    engine = null
  },

  async look(crop: Crop, width = 640, height = 480) {
    const image = await frameOf(crop, width, height)
    const seen = await find(image)
    image.close()
    return { ...seen, landmarks: seen.landmarks ? [...seen.landmarks] : null }
  },

  /** Looks at a crop until so many faces are told: a face that was followed is let go only when it is not found again. */
  async lookUntil(crop: Crop, faces: number) {
    for (let i = 0; ; i += 1) {
      const seen = await this.look(crop)
      if (seen.faces === faces || i === 20) return seen
    }
  },

  /** Who is followed in the end, when somebody near joins somebody far off. @param share see `crowd` */
  async joined(people: readonly [Crop, Crop], share: number, nearest: boolean) {
    const { alone, both } = await crowd(people, share, frameOf)
    const followed = async (picture: ImageBitmap, looks: number) => {
      let seen: Seen | null = null
      for (let i = 0; i < looks; i += 1) seen = await find(picture, nearest)
      const points = seen?.landmarks
      // The bridge of the nose, 0..1 of the frame's width.
      return { x: points ? (points[3 * 168] ?? 0) / picture.width : null, rival: seen?.rival }
    }
    return { alone: await followed(alone, 10), joined: await followed(both, 30) }
  },

  /** The quality of a crop as a shot, spoilt on purpose: filtered, further away, or with mouth and chin painted over. */
  async quality(crop: Crop, { filter = 'none', scale = 1, cover = '' }: Spoilt) {
    const picture = await frameOf(crop, 640, 480)
    const canvas = new OffscreenCanvas(640, 480)
    const context = canvas.getContext('2d')
    if (!context) throw new Error('no canvas')
    context.imageSmoothingQuality = 'high'
    context.fillRect(0, 0, 640, 480)
    context.filter = filter
    context.drawImage(picture, 320 - 320 * scale, 240 - 240 * scale, 640 * scale, 480 * scale)
    context.filter = 'none'
    if (cover) {
      const points = need((await lookOften(picture)).landmarks)
      context.fillStyle = cover
      context.beginPath()
      for (const index of MOUTH_AND_CHIN) context.lineTo(points[3 * index] ?? 0, points[3 * index + 1] ?? 0)
      context.fill()
    }
    const seen = await lookOften(canvas)
    const { landmarks } = seen
    if (!landmarks) return { score: 0, hint: 'no_face' as const }
    const { pose } = measure((i) => [(landmarks[3 * i] ?? 0) / 640, (landmarks[3 * i + 1] ?? 0) / 640])
    return shotQuality({ seen, pose })
  },

  /** Opens an engine and gives it up at the first byte: the name of what the promise failed with. */
  async abort() {
    engine?.close()
    engine = null
    const stop = new AbortController()
    const opening = openFaceEngine({ signal: stop.signal, onProgress: () => stop.abort() })
    return opening.then(
      () => 'opened',
      (error: unknown) => (error instanceof DOMException ? error.name : String(error)),
    )
  },

  /** The code of the problem an opening fails with. */
  async fail() {
    engine?.close()
    engine = null
    return openFaceEngine().then(
      () => 'opened',
      (error: unknown) => (error instanceof EngineProblem ? error.code : String(error)),
    )
  },

  /** The landmarks in a crop and the embedding made with them; null without a face. */
  async read(crop: Crop) {
    const image = await frameOf(crop, 640, 480)
    // The mesh follows a face from picture to picture: two looks at each.
    await find(image)
    const { landmarks } = await find(image)
    if (!landmarks) {
      image.close()
      return null
    }
    return { landmarks: [...landmarks], vector: [...(await need(engine).embed(image, landmarks))] }
  },

  /** The template the engine gives for a crop, and the chip it was computed from. */
  async embed(crop: Crop) {
    const image = await frameOf(crop, 640, 480)
    const seen = await find(image)
    const landmarks = seen.landmarks
    if (!landmarks) throw new Error(`no face in ${crop.file}`)
    const chip = chipOf(image, landmarks)
    return { vector: [...(await need(engine).embed(image, landmarks))], chip: [...chip] }
  },

  /** The embedding network alone, on this page's thread. */
  async openNetwork(only: EmbeddingBackend) {
    embedder?.close()
    embedder = await openEmbedder(() => {}, { only })
    return embedder.choice
  },

  async embedChip(chip: number[]) {
    return [...(await need(embedder).embedChip(Float32Array.from(chip)))]
  },

  /** Runs the network over and over; the tensors alive after each run. */
  async embedMany(chip: number[], times: number) {
    const numbers = Float32Array.from(chip)
    const alive: number[] = []
    for (let i = 0; i < times; i += 1) {
      await need(embedder).embedChip(numbers)
      alive.push(need(embedder).tensors())
    }
    return alive
  },

  /** Milliseconds of each `look` and each `embed`, and every task over 50 ms of this thread meanwhile. */
  async measure(crop: Crop, width: number, height: number, times: number) {
    const picture = await frameOf(crop, width, height)
    const long: number[] = []
    const watch = new PerformanceObserver((list) => {
      for (const entry of list.getEntries()) long.push(entry.duration)
    })
    watch.observe({ entryTypes: ['longtask'] })
    const looks: number[] = []
    const embeds: number[] = []
    for (let i = 0; i < times; i += 1) {
      const copy = await createImageBitmap(picture)
      const start = performance.now()
      const seen = await find(copy)
      looks.push(performance.now() - start)
      if (i % 5 > 0 || !seen.landmarks) {
        copy.close()
        continue
      }
      const embedStart = performance.now()
      await need(engine).embed(copy, seen.landmarks)
      embeds.push(performance.now() - embedStart)
    }
    await new Promise((resolve) => setTimeout(resolve, 100))
    watch.disconnect()
    return { looks, embeds, long }
  },
}

declare global {
  interface Window {
    lab?: typeof lab
  }
}
window.lab = lab

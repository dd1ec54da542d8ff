import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import manifest from '../../models/manifest.json' with { type: 'json' }
import { FACES, TWO_FACES } from './face-lab/faces.ts'
import { type Lab, openLab } from './face-lab/open-lab.ts'

const TOTAL = manifest.files
  .filter(({ name }) => name !== 'face_landmarker.task')
  .reduce((sum, { bytes }) => sum + bytes, 0)

describe('the face engine, under the product’s content policy', () => {
  let lab: Lab
  beforeAll(async () => {
    lab = await openLab()
  })
  afterAll(() => lab.close())

  it('opens with progress up to the last byte; on software WebGL everything runs on the processor', async () => {
    const opened = await lab.page.evaluate(() => window.lab!.open(null))
    expect(opened.backend).toEqual({ landmarks: 'cpu', embedding: 'wasm' })
    expect(opened.total).toBe(TOTAL)
    expect(opened.progress.length).toBeGreaterThan(10)
    expect(opened.progress).toEqual([...opened.progress].sort((a, b) => a - b))
    expect(opened.progress.at(-1)).toBe(TOTAL)
    expect(lab.page.workers()).toHaveLength(2)
  })

  it('remembers the measured choice of the backend', async () => {
    const kept = await lab.page.evaluate(() => JSON.parse(localStorage.getItem('face.embedding-backend') ?? '{}'))
    expect(kept).toMatchObject({ backend: 'wasm', version: '4.22.0', renderer: expect.stringContaining('SwiftShader') })
    expect(kept.measured.wasm).toBeGreaterThan(0)
  })

  it('sees one face, where it is, with its pixels', async () => {
    const seen = await lab.page.evaluate((crop) => window.lab!.look(crop), FACES.smiling)
    expect(seen).toMatchObject({ faces: 1, width: 640, height: 480 })
    expect(seen.landmarks).toHaveLength(478 * 3)
    const at = (index: number) => [seen.landmarks![3 * index]!, seen.landmarks![3 * index + 1]!] as const
    const [right, left, chin] = [at(468), at(473), at(152)]
    const iod = Math.hypot(left[0] - right[0], left[1] - right[1])
    expect(iod).toBeGreaterThan(50)
    expect(iod).toBeLessThan(110)
    expect(Math.abs((left[0] + right[0]) / 2 - 320)).toBeLessThan(40)
    expect(chin[1]).toBeGreaterThan((left[1] + right[1]) / 2 + iod)
    expect(seen.pixels!.light).toBeGreaterThan(80)
    const [red, , blue] = seen.pixels!.skin
    expect(red).toBeGreaterThan(blue)
  })

  it('notices a second person, and an empty picture', async () => {
    const two = await lab.page.evaluate((crop) => window.lab!.lookUntil(crop, 2), TWO_FACES)
    expect(two.faces).toBe(2)
    const none = await lab.page.evaluate((crop) => window.lab!.lookUntil(crop, 0), {
      file: 'sample1.jpg',
      x: 700,
      y: 0,
      size: 200,
    })
    expect(none).toEqual({ faces: 0, landmarks: null, width: 640, height: 480, pixels: null })
  })

  it('goes on to who stands nearer where it is asked to, and else stays with whom it follows', async () => {
    const join = (nearest: boolean) =>
      lab.page.evaluate(([both, wish]) => window.lab!.joined(both, 0.5, wish), [
        [FACES.bearded, FACES.smiling],
        nearest,
      ] as const)
    const stayed = await join(false)
    expect(stayed.joined.x).toBeLessThan(0.4)
    expect(stayed.joined.rival).toBeGreaterThan(1.15)
    const went = await join(true)
    expect(went.alone.x).toBeLessThan(0.4)
    expect(went.joined.x).toBeGreaterThan(0.5)
    expect(went.joined.rival).toBeLessThan(0.87)
  })

  it('scores an ordinary shot above 85, and a blurred, dark, tiny or covered one below, with the reason', async () => {
    const shot = (change: object) =>
      lab.page.evaluate(([crop, how]) => window.lab!.quality(crop!, how!), [FACES.smiling, change] as const)
    expect(await shot({})).toMatchObject({ score: expect.closeTo(100, -1.5) })
    for (const [change, hint] of [
      [{ filter: 'blur(4px)' }, 'blurred'],
      [{ filter: 'brightness(0.2)' }, 'too_dark'],
      [{ filter: 'brightness(2.5)' }, 'too_bright'],
      [{ scale: 0.5 }, 'closer'],
      [{ cover: '#9bc4d8' }, 'uncover_face'],
    ] as const) {
      const found = await shot(change)
      expect(found.score, hint).toBeLessThanOrEqual(85)
      expect(found.hint).toBe(hint)
    }
  })

  it('keeps the page’s own thread free: frames are looked at and embedded without a task over 50 ms', async () => {
    // One run of five without any proves that the page makes none of its own: on a busy machine any task may wait.
    const run = () => lab.page.evaluate((crop) => window.lab!.measure(crop, 640, 480, 30), FACES.smiling)
    let long: number[] = []
    for (let i = 0; i < 5; i += 1) {
      long = (await run()).long
      if (long.length === 0) break
    }
    expect(long).toEqual([])
  })

  it('ends at once when it is told to while opening, and leaves no worker behind', async () => {
    const found = await lab.page.evaluate(() => window.lab!.abort())
    expect(found).toBe('AbortError')
    await expect.poll(() => lab.page.workers().length).toBe(0)
  })

  it('asked for nothing outside, and the policy stopped nothing', () => {
    expect(lab.strayed).toEqual([])
  })
})

describe('the face engine where something is missing', () => {
  let lab: Lab
  beforeAll(async () => {
    lab = await openLab()
  })
  afterAll(() => lab.close())

  it('runs on the page’s own thread where module workers fail, and sees the same', async () => {
    const inWorker = await lab.page.evaluate(async (crop) => {
      await window.lab!.open(null)
      return window.lab!.lookUntil(crop, 1)
    }, FACES.smiling)
    const onPage = await lab.page.evaluate(async (crop) => {
      const { Worker: original } = window
      window.Worker = class {
        constructor() {
          throw new TypeError('no module workers here')
        }
      } as unknown as typeof Worker
      const { backend } = await window.lab!.open(null)
      window.Worker = original
      return { backend, seen: await window.lab!.lookUntil(crop, 1), template: (await window.lab!.embed(crop)).vector }
    }, FACES.smiling)
    expect(onPage.backend).toEqual({ landmarks: 'cpu-page', embedding: 'wasm-page' })
    expect(onPage.template).toHaveLength(128)
    const off = onPage.seen.landmarks!.map((value, i) => Math.abs(value - inWorker.landmarks![i]!))
    expect(Math.max(...off.filter((_, i) => i % 3 !== 2))).toBeLessThan(2)
  })

  it('says so when the network is away', async () => {
    await lab.page.route(/\.task/, (route) => route.abort())
    const problem = await lab.page.evaluate(() => window.lab!.fail())
    expect(problem).toBe('no_network')
    await expect.poll(() => lab.page.workers().length).toBe(0)
  })
})

import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { cosine } from '../../shared/face/vector.ts'
import { FACES } from './face-lab/faces.ts'
import { type Lab, openLab } from './face-lab/open-lab.ts'

const peerRoot = fileURLToPath(new URL('./face-lab/peer/', import.meta.url))
const weights = fileURLToPath(new URL('../../node_modules/@vladmandic/face-api/model/', import.meta.url))

describe('the template of a face', () => {
  let lab: Lab
  const faces: { name: string; vector: number[]; chip: number[] }[] = []
  const onWasm: number[][] = []

  beforeAll(async () => {
    lab = await openLab()
    await lab.page.evaluate(() => window.lab!.open(null))
    for (const [name, crop] of Object.entries(FACES)) {
      faces.push({ name, ...(await lab.page.evaluate((given) => window.lab!.embed(given), crop)) })
    }
    await lab.page.evaluate(() => window.lab!.openNetwork('wasm'))
    for (const { chip } of faces) onWasm.push(await lab.page.evaluate((given) => window.lab!.embedChip(given), chip))
  })
  afterAll(() => lab.close())

  it('is a unit vector of 128 numbers, of the chip the alignment gives', () => {
    for (const [i, { vector }] of faces.entries()) {
      expect(vector).toHaveLength(128)
      expect(Math.hypot(...vector)).toBeCloseTo(1, 5)
      expect(cosine(vector, onWasm[i]!)).toBeGreaterThan(0.99999)
    }
  })

  it('does not care about the mirror', async () => {
    const { chip } = faces[0]!
    const mirrored = chip.map((_, at) => {
      const [pixel, colour] = [Math.floor(at / 3), at % 3]
      return chip[3 * (pixel - (pixel % 150) + 149 - (pixel % 150)) + colour]!
    })
    const vector = await lab.page.evaluate((given) => window.lab!.embedChip(given), mirrored)
    expect(cosine(vector, onWasm[0]!)).toBeGreaterThan(0.99999)
  })

  it('is the same person’s in a smaller picture, and others’ are further away', async () => {
    const small = await lab.page.evaluate((given) => window.lab!.embed(given), {
      ...FACES.smiling,
      x: FACES.smiling.x - 80,
      y: FACES.smiling.y - 80,
      size: FACES.smiling.size + 160,
    })
    const same = cosine(small.vector, faces[0]!.vector)
    expect(same).toBeGreaterThan(0.97)
    for (const other of faces.slice(1)) expect(cosine(small.vector, other.vector)).toBeLessThan(same - 0.05)
  })

  it('is the same on WebGL as on WASM', async () => {
    const choice = await lab.page.evaluate(() => window.lab!.openNetwork('webgl'))
    expect(choice.backend).toBe('webgl')
    for (const [i, { chip }] of faces.slice(0, 2).entries()) {
      const vector = await lab.page.evaluate((given) => window.lab!.embedChip(given), chip)
      expect(cosine(vector, onWasm[i]!)).toBeGreaterThanOrEqual(0.9999)
    }
  })

  it('is the same as face-api computes from the same weights and the same chip', async () => {
    const peer = await openLab({ root: peerRoot, folders: { weights }, ready: 'peerLab' })
    try {
      await peer.page.evaluate(() => window.peerLab!.open())
      for (const [i, { chip }] of faces.slice(0, 2).entries()) {
        const vector = await peer.page.evaluate((given) => window.peerLab!.embedChip(given), chip)
        expect(cosine(vector, onWasm[i]!)).toBeGreaterThan(0.999)
      }
    } finally {
      await peer.close()
    }
  })

  it('leaves no tensor behind: 500 embeddings', async () => {
    await lab.page.evaluate(() => window.lab!.openNetwork('wasm'))
    const alive = await lab.page.evaluate((given) => window.lab!.embedMany(given, 500), faces[0]!.chip)
    expect(alive).toHaveLength(500)
    expect(new Set(alive).size).toBe(1)
  })
})

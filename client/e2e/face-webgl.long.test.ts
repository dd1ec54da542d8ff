import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { FACES } from './face-lab/faces.ts'
import { type Lab, openLab } from './face-lab/open-lab.ts'

describe('the face engine where a graphics processor is said to draw', () => {
  let lab: Lab
  beforeAll(async () => {
    lab = await openLab()
    await lab.page.evaluate(() => window.lab!.open(null))
    await lab.page.evaluate(() => localStorage.clear())
  })
  afterAll(() => lab.close())

  it('runs the mesh on WebGL and measures both backends of the embedding', async () => {
    const found = await lab.page.evaluate(async (crop) => {
      const inSoftware = await window.lab!.lookUntil(crop, 1)
      const { Worker: original } = window
      const { getParameter } = WebGL2RenderingContext.prototype
      window.Worker = class {
        constructor() {
          throw new TypeError('no module workers here')
        }
      } as unknown as typeof Worker
      WebGL2RenderingContext.prototype.getParameter = function (name) {
        return name === 0x9246 ? 'A graphics processor' : getParameter.call(this, name)
      }
      const { backend } = await window.lab!.open(null)
      Object.assign(window, { Worker: original })
      Object.assign(WebGL2RenderingContext.prototype, { getParameter })
      return {
        backend,
        inSoftware: inSoftware.landmarks!,
        onWebgl: (await window.lab!.lookUntil(crop, 1)).landmarks!,
        choice: JSON.parse(localStorage.getItem('face.embedding-backend') ?? '{}'),
      }
    }, FACES.smiling)
    expect(found.backend.landmarks).toBe('webgl-page')
    // Half precision: 0.003 of the frame's width.
    const off = found.onWebgl.map((value, i) => Math.abs(value - found.inSoftware[i]!)).filter((_, i) => i % 3 !== 2)
    expect(off.sort((a, b) => a - b)[Math.floor(off.length / 2)]).toBeLessThan(2)
    // Measured on software WebGL after all: the processor is quicker, and that is what the choice says.
    expect(found.choice).toMatchObject({ backend: 'wasm', renderer: 'A graphics processor' })
    expect(found.choice.measured.webgl).toBeGreaterThan(found.choice.measured.wasm)
  })
})

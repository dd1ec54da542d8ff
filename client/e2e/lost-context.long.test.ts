import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { FACES } from './face-lab/faces.ts'
import { type Lab, openLab } from './face-lab/open-lab.ts'

/** Both networks on the page's own thread, where the test can reach their contexts; a worker runs the same code. */
describe('the face engine when the browser takes its WebGL contexts away', () => {
  let lab: Lab
  beforeAll(async () => {
    lab = await openLab()
    await lab.page.evaluate(() => {
      const own = window as unknown as { contexts: WebGL2RenderingContext[]; lose: () => number }
      own.contexts = []
      for (const { prototype } of [HTMLCanvasElement, OffscreenCanvas]) {
        const plain = prototype.getContext as (this: unknown, ...args: unknown[]) => unknown
        prototype.getContext = function (this: unknown, ...args: unknown[]) {
          const context = plain.apply(this, args)
          if (context instanceof WebGL2RenderingContext && !own.contexts.includes(context)) own.contexts.push(context)
          return context
        } as never
      }
      // How many there were to lose.
      own.lose = () => {
        const alive = own.contexts.splice(0).filter((context) => !context.isContextLost())
        for (const context of alive) context.getExtension('WEBGL_lose_context')?.loseContext()
        return alive.length
      }
      window.Worker = class {
        constructor() {
          throw new TypeError('no module workers here')
        }
      } as unknown as typeof Worker
    })
  })
  afterAll(() => lab.close())

  const lose = () => lab.page.evaluate(() => (window as unknown as { lose: () => number }).lose())

  it('refuses to look, and sees again once it is opened anew', async () => {
    await lab.page.evaluate(() => window.lab!.open('wasm'))
    const before = await lab.page.evaluate((crop) => window.lab!.lookUntil(crop, 1), FACES.smiling)
    expect(before.faces).toBe(1)
    expect(await lose()).toBeGreaterThan(0)
    await expect(lab.page.evaluate((crop) => window.lab!.look(crop), FACES.smiling)).rejects.toThrow('failed')
    await lab.page.evaluate(() => window.lab!.open('wasm'))
    const after = await lab.page.evaluate((crop) => window.lab!.lookUntil(crop, 1), FACES.smiling)
    const off = after.landmarks!.map((value, i) => Math.abs(value - before.landmarks![i]!))
    expect(Math.max(...off)).toBeLessThan(2)
  })

  it('refuses to embed, and gives the same template on the processor once it is opened anew', async () => {
    const { vector, chip } = await lab.page.evaluate((crop) => window.lab!.embed(crop), FACES.smiling)
    const embed = () => lab.page.evaluate((chip) => window.lab!.embedChip(chip), chip)
    const likeness = (other: readonly number[]) => other.reduce((sum, value, i) => sum + value * vector[i]!, 0)
    expect((await lab.page.evaluate(() => window.lab!.openNetwork('webgl'))).backend).toBe('webgl')
    expect(likeness(await embed())).toBeGreaterThan(0.999)
    expect(await lose()).toBeGreaterThan(0)
    await expect(embed()).rejects.toThrow('failed')
    expect((await lab.page.evaluate(() => window.lab!.openNetwork('webgl'))).backend).toBe('wasm')
    expect(likeness(await embed())).toBeGreaterThan(0.999)
  })
})

import { afterAll, describe, expect, it } from 'vitest'
import type { Sighting } from './page/watch-camera.ts'
import type { Manner } from './player/actor.ts'
import { placeBeforeCamera } from './puppet-camera.ts'
import { preparePuppet } from './puppets.ts'
import { openWorkshop, type Workshop } from './workshop.ts'

/** What the tests need of a puppet, measured by the landmark network on its own pictures. */
describe.each(['a', 'b'] as const)('puppet %s', (name) => {
  it('acts as a person does', async () => {
    const { measured } = await preparePuppet(name)
    expect(Math.abs(measured.restYaw)).toBeLessThan(6)
    expect(measured.openEar).toBeGreaterThan(0.25)
    expect(measured.shutEar / measured.openEar).toBeLessThan(0.5)
    expect(measured.turnLeft).toBeGreaterThan(18)
    expect(measured.turnRight).toBeLessThan(-18)
    for (const pose of [measured.poseLeft, -measured.poseRight]) {
      expect(pose).toBeGreaterThan(12)
      expect(pose).toBeLessThan(18)
    }
    expect(measured.nod).toBeLessThan(-10)
    expect(measured.mouthWider).toBeGreaterThan(0.12)
  })
})

describe('before the camera', () => {
  let open: { readonly manner: Manner; readonly workshop: Workshop } | undefined
  afterAll(() => open?.workshop.close())

  async function workshopFor(manner: Manner): Promise<Workshop> {
    if (open?.manner === manner) return open.workshop
    await open?.workshop.close()
    const workshop = await openWorkshop(new URL('./page/watch-camera.ts', import.meta.url), (context) =>
      placeBeforeCamera(context, { puppet: 'a', manner }),
    )
    open = { manner, workshop }
    return workshop
  }

  async function watch(manner: Manner, prompt: string, ms: number, least: number): Promise<Sighting[]> {
    const workshop = await workshopFor(manner)
    return workshop.page.evaluate(
      (asked) =>
        (globalThis as unknown as { watchCamera(...asked: unknown[]): Promise<Sighting[]> }).watchCamera(...asked),
      [prompt, ms, least] as const,
    )
  }
  /** No picture comes again; the browser may only show one twice in a row, where it had no new one in time. */
  const expectUnlike = (seen: readonly Sighting[]) => {
    const shown = seen.filter(({ pixels }, at) => pixels !== seen[at - 1]?.pixels)
    expect(new Set(shown.map(({ pixels }) => pixels)).size).toBe(shown.length)
    expect(shown.length).toBeGreaterThan(seen.length / 2)
  }
  const spread = (values: readonly number[]) => {
    const mean = values.reduce((sum, value) => sum + value, 0) / values.length
    return Math.sqrt(values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / values.length)
  }

  it('it is never quite still, and no two of its pictures are alike', async () => {
    const seen = await watch('follows', '', 3000, 12)
    expectUnlike(seen)
    for (const values of [seen.map(({ yaw }) => yaw), seen.map(({ pitch }) => pitch)]) {
      expect(spread(values)).toBeGreaterThan(0.05)
      expect(spread(values)).toBeLessThan(2)
    }
  })

  it('it turns when it is asked, not sooner than a person reacts, and comes back', async () => {
    const seen = await watch('follows', 'turn-left', 3200, 25)
    // A person takes 0.4 s at least; whoever is asked on and on does it again, so that it is looked for anywhere.
    expect(Math.max(...seen.filter(({ t }) => t < 350).map(({ yaw }) => yaw))).toBeLessThan(5)
    const turned = seen.findIndex(({ yaw }) => yaw > 18)
    expect(turned).toBeGreaterThan(0)
    expect(Math.min(...seen.slice(turned).map(({ yaw }) => yaw))).toBeLessThan(5)
  })

  it('a photograph shows the same picture and nothing else', async () => {
    const seen = await watch('photograph', 'turn-left', 2000, 6)
    expect(new Set(seen.map(({ pixels }) => pixels)).size).toBe(1)
  })

  it('one that ignores what it is asked moves, but does not turn', async () => {
    const seen = await watch('ignores', 'turn-left', 2500, 10)
    expectUnlike(seen)
    expect(Math.max(...seen.map(({ yaw }) => Math.abs(yaw)))).toBeLessThan(8)
  })
})

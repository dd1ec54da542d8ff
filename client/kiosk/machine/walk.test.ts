import { expect, it, vi } from 'vitest'
import type { Look } from '../../check-in/recorder.ts'
import { startDoorWalk, type Walked } from './walk.ts'

let onLook: (look: Look) => unknown = () => undefined
vi.mock('../../check-in/recorder.ts', () => ({
  startRecorder: (options: { onLook: typeof onLook }) => {
    onLook = options.onLook
    return { stop: () => undefined, embedded: async () => [] }
  },
}))
vi.mock('../../check-in/moments.ts', () => ({ chooseMoments: () => ({ take: () => null, isOver: () => false }) }))
vi.mock('../../check-in/show.ts', () => ({
  hintOf: () => null,
  steadyHint: () => () => null,
  onlyChanges: () => () => undefined,
  stateOf: () => ({}),
}))

/** A walk whose frames, ten a second, show so many faces each. */
async function walkBy(phase: 'settling' | 'asking', faces: readonly number[]): Promise<Walked | 'goes on'> {
  const walk = startDoorWalk({ ticket: { challenges: [] } } as unknown as Parameters<typeof startDoorWalk>[0])
  faces.forEach(
    (count, n) => void onLook({ session: { phase }, frame: { faces: count, t: n * 100 } } as unknown as Look),
  )
  return Promise.race([walk.done, new Promise<'goes on'>((resolve) => setTimeout(() => resolve('goes on'), 0))])
}
const often = (count: number, frames: number) => Array<number>(frames).fill(count)

it('is left by somebody who goes, and before she was asked also where somebody else stands as near', async () => {
  expect(await walkBy('settling', often(0, 13))).toBe('goes on')
  expect(await walkBy('settling', often(0, 14))).toEqual({ kind: 'left', shown: false })
  expect(await walkBy('settling', [...often(1, 10), ...often(2, 14)])).toEqual({ kind: 'left', shown: false })
  expect(await walkBy('settling', [...often(2, 12), ...often(1, 2), ...often(2, 12)])).toBe('goes on')
  expect(await walkBy('asking', often(2, 60))).toBe('goes on')
  expect(await walkBy('asking', often(0, 42))).toEqual({ kind: 'left', shown: true })
})

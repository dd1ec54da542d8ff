import { expect, it, vi } from 'vitest'
import type { Look } from '../../check-in/recorder.ts'
import { startDoorWalk, type Walked } from './walk.ts'

let onLook: (look: Look) => unknown = () => undefined
let embedded: { vector: Float32Array }[] = []
/** The challenges are over when the session is. */
const isOver = ({ session }: Look) => session.phase === 'done' || session.phase === 'failed'
vi.mock('../../check-in/recorder.ts', () => ({
  startRecorder: (options: { onLook: typeof onLook }) => {
    onLook = options.onLook
    return { stop: () => undefined, embedded: async () => embedded }
  },
}))
vi.mock('../../check-in/moments.ts', () => ({
  chooseMoments: () => ({ take: ({ session }: Look) => (session.phase === 'settling' ? {} : null), isOver }),
}))
vi.mock('../../check-in/send.ts', () => ({ sealEvidence: async () => ({ ticket: 't', capture: 'c' }) }))
vi.mock('../../check-in/show.ts', () => ({
  hintOf: () => null,
  steadyHint: () => () => null,
  onlyChanges: () => () => undefined,
  stateOf: () => ({}),
}))

const start = (isKnown = () => false) =>
  startDoorWalk({ ticket: { challenges: [] }, isKnown } as unknown as Parameters<typeof startDoorWalk>[0])
const look = (phase: string, more = {}) =>
  void onLook({ session: { phase, ...more }, frame: { faces: 1, t: 0 } } as unknown as Look)

/** A walk whose frames, ten a second, show so many faces each. */
async function walkBy(phase: 'settling' | 'asking', faces: readonly number[]): Promise<Walked | 'goes on'> {
  const walk = start()
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

it('says whether she did what she was asked: a capture of anything else is refused', async () => {
  const ends = async (phase: 'done' | 'failed') => {
    const walk = start()
    look('asking')
    look(phase, { reason: 'challenge_unmet' })
    return walk.done
  }
  expect(await ends('done')).toMatchObject({ kind: 'sealed', met: true })
  expect(await ends('failed')).toMatchObject({ kind: 'sealed', met: false })
})

it('says whether she whom it knows had been asked already', async () => {
  embedded = [{ vector: new Float32Array(128) }]
  const known = start(() => true)
  look('settling')
  expect(await known.done).toEqual({ kind: 'known', shown: false })
  const later = start(() => true)
  look('settling')
  look('asking')
  expect(await later.done).toEqual({ kind: 'known', shown: true })
  embedded = []
})

it('says of a walk that is cancelled whether she had been asked', async () => {
  const early = start()
  look('settling')
  early.cancel()
  expect(await early.done).toEqual({ kind: 'left', shown: false })
  const late = start()
  look('settling')
  look('asking')
  late.cancel()
  expect(await late.done).toEqual({ kind: 'left', shown: true })
})

import { expect, it } from 'vitest'
import { type Session, startSession } from '../../shared/liveness/session.ts'
import type { Seen } from '../face/engine-types.ts'
import type { Look } from './recorder.ts'
import { hintOf, steadyHint } from './show.ts'

/** A face in the middle of a picture of 640 x 480, its pupils 100 px apart. */
const landmarks = new Float32Array(478 * 3).map((_, i) => [320, 240, 0][i % 3] ?? 0)
landmarks[468 * 3] = 270
landmarks[473 * 3] = 370
const seen = { faces: 1, landmarks, pixels: null, width: 640, height: 480 } as unknown as Seen

const look = (t: number, phase: Session['phase'], yaw: number) =>
  ({
    seen,
    frame: { t },
    session: { ...startSession({ challenges: ['turn-left'], slow: false }), phase },
    measures: { pose: { yaw, pitch: 0, roll: 0 } },
  }) as unknown as Look

it('a hint stays long enough to be read, but "look straight" never into a challenge that wants the head turned', () => {
  const steady = steadyHint()
  const hinted = (at: Look) => steady(hintOf(at), at)
  expect(hinted(look(1000, 'settling', 20))).toBe('look_straight')
  expect(hinted(look(1100, 'settling', 0))).toBe('look_straight')
  expect(hinted(look(1133, 'asking', 15))).toBeNull()
  expect(hinted(look(1166, 'resting', 20))).toBeNull()
  expect(hinted(look(1900, 'resting', 20))).toBe('look_straight')
})

import { expect, it } from 'vitest'
import { accommodationSchema } from '../../../../shared/contract/auth.ts'
import { CHALLENGE_NAMES } from '../../../../shared/liveness/challenges.ts'
import { changedFields } from '../../parts/changed-fields.ts'
import { makeAccommodation, movementsOf, NONE } from './accommodation-fields.tsx'

it('says nothing of movements where all are left, and keeps their order', () => {
  expect(makeAccommodation(CHALLENGE_NAMES, NONE)).toEqual(NONE)
  expect(makeAccommodation(['nod', 'blink'], { poses: 'any', slow: true })).toEqual({
    challenges: ['blink', 'nod'],
    poses: 'any',
    slow: true,
  })
  expect(movementsOf(NONE)).toEqual(CHALLENGE_NAMES)
  expect(accommodationSchema.safeParse(makeAccommodation([], NONE)).success).toBe(false)
})

it('sends nothing where it was only looked at', () => {
  for (const kept of [NONE, { challenges: ['blink', 'smile'], poses: 'any', slow: true }] as const) {
    const accommodation = accommodationSchema.parse(kept)
    const again = makeAccommodation(movementsOf(accommodation), accommodation)
    expect(changedFields({ accommodation }, { accommodation: again })).toEqual({})
  }
})

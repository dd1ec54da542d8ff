import { expect, it } from 'vitest'
import { MEASURED } from './measured.ts'
import { FACE_MODELS } from './model.ts'

it('tells an expectation for every size of gallery that is searched', () => {
  const [model] = FACE_MODELS
  expect(MEASURED.model).toBe(model.id)
  expect(MEASURED.search.map(({ size }) => size)).toEqual(model.search.limits.map(({ size }) => size))
})

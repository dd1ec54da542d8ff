import { expect, it } from 'vitest'
import { wordsEn } from './words-en.ts'
import { wordsId } from './words-id.ts'

/** Every text with its path; functions are called with samples. */
function flatten(value: unknown, path = ''): [string, string][] {
  if (typeof value === 'string') return [[path, value]]
  if (typeof value === 'function') return [[path, String(value('7', '9'))]]
  return Object.entries(value as object).flatMap(([key, inner]) => flatten(inner, `${path}.${key}`))
}

it('every text is there in both languages and uses the values it is given', () => {
  const shape = (words: unknown) =>
    flatten(words).map(([path, text]) => `${path} ${text.match(/\b[79]\b/g)?.length ?? 0}`)
  expect(shape(wordsEn)).toEqual(shape(wordsId))
  expect([...flatten(wordsId), ...flatten(wordsEn)].filter(([, text]) => text.trim() === '')).toEqual([])
})

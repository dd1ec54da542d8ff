import { describe, expect, it } from 'vitest'
import { PROBLEM_CODES } from '../../shared/contract/problem.ts'
import { textsOf } from './language.ts'

/** Every text with its path; functions are called with samples. */
function flatten(value: unknown, path = ''): [string, string][] {
  if (typeof value === 'string') return [[path, value]]
  if (typeof value === 'function') return [[path, String(value('7', '9'))]]
  if (typeof value !== 'object' || value === null) return []
  return Object.entries(value).flatMap(([key, inner]) => flatten(inner, `${path}.${key}`))
}

const id = flatten(textsOf('id'))
const en = flatten(textsOf('en'))

describe('the texts', () => {
  it('have the same keys in both languages, none of them empty', () => {
    expect(en.map(([path]) => path)).toEqual(id.map(([path]) => path))
    expect([...id, ...en].filter(([, text]) => text.trim() === '')).toEqual([])
  })

  it('use every value they are given in both', () => {
    const given = (texts: [string, string][]) =>
      texts.map(([path, text]) => `${path} ${text.match(/7|9/g)?.length ?? 0}`)
    const calls = (texts: [string, string][]) =>
      given(texts.filter(([path]) => /retryIn|opens|late|attempt|step$|retake/i.test(path)))
    expect(calls(en)).toEqual(calls(id))
  })

  it('have words for every code a server may send', () => {
    for (const language of ['id', 'en'] as const) {
      for (const code of PROBLEM_CODES) expect(textsOf(language).failures[code].body.length).toBeGreaterThan(10)
    }
  })

  it('never speak of a score or of fraud when something fails', () => {
    const all = [...Object.values(textsOf('id').failures), ...Object.values(textsOf('en').failures)]
    for (const { title, body } of all) expect(`${title} ${body}`).not.toMatch(/skor|score|palsu|fake|spoof|curang|%/i)
  })
})

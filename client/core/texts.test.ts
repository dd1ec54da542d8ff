import { describe, expect, it } from 'vitest'
import { PROBLEM_CODES } from '../../shared/contract/problem.ts'
import { en as english } from './texts-en.ts'
import { id as indonesian } from './texts-id.ts'

/** Every text with its path; functions are called with samples. */
function flatten(value: unknown, path = ''): [string, string][] {
  if (typeof value === 'string') return [[path, value]]
  if (typeof value === 'function') return [[path, String(value('7', '9'))]]
  if (typeof value !== 'object' || value === null) return []
  return Object.entries(value).flatMap(([key, inner]) => flatten(inner, `${path}.${key}`))
}

const id = flatten(indonesian)
const en = flatten(english)

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
    for (const { failures } of [indonesian, english]) {
      for (const code of PROBLEM_CODES) expect(failures[code].body.length).toBeGreaterThan(10)
    }
  })

  it('never speak of a score or of fraud when something fails', () => {
    const all = [...Object.values(indonesian.failures), ...Object.values(english.failures)]
    for (const { title, body } of all) expect(`${title} ${body}`).not.toMatch(/skor|score|palsu|fake|spoof|curang|%/i)
  })
})

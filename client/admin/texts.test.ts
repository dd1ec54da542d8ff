import { readdirSync } from 'node:fs'
import { expect, it } from 'vitest'
import type { Bilingual } from './language.ts'

/** Every text with its path; functions are called with samples. */
function flatten(value: unknown, path = ''): [string, string][] {
  if (typeof value === 'string') return [[path, value]]
  if (typeof value === 'function') return [[path, String(value('7', '9', '3'))]]
  if (typeof value !== 'object' || value === null) return []
  return Object.entries(value).flatMap(([key, inner]) => flatten(inner, `${path}.${key}`))
}

const isBilingual = (value: unknown): value is Bilingual<unknown> =>
  typeof value === 'object' && value !== null && 'id' in value && 'en' in value

it('the console says everything in both languages', async () => {
  const here = import.meta.dirname
  const files = readdirSync(here, { recursive: true, encoding: 'utf8' }).filter((path) => /texts\.ts$/.test(path))
  expect(files.length).toBeGreaterThan(2)
  for (const file of files) {
    const found: unknown[] = Object.values(
      (await import(/* @vite-ignore */ new URL(file, import.meta.url).href)) as object,
    )
    for (const texts of found.filter(isBilingual)) {
      const [id, en] = [flatten(texts.id), flatten(texts.en)]
      expect(
        en.map(([path]) => path),
        file,
      ).toEqual(id.map(([path]) => path))
      expect(
        [...id, ...en].filter(([, text]) => text.trim() === ''),
        file,
      ).toEqual([])
      const given = (all: [string, string][]) =>
        all.map(([path, text]) => `${path} ${text.match(/[793]/g)?.length ?? 0}`)
      expect(given(en), file).toEqual(given(id))
    }
  }
})

import { readFileSync } from 'node:fs'
import { expect, it } from 'vitest'

const read = (path: string) => readFileSync(new URL(path, import.meta.url), 'utf8')

/** The rows of the table in README.md: item, test file, the test's name. */
const rows = [...read('./README.md').matchAll(/^\| ([\d.]+) +\|.*\| `([^`]+)`: (.+?) +\|$/gm)].map(
  ([, item = '', file = '', name = '']) => [item, file, name] as const,
)

it('has a table of the six chapters', () => {
  expect(new Set(rows.map(([item]) => item.split('.')[0]))).toEqual(new Set(['2', '6', '7', '8', '14', '16']))
  expect(rows.length).toBeGreaterThan(35)
})

it.each(rows)('ASVS %s is held by a test in %s: %s', (_, file, name) => {
  expect(read(`./${file}`)).toContain(name)
})

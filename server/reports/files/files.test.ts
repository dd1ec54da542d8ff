import { parse } from 'csv-parse/sync'
import { strFromU8, unzipSync } from 'fflate'
import { readSheet } from 'read-excel-file/node'
import { expect, it } from 'vitest'
import { csvCell } from '../../../shared/csv.ts'
import { writeCsv } from './csv.ts'
import { type Cell, streamOf, type Table } from './table.ts'
import { writeXlsx } from './xlsx.ts'

const MADE_AT = Date.UTC(2026, 10, 2)

const NASTY = [
  'Siti, "Ani"',
  'two\nlines',
  'car\r\nriage',
  'علي محمد',
  'Ani 🌸 👩‍🎓',
  ' spaces ',
  "Nur'aini <b>&amp;",
  'tab\there',
]

async function collect(stream: ReadableStream<Uint8Array>): Promise<Buffer> {
  const chunks: Uint8Array[] = []
  for await (const chunk of stream) chunks.push(chunk)
  return Buffer.concat(chunks)
}
const tableOf = (...pages: Cell[][][]): Table => ({
  heads: ['name', 'count'],
  pages: (async function* () {
    yield* pages
  })(),
})
const csvOf = async (table: Table) => (await collect(streamOf(writeCsv(table)))).toString('utf8')
const xlsxOf = (table: Table, sheetRows?: number) => collect(streamOf(writeXlsx(table, 'absensi', MADE_AT, sheetRows)))

it('writes a CSV that another reader takes apart again, byte order mark first', async () => {
  const text = await csvOf(tableOf([NASTY.map((name, index) => [name, index])].flat(), [], [[null, 1.5]]))
  expect(text.startsWith('\uFEFFname,count\r\n')).toBe(true)
  expect(parse(text, { bom: true, relax_column_count: false })).toEqual([
    ['name', 'count'],
    ...NASTY.map((name, index) => [name, String(index)]),
    ['', '1.5'],
  ])
})

it.each([
  ['=1+1', "'=1+1"],
  ['+62812', "'+62812"],
  ['-3', "'-3"],
  ['@SUM(A1)', "'@SUM(A1)"],
  ['\t=1', "'\t=1"],
  ['\r=1', `"'\r=1"`],
  ['=HYPERLINK("x","y")', `"'=HYPERLINK(""x"",""y"")"`],
  ['a=1', 'a=1'],
  ['Ani;=1+1', "Ani;'=1+1"],
  ['Ani;=1;@x;y', "Ani;'=1;'@x;y"],
  ['\uff1d1+1', "'\uff1d1+1"],
  [-3, '-3'],
] as [Cell, string][])('makes no formula of %j', (cell, written) => {
  expect(csvCell(cell)).toBe(written)
})

it('writes a workbook that another reader opens', async () => {
  const file = await xlsxOf(
    tableOf(
      NASTY.map((name, index) => [name, index]),
      [['=1+1', -2.5]],
      [[null, 7]],
    ),
  )
  const rows = await readSheet(file, { trim: false })
  expect(rows).toEqual([['name', 'count'], ...NASTY.map((name, index) => [name, index]), ['=1+1', -2.5], [null, 7]])
  const sheet = strFromU8(unzipSync(file)['xl/worksheets/sheet1.xml'] ?? new Uint8Array())
  expect(sheet).not.toContain('<f>')
  expect(sheet).toContain('car&#13;\nriage')
})

it('leaves out what XML cannot hold', async () => {
  const bad = `a${String.fromCharCode(0, 7, 0xd800)}b${String.fromCharCode(0xffff)}`
  expect(await readSheet(await xlsxOf(tableOf([[bad, 1]])))).toEqual([
    ['name', 'count'],
    ['ab', 1],
  ])
})

it('goes on on a further sheet when one is full', async () => {
  const rows = Array.from({ length: 7 }, (_, index): Cell[] => [`r${index}`, index])
  const file = await xlsxOf(tableOf(rows.slice(0, 4), rows.slice(4)), 4)
  const read = async (sheet: number) => (await readSheet(file, sheet)).map(([name]) => name)
  expect(await read(1)).toEqual(['name', 'r0', 'r1', 'r2'])
  expect(await read(2)).toEqual(['name', 'r3', 'r4', 'r5'])
  expect(await read(3)).toEqual(['name', 'r6'])
})

it.each(['csv', 'xlsx'] as const)('makes %s as it is read: 100,000 rows are never held at once', async (format) => {
  let made = 0
  async function* pages(): AsyncGenerator<Cell[][]> {
    for (; made < 100; made++)
      yield Array.from({ length: 1_000 }, (_, row): Cell[] => [`Siti Rahma ${made * 1000 + row}`, 'X-1', 'hadir', row])
  }
  const table = { heads: ['name', 'kelas', 'status', 'row'], pages: pages() }
  const reader = streamOf(format === 'csv' ? writeCsv(table) : writeXlsx(table, 'absensi', MADE_AT)).getReader()
  const turn = () => new Promise((resolve) => setTimeout(resolve, 5))
  await turn()
  // Nobody has read yet: no more than the first pages were asked for.
  expect(made).toBeLessThan(4)
  const before = process.memoryUsage().heapUsed
  let most = 0
  let bytes = 0
  for (let chunks = 0; ; chunks++) {
    const { done, value } = await reader.read()
    if (done) break
    bytes += value.length
    if (chunks < 5) {
      const soFar = made
      await turn()
      expect(made - soFar).toBeLessThan(4)
    }
    most = Math.max(most, process.memoryUsage().heapUsed - before)
  }
  expect(made).toBe(100)
  expect(bytes).toBeGreaterThan(100_000)
  expect(most).toBeLessThan(120e6)
})

it('stops making when the reader goes away', async () => {
  let ended = false
  const table: Table = {
    heads: ['a'],
    pages: (async function* () {
      try {
        for (;;) yield [['x']]
      } finally {
        ended = true
      }
    })(),
  }
  const reader = streamOf(writeCsv(table)).getReader()
  await reader.read()
  await reader.read()
  await reader.cancel()
  expect(ended).toBe(true)
})

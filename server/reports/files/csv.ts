import type { Cell, Table } from './table.ts'

/** A cell that starts like this is a formula to a spreadsheet (OWASP, "CSV Injection"): a text is shown instead. */
const FORMULA = /^[=+\-@\t\r]/

/** One cell by RFC 4180: quoted where it holds a comma, a quote or a line's end. A text that would be a formula gets an apostrophe. */
export function csvCell(cell: Cell): string {
  if (cell === null) return ''
  if (typeof cell === 'number') return String(cell)
  const text = FORMULA.test(cell) ? `'${cell}` : cell
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text
}

const line = (cells: readonly Cell[]) => `${cells.map(csvCell).join(',')}\r\n`

/** The table as CSV, UTF-8 with a byte order mark (without one Excel takes it for another encoding), page by page. */
export async function* writeCsv({ heads, pages }: Table): AsyncGenerator<Uint8Array> {
  const encoder = new TextEncoder()
  yield encoder.encode(`\uFEFF${line(heads)}`)
  for await (const rows of pages) if (rows.length > 0) yield encoder.encode(rows.map(line).join(''))
}

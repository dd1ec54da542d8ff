import type { Cell, Table } from './table.ts'

/**
 * A cell that starts like this is a formula to a spreadsheet (OWASP, "CSV Injection"), in full width too: a text is shown
 * instead. So is what comes after a semicolon: an Indonesian Excel begins a new cell there, quoted or not.
 */
const FORMULA = /^(?=[\t\r])|(?<=^|;\s*)(?=[=+\-@\uff1d\uff0b\uff0d\uff20])/g

/** One cell by RFC 4180: quoted where it holds a comma, a quote or a line's end. A text that would be a formula gets an apostrophe. */
export function csvCell(cell: Cell): string {
  if (cell === null) return ''
  if (typeof cell === 'number') return String(cell)
  const text = cell.replace(FORMULA, "'")
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text
}

const line = (cells: readonly Cell[]) => `${cells.map(csvCell).join(',')}\r\n`

/** The table as CSV, UTF-8 with a byte order mark (without one Excel takes it for another encoding), page by page. */
export async function* writeCsv({ heads, pages }: Table): AsyncGenerator<Uint8Array> {
  const encoder = new TextEncoder()
  yield encoder.encode(`\uFEFF${line(heads)}`)
  for await (const rows of pages) if (rows.length > 0) yield encoder.encode(rows.map(line).join(''))
}

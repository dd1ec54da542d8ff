/**
 * A cell that starts like this is a formula to a spreadsheet (OWASP, "CSV Injection"), in full width too: a text is shown
 * instead. So is what comes after a semicolon: an Indonesian Excel begins a new cell there, quoted or not.
 */
const FORMULA = /^(?=[\t\r])|(?<=^|;\s*)(?=[=+\-@\uff1d\uff0b\uff0d\uff20])/g

/** What a file begins with: without a byte order mark Excel takes UTF-8 for another encoding. */
export const BYTE_ORDER_MARK = '\uFEFF'

/** One cell by RFC 4180: quoted where it holds a comma, a quote or a line's end. A text that would be a formula gets an apostrophe. */
export function csvCell(cell: string | number | null): string {
  if (cell === null) return ''
  if (typeof cell === 'number') return String(cell)
  const text = cell.replace(FORMULA, "'")
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text
}

/** One line of a file, with its end. */
export const csvLine = (cells: readonly (string | number | null)[]): string => `${cells.map(csvCell).join(',')}\r\n`

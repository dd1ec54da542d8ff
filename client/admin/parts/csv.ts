import { saveBlob } from './save-file.ts'

/** Text that a spreadsheet would take for a formula. */
const FORMULA = /^[=+\-@\t\r]/

function cellOf(value: string): string {
  const safe = FORMULA.test(value) ? `'${value}` : value
  return /[",;\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe
}

/**
 * Rows as CSV for a spreadsheet: a byte order mark for Excel, lines by CRLF (RFC 4180); a cell that looks like a formula is
 * made text by an apostrophe.
 */
export function makeCsv(rows: readonly (readonly string[])[]): string {
  return `\uFEFF${rows.map((row) => `${row.map(cellOf).join(',')}\r\n`).join('')}`
}

/** Gives rows to the person as a file. */
export const saveCsv = (name: string, rows: readonly (readonly string[])[]): void =>
  saveBlob(new Blob([makeCsv(rows)], { type: 'text/csv' }), name)

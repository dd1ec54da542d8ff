import { BYTE_ORDER_MARK, csvLine } from '../../../shared/csv.ts'
import { saveBlob } from './save-file.ts'

/** Rows as CSV for a spreadsheet. */
export const makeCsv = (rows: readonly (readonly string[])[]): string =>
  `${BYTE_ORDER_MARK}${rows.map(csvLine).join('')}`

/** Gives rows to the person as a file. */
export const saveCsv = (name: string, rows: readonly (readonly string[])[]): void =>
  saveBlob(new Blob([makeCsv(rows)], { type: 'text/csv' }), name)

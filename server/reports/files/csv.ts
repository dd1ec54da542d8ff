import { BYTE_ORDER_MARK, csvLine } from '../../../shared/csv.ts'
import type { Table } from './table.ts'

/** The table as CSV, UTF-8 with a byte order mark, page by page. */
export async function* writeCsv({ heads, pages }: Table): AsyncGenerator<Uint8Array> {
  const encoder = new TextEncoder()
  yield encoder.encode(`${BYTE_ORDER_MARK}${csvLine(heads)}`)
  for await (const rows of pages) if (rows.length > 0) yield encoder.encode(rows.map(csvLine).join(''))
}

import type { ReportRow } from '../../../shared/contract/reports.ts'
import type { Cell, Table } from '../files/table.ts'

const HEADS = [
  'nim',
  'name',
  'kelas',
  'hadir',
  'terlambat',
  'izin',
  'sakit',
  'alfa',
  'total',
  'percentage',
  'late_minutes',
  'is_below',
  'three_absences',
] as const satisfies readonly (keyof ReportRow)[]

/** A report's rows as a table; a flag is `ya` or nothing. */
export function tableOfReport(pages: AsyncIterable<readonly ReportRow[]>): Table {
  async function* cells(): AsyncGenerator<Cell[][]> {
    for await (const rows of pages)
      yield rows.map((row) =>
        HEADS.map((head) => {
          const value = row[head]
          return typeof value === 'boolean' ? (value ? 'ya' : null) : value
        }),
      )
  }
  return { heads: HEADS, pages: cells() }
}

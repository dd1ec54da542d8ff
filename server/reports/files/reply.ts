import type { Words } from '../../http/language.ts'
import { writeCsv } from './csv.ts'
import { inWords } from './in-words.ts'
import { streamOf, type Table } from './table.ts'
import { writeXlsx } from './xlsx.ts'

export type FileFormat = 'csv' | 'xlsx'

const TYPES: Readonly<Record<FileFormat, string>> = {
  csv: 'text/csv; charset=utf-8',
  xlsx: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
}

/**
 * A table as a file to be saved, sent while it is made: CSV with the names and codes of the API, for programs; XLSX in words
 * of `language`, for people.
 * @param name of the file without its ending, and of the sheet: ASCII letters, digits, `_` and `-`
 * @param madeAt milliseconds since 1970
 */
export function replyWithTable(
  table: Table,
  { format, name, madeAt, language }: { format: FileFormat; name: string; madeAt: number; language: keyof Words },
): Response {
  const chunks = format === 'csv' ? writeCsv(table) : writeXlsx(inWords(table, language), name.slice(0, 28), madeAt)
  return new Response(streamOf(chunks), {
    headers: {
      'Content-Type': TYPES[format],
      'Content-Disposition': `attachment; filename="${name}.${format}"`,
    },
  })
}

import { parse } from 'csv-parse/sync'
import { IMPORT_ROWS } from '../../../shared/contract/import.ts'
import { readXlsx } from './xlsx.ts'

export type Delimiter = ',' | ';' | '\t' | '|'
export type Encoding = 'utf-8' | 'windows-1252' | 'utf-16le'

/** A list as rows of cells, the heading first; empty rows are gone, `lines` says where each stood (1 is the first). */
export interface Table {
  readonly format: 'csv' | 'xlsx'
  readonly delimiter: Delimiter | null
  readonly encoding: Encoding | null
  readonly cells: readonly (readonly string[])[]
  readonly lines: readonly number[]
}

/** A file that is no list, or a longer one than is taken. */
export class UnreadableList extends Error {
  constructor(readonly reason: 'not_a_list' | 'too_long') {
    super(reason)
  }
}

/** Records of a file that are read, the empty ones among them. */
const MOST_RECORDS = 4 * IMPORT_ROWS

const DELIMITERS: readonly Delimiter[] = [';', ',', '\t', '|']

/** Reads CSV or XLSX, told apart by the first bytes, not by the name. @throws UnreadableList */
export async function readTable(bytes: Uint8Array): Promise<Table> {
  const zipped = bytes[0] === 0x50 && bytes[1] === 0x4b
  const { rows, ...form } = zipped ? await xlsxForm(bytes) : readCsv(bytes)
  const kept = rows.flatMap((row, index) => (row.some((cell) => cell !== '') ? [{ row, line: index + 1 }] : []))
  if (kept.length === 0) throw new UnreadableList('not_a_list')
  if (kept.length > IMPORT_ROWS + 1) throw new UnreadableList('too_long')
  return { ...form, cells: kept.map(({ row }) => row), lines: kept.map(({ line }) => line) }
}

interface Form {
  readonly format: 'csv' | 'xlsx'
  readonly delimiter: Delimiter | null
  readonly encoding: Encoding | null
  readonly rows: readonly (readonly string[])[]
}

async function xlsxForm(bytes: Uint8Array): Promise<Form> {
  return { format: 'xlsx', delimiter: null, encoding: null, rows: await readXlsx(bytes) }
}

function readCsv(bytes: Uint8Array): Form {
  const { text, encoding } = decode(bytes)
  // Excel's own first line that names the delimiter: `sep=;`.
  const told = /^sep=([,;\t|])\r?\n/i.exec(text)
  const body = told === null ? text : text.slice(told[0].length)
  const delimiter = (told?.[1] as Delimiter | undefined) ?? guessDelimiter(body)
  const rows = parseCsv(body, delimiter, MOST_RECORDS)
  // Cut off there, whatever is empty among them.
  if (rows.length === MOST_RECORDS) throw new UnreadableList('too_long')
  return { format: 'csv', delimiter, encoding, rows: told === null ? rows : [[], ...rows] }
}

function parseCsv(text: string, delimiter: Delimiter, to: number): string[][] {
  try {
    return parse(text, {
      delimiter,
      to,
      trim: true,
      relax_column_count: true,
      relax_quotes: true,
      max_record_size: 20_000,
    })
  } catch {
    throw new UnreadableList('not_a_list')
  }
}

/** UTF-8 when it is valid UTF-8 (with or without a mark), UTF-16 by its mark, else what old Excel writes. */
function decode(bytes: Uint8Array): { text: string; encoding: Encoding } {
  const as = (encoding: Encoding, fatal: boolean) => new TextDecoder(encoding, { fatal }).decode(bytes)
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return { text: as('utf-16le', false), encoding: 'utf-16le' }
  if (bytes.includes(0)) throw new UnreadableList('not_a_list')
  try {
    return { text: as('utf-8', true), encoding: 'utf-8' }
  } catch {
    return { text: as('windows-1252', false), encoding: 'windows-1252' }
  }
}

/** The delimiter that cuts the first lines into most columns, the same number in each; a comma where none does. */
function guessDelimiter(text: string): Delimiter {
  const head = text.split(/\r?\n/, 40).slice(0, 39).join('\n')
  let best: { delimiter: Delimiter; score: number } = { delimiter: ',', score: 0 }
  for (const delimiter of DELIMITERS) {
    const widths = widthsOf(head, delimiter)
    const [first = 1] = widths
    const score = first < 2 ? 0 : widths.filter((width) => width === first).length / widths.length + first / 1000
    if (score > best.score) best = { delimiter, score }
  }
  return best.delimiter
}

function widthsOf(head: string, delimiter: Delimiter): number[] {
  try {
    return parseCsv(head, delimiter, 30).flatMap((row) => (row.length === 1 && row[0] === '' ? [] : [row.length]))
  } catch {
    return []
  }
}

import { promisify } from 'node:util'
import { inflateRaw } from 'node:zlib'
import { zipSync } from 'fflate'
import { readSheet } from 'read-excel-file/universal'
import { IMPORT_ROWS } from '../../../shared/contract/import.ts'
import { UnreadableList } from './table.ts'

const inflate = promisify(inflateRaw)

/** The most a workbook's parts may weigh together when inflated, bytes: 20,000 rows of six columns take about 15 MB. */
const INFLATED = 48 * 1024 * 1024

/** Columns a sheet may have; the reader fills every row up to the last one. */
const COLUMNS = 100

/** The parts of a workbook that hold cells; pictures and the rest are not even inflated. */
const PARTS =
  /^(\[Content_Types\]\.xml|_rels\/\.rels|xl\/(workbook|sharedStrings|styles)\.xml|xl\/_rels\/[^/]+|xl\/worksheets\/[^/]+\.xml)$/i

/**
 * The first sheet's cells as text: formulas by their last value, never run. A workbook that inflates to more than the
 * limit, whatever its directory claims, or that has a cell far outside any list, is refused before it is parsed.
 * @throws UnreadableList
 */
export async function readXlsx(bytes: Uint8Array): Promise<string[][]> {
  const parts = await inflateParts(bytes)
  for (const [name, part] of Object.entries(parts)) if (/^xl\/worksheets\//i.test(name)) checkExtent(part)
  // What the reader gets is the archive as it was looked at, packed anew.
  const checked = Uint8Array.from(zipSync(parts, { level: 0 }))
  const rows = await readSheet(checked.buffer).catch(() => {
    throw new UnreadableList('not_a_list')
  })
  return rows.map((row) => row.map(textOf))
}

function textOf(cell: unknown): string {
  if (cell === null || cell === undefined) return ''
  if (cell instanceof Date) return cell.toISOString().slice(0, 10)
  return String(cell).trim()
}

/** The wanted parts of a zip archive, by its central directory (PKWARE APPNOTE 4.3.12), inflated within the limit. */
async function inflateParts(bytes: Uint8Array): Promise<Record<string, Uint8Array>> {
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  const parts: Record<string, Uint8Array> = {}
  let left = INFLATED
  try {
    const end = buffer.lastIndexOf('PK\x05\x06', undefined, 'latin1')
    let at = buffer.readUInt32LE(end + 16)
    for (let count = buffer.readUInt16LE(end + 10); count > 0; count--) {
      if (buffer.readUInt32LE(at) !== 0x02014b50) throw new UnreadableList('not_a_list')
      const method = buffer.readUInt16LE(at + 10)
      const [packed, nameLength] = [buffer.readUInt32LE(at + 20), buffer.readUInt16LE(at + 28)]
      const name = buffer.toString('utf8', at + 46, at + 46 + nameLength)
      const local = buffer.readUInt32LE(at + 42)
      at += 46 + nameLength + buffer.readUInt16LE(at + 30) + buffer.readUInt16LE(at + 32)
      if (!PARTS.test(name)) continue
      const from = local + 30 + buffer.readUInt16LE(local + 26) + buffer.readUInt16LE(local + 28)
      const data = buffer.subarray(from, from + packed)
      const part = method === 0 ? data : await inflate(data, { maxOutputLength: Math.max(1, left) })
      left -= part.length
      if (left < 0) throw new UnreadableList('too_long')
      parts[name] = part
    }
  } catch (error) {
    if (error instanceof UnreadableList) throw error
    const large = error instanceof Error && 'code' in error && error.code === 'ERR_BUFFER_TOO_LARGE'
    throw new UnreadableList(large ? 'too_long' : 'not_a_list')
  }
  return parts
}

/**
 * A cell's or a row's tag with its attributes; a `>` inside quotes does not end it. XML has no `<` in a tag: without it, a tag
 * that does not end is looked at up to the next one only, not to the end of the file.
 */
const TAG = /<(?:\w+:)?(?:c|row)(?=[\s/>])((?:"[^"<]*"|'[^'<]*'|[^'"<>])*)(>?)/g
const ADDRESS = /(?:^|\s)r\s*=\s*(["'])([\s\S]*?)\1/g

/** Refuses a sheet whose cells' addresses are none, or lie beyond what a list may have. */
function checkExtent(sheet: Uint8Array): void {
  const text = Buffer.from(sheet).toString('latin1')
  for (const [, attributes = '', end] of text.matchAll(TAG)) {
    if (end === '') throw new UnreadableList('not_a_list')
    for (const [, , address = ''] of attributes.matchAll(ADDRESS)) {
      const [, letters = '', row] = /^([A-Z]{0,3})([0-9]{1,7})$/.exec(address) ?? []
      if (row === undefined) throw new UnreadableList('not_a_list')
      const column = [...letters].reduce((sum, letter) => sum * 26 + letter.charCodeAt(0) - 64, 0)
      if (column > COLUMNS || Number(row) > 2 * IMPORT_ROWS) throw new UnreadableList('too_long')
    }
  }
}

import { Zip, ZipDeflate } from 'fflate'
import type { Cell, Table } from './table.ts'

/** Rows a sheet may have (ECMA-376 readers: Excel's own limit). What is longer goes on on a further sheet. */
const SHEET_ROWS = 1_048_576

const HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
const MAIN = 'http://schemas.openxmlformats.org/spreadsheetml/2006/main'
const RELATIONS = 'http://schemas.openxmlformats.org/package/2006/relationships'
const OFFICE = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships'
const TYPE = 'application/vnd.openxmlformats-officedocument.spreadsheetml'

/** Two looks: plain, and bold for the heads. */
const STYLES = `${HEAD}<styleSheet xmlns="${MAIN}"><fonts count="2"><font/><font><b/></font></fonts><fills count="1"><fill/></fills><borders count="1"><border/></borders><cellStyleXfs count="1"><xf/></cellStyleXfs><cellXfs count="2"><xf/><xf fontId="1" applyFont="1"/></cellXfs></styleSheet>`

const ENTITIES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  '\r': '&#13;',
}

/** A text in XML 1.0: what it may not hold at all (control characters, half a surrogate pair) is left out. */
function escapeXml(text: string): string {
  return text
    .replace(/[\p{Cc}\p{Cs}\uFFFE\uFFFF]/gu, (char) => (/[\t\n\r\u007F-\u009F]/.test(char) ? char : ''))
    .replace(/[&<>"\r]/g, (char) => ENTITIES[char] ?? char)
}

/** The letters of a column: A .. Z, AA ... */
function nameColumn(index: number): string {
  const letter = String.fromCharCode(65 + (index % 26))
  return index < 26 ? letter : nameColumn(Math.floor(index / 26) - 1) + letter
}

/** Attributes are those that readers insist on, though the standard does not: every cell's address. */
function writeCell(cell: Cell, address: string, style: string): string {
  if (cell === null) return ''
  const attributes = `r="${address}"${style}`
  if (typeof cell === 'number') return `<c ${attributes}><v>${cell}</v></c>`
  return `<c ${attributes} t="inlineStr"><is><t xml:space="preserve">${escapeXml(cell)}</t></is></c>`
}

/** @param number of the row in its sheet, from 1 */
const writeRow = (cells: readonly Cell[], number: number, style = '') =>
  `<row r="${number}">${cells.map((cell, column) => writeCell(cell, `${nameColumn(column)}${number}`, style)).join('')}</row>`

/**
 * The table as an Excel workbook (ECMA-376, Office Open XML), page by page: texts inline, so that nothing has to be
 * gathered; compressed as it is made. A text is never a formula here.
 * @param madeAt milliseconds since 1970, the time of the parts
 * @param sheetRows rows of a sheet at most, its heads among them
 */
export async function* writeXlsx(
  { heads, pages }: Table,
  name: string,
  madeAt: number,
  sheetRows = SHEET_ROWS,
): AsyncGenerator<Uint8Array> {
  const encoder = new TextEncoder()
  let ready: Uint8Array[] = []
  const zip = new Zip((error, chunk) => {
    if (error) throw error
    ready.push(chunk)
  })
  const begin = (path: string) => {
    const part = new ZipDeflate(path, { level: 6 })
    part.mtime = madeAt
    zip.add(part)
    return (text: string, isLast = false) => part.push(encoder.encode(text), isLast)
  }
  const sheets: ((text: string, isLast?: boolean) => void)[] = []
  const openSheet = () => {
    const write = begin(`xl/worksheets/sheet${sheets.length + 1}.xml`)
    write(`${HEAD}<worksheet xmlns="${MAIN}"><sheetData>${writeRow(heads, 1, ' s="1"')}`)
    sheets.push(write)
    return write
  }
  const take = () => {
    const chunks = ready
    ready = []
    return chunks
  }

  let write = openSheet()
  let filled = 1
  for await (const page of pages) {
    for (let from = 0; from < page.length; ) {
      if (filled === sheetRows) {
        write('</sheetData></worksheet>', true)
        write = openSheet()
        filled = 1
      }
      const first = filled + 1
      const rows = page.slice(from, from + sheetRows - filled)
      write(rows.map((row, index) => writeRow(row, first + index)).join(''))
      from += rows.length
      filled += rows.length
    }
    yield* take()
  }
  write('</sheetData></worksheet>', true)
  for (const [path, text] of describeWorkbook(sheets.length, name)) begin(path)(text, true)
  zip.end()
  yield* take()
}

/** The parts beside the sheets: by path, their text. */
function describeWorkbook(sheets: number, name: string): readonly (readonly [path: string, text: string])[] {
  const each = (write: (number: number) => string) =>
    Array.from({ length: sheets }, (_, index) => write(index + 1)).join('')
  const title = (number: number) => escapeXml(number === 1 ? name : `${name} ${number}`)
  const relation = (id: string, type: string, target: string) =>
    `<Relationship Id="${id}" Type="${OFFICE}/${type}" Target="${target}"/>`
  return [
    ['xl/styles.xml', STYLES],
    [
      'xl/workbook.xml',
      `${HEAD}<workbook xmlns="${MAIN}" xmlns:r="${OFFICE}"><sheets>${each(
        (number) => `<sheet name="${title(number)}" sheetId="${number}" r:id="rId${number}"/>`,
      )}</sheets></workbook>`,
    ],
    [
      'xl/_rels/workbook.xml.rels',
      `${HEAD}<Relationships xmlns="${RELATIONS}">${each((number) =>
        relation(`rId${number}`, 'worksheet', `worksheets/sheet${number}.xml`),
      )}${relation(`rId${sheets + 1}`, 'styles', 'styles.xml')}</Relationships>`,
    ],
    [
      '_rels/.rels',
      `${HEAD}<Relationships xmlns="${RELATIONS}">${relation('rId1', 'officeDocument', 'xl/workbook.xml')}</Relationships>`,
    ],
    [
      '[Content_Types].xml',
      `${HEAD}<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/><Override PartName="/xl/workbook.xml" ContentType="${TYPE}.sheet.main+xml"/><Override PartName="/xl/styles.xml" ContentType="${TYPE}.styles+xml"/>${each(
        (number) => `<Override PartName="/xl/worksheets/sheet${number}.xml" ContentType="${TYPE}.worksheet+xml"/>`,
      )}</Types>`,
    ],
  ]
}

import type { z } from 'zod'
import { nimSchema } from '../../../shared/contract/auth.ts'
import {
  IMPORT_FIELDS,
  IMPORT_SHOWN,
  type ImportField,
  type ImportReply,
  type Mapping,
} from '../../../shared/contract/import.ts'
import { emailSchema, kelasSchema, personNameSchema } from '../../../shared/contract/people.ts'
import type { Table } from './table.ts'

export type RowError = ImportReply['errors'][number]

/** A row that says what it should. An empty cell says nothing: null. */
export interface ListedStudent {
  readonly row: number
  readonly nim: string
  readonly name: string
  readonly kelas: string | null
  readonly email: string | null
  readonly parent_email: string | null
}

/** Headings of school lists by field, letters and digits only; where several fit, the earlier one is taken. */
const HEADINGS: Readonly<Record<ImportField, readonly string[]>> = {
  nim: ['nim', 'nis', 'nisn', 'npm', 'nrp', 'nomorinduk', 'nomorinduksiswa', 'noinduk', 'noinduksiswa', 'studentid'],
  name: ['nama', 'name', 'namalengkap', 'namasiswa', 'namamahasiswa', 'namapesertadidik', 'fullname', 'studentname'],
  kelas: ['kelas', 'class', 'rombel', 'rombonganbelajar', 'rombelsaatini', 'classname'],
  email: ['email', 'emailsiswa', 'alamatemail', 'surel'],
  parent_email: ['parentemail', 'emailorangtua', 'emailortu', 'emailwali', 'emailayah', 'emailibu', 'surelorangtua'],
}

const RULES: Readonly<Record<ImportField, z.ZodType<string>>> = {
  nim: nimSchema,
  name: personNameSchema,
  kelas: kelasSchema,
  email: emailSchema,
  parent_email: emailSchema,
}

/** The column of each field by its heading; null where no heading is known. */
export function guessMapping(header: readonly string[]): Required<Mapping> {
  const plain = header.map((heading) => heading.toLowerCase().replace(/[^a-z0-9]/g, ''))
  const columnOf = (field: ImportField): number | null => {
    const heading = HEADINGS[field].find((known) => plain.includes(known))
    return heading === undefined ? null : plain.indexOf(heading)
  }
  return {
    nim: columnOf('nim'),
    name: columnOf('name'),
    kelas: columnOf('kelas'),
    email: columnOf('email'),
    parent_email: columnOf('parent_email'),
  }
}

/** The rows under the heading, checked. NIM and name must be there; letter case does not tell two NIMs apart. */
export function readRows(table: Table, mapping: Mapping): { students: ListedStudent[]; errors: RowError[] } {
  const unmapped = (['nim', 'name'] as const).filter((field) => typeof mapping[field] !== 'number')
  if (unmapped.length > 0)
    return { students: [], errors: unmapped.map((field) => ({ row: 0, field, code: 'not_mapped', value: '' })) }

  const seen = new Set<string>()
  const errors: RowError[] = []
  const students: ListedStudent[] = []
  for (const [index, cells] of table.cells.entries()) {
    if (index === 0) continue
    const row = table.lines[index] ?? index + 1
    const before = errors.length
    const values: Partial<Record<ImportField, string>> = {}
    for (const field of IMPORT_FIELDS) {
      const column = mapping[field]
      const text = typeof column === 'number' ? (cells[column] ?? '') : ''
      if (text === '') {
        if (field === 'nim' || field === 'name') errors.push({ row, field, code: 'missing', value: '' })
        continue
      }
      const parsed = RULES[field].safeParse(text)
      if (parsed.success) values[field] = parsed.data
      else errors.push({ row, field, code: 'invalid', value: startOf(text) })
    }
    const { nim, name, kelas = null, email = null, parent_email = null } = values
    if (nim === undefined) continue
    if (seen.has(nim.toLowerCase())) errors.push({ row, field: 'nim', code: 'repeated', value: nim })
    seen.add(nim.toLowerCase())
    if (name !== undefined && errors.length === before) students.push({ row, nim, name, kelas, email, parent_email })
  }
  return { students, errors }
}

/** The start of a cell, whole characters, and a sign where more follows. */
const startOf = (text: string): string =>
  text.length <= IMPORT_SHOWN ? text : `${text.slice(0, IMPORT_SHOWN - 1).replace(/[\uD800-\uDBFF]$/, '')}…`

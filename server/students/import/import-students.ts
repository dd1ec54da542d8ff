import { randomUUID } from 'node:crypto'
import type { ImportReply, ImportRequest } from '../../../shared/contract/import.ts'
import { closeSessions } from '../../attendance/close.ts'
import { drawCode } from '../../auth/code.ts'
import { isConflict } from '../../db/write.ts'
import type { Deps } from '../../deps.ts'
import type { Faces } from '../../face/faces.ts'
import type { By } from '../../http/by.ts'
import { refuse } from '../../http/problem.ts'
import { readSpelling } from '../../users/spell-kelas.ts'
import { guessMapping, type ListedStudent, type RowError, readRows } from './read-rows.ts'
import {
  insertStudents,
  type KnownAccount,
  putCodes,
  readKnown,
  resetStudents,
  type Said,
  updateStudents,
} from './store.ts'
import { readTable, type Table, UnreadableList } from './table.ts'

/** Errors (and accounts taken over), and rows, that a reply shows. */
const SHOWN_ERRORS = 200
const SHOWN_ROWS = 20

/** What a list would do, row by row. */
interface Plan {
  readonly added: readonly (ListedStudent & { readonly id: string })[]
  readonly updated: readonly Said[]
  readonly reset: readonly { readonly student: ListedStudent; readonly account: KnownAccount }[]
  /** Changed or not, they stay suspended. */
  readonly suspended: readonly { readonly student: ListedStudent; readonly account: KnownAccount }[]
  readonly unchanged: number
  readonly errors: readonly RowError[]
}

/**
 * Imports the school's list of students. A preview writes nothing. A commit writes all of it in one batch, or nothing when
 * a row is wrong; the same list again changes nothing and gives no new codes. An account a person had made herself loses
 * its password, devices and face: the list says whose NIM it is, she only claimed it.
 */
export async function importStudents(
  deps: Deps,
  faces: Pick<Faces, 'erase'>,
  { content, mode, mapping: given }: ImportRequest,
  by: By,
): Promise<ImportReply> {
  const table = await readList(content)
  const header = [...(table.cells[0] ?? [])]
  const mapping = given ?? guessMapping(header)
  const { students: listed, errors } = readRows(table, mapping)
  const spell = await readSpelling(deps.db)
  const students = listed.map((one) => (one.kelas === null ? one : { ...one, kelas: spell(one.kelas) }))
  const plan = planImport(
    students,
    await readKnown(
      deps.db,
      students.map(({ nim }) => nim),
    ),
    errors,
  )
  if (mode === 'commit' && plan.errors.length > 0)
    refuse('bad_request', { ...ROWS_WRONG, fields: fieldsOf(plan.errors) })
  const codes = mode === 'commit' ? await writePlan(deps, faces, plan, by) : []
  return {
    mode,
    format: table.format,
    delimiter: table.delimiter,
    encoding: table.encoding,
    header,
    mapping,
    total: table.cells.length - 1,
    new: plan.added.length,
    updated: plan.updated.length,
    unchanged: plan.unchanged,
    reset: plan.reset.length,
    reset_accounts: tellAccounts(plan.reset),
    suspended: plan.suspended.length,
    suspended_accounts: tellAccounts(plan.suspended),
    error_count: plan.errors.length,
    errors: plan.errors.slice(0, SHOWN_ERRORS),
    rows: students.slice(0, SHOWN_ROWS),
    codes,
  }
}

const tellAccounts = (found: Plan['reset']) =>
  found.slice(0, SHOWN_ERRORS).map(({ student, account }) => ({
    row: student.row,
    nim: account.nim,
    name: account.name,
  }))

async function readList(content: string): Promise<Table> {
  try {
    return await readTable(Buffer.from(content, 'base64'))
  } catch (error) {
    if (!(error instanceof UnreadableList)) throw error
    return error.reason === 'too_long' ? refuse('too_large', TOO_LONG) : refuse('bad_request', NOT_A_LIST)
  }
}

function planImport(students: readonly ListedStudent[], known: readonly KnownAccount[], errors: RowError[]): Plan {
  const accounts = new Map(known.map((account) => [account.nim.toLowerCase(), account]))
  const added: (ListedStudent & { id: string })[] = []
  const updated: Said[] = []
  const reset: { student: ListedStudent; account: KnownAccount }[] = []
  const suspended: { student: ListedStudent; account: KnownAccount }[] = []
  const staff: RowError[] = []
  let unchanged = 0
  for (const student of students) {
    const account = accounts.get(student.nim.toLowerCase())
    if (account?.role === 'user' && !account.is_active) suspended.push({ student, account })
    if (account === undefined) added.push({ ...student, id: randomUUID() })
    else if (account.role !== 'user')
      staff.push({ row: student.row, field: 'nim', code: 'not_a_student', value: student.nim })
    else if (account.self_made) reset.push({ student, account })
    else if (differs(student, account)) updated.push({ ...student, id: account.id })
    else unchanged++
  }
  return { added, updated, reset, suspended, unchanged, errors: [...errors, ...staff].sort((a, b) => a.row - b.row) }
}

function differs(student: ListedStudent, account: KnownAccount): boolean {
  const fields = ['kelas', 'email', 'parent_email'] as const
  return (
    student.name !== account.name ||
    fields.some((field) => student[field] !== null && student[field] !== account[field])
  )
}

async function writePlan(
  deps: Deps,
  faces: Pick<Faces, 'erase'>,
  { added, updated, reset }: Plan,
  by: By,
): Promise<ImportReply['codes']> {
  const { audit, guard, keyRing, now } = deps
  if (added.length + updated.length + reset.length === 0) return []
  // What is over was of the classes of before.
  await closeSessions(deps, now())
  const resetIds = reset.map(({ account }) => account.id)
  const people = [...added, ...reset.map(({ student, account }) => ({ ...student, id: account.id }))]
  const drawn = people.map(({ id, nim, name, kelas }) => ({ nim, name, kelas, id, ...drawCode(keyRing, id, now()) }))
  // Before the batch: cut off in between, the accounts are still known as self-made and the list can be sent again.
  for (const { account } of reset) if (account.sealed) await faces.erase(account.id, by)
  const changed = [...updated, ...people.slice(added.length)]
  try {
    await audit.write(
      [
        ...(added.length === 0 ? [] : [insertStudents(added, now())]),
        // Before what the list says: an address that the maker of the account had put there goes.
        ...(reset.length === 0 ? [] : resetStudents(resetIds, now())),
        ...(changed.length === 0 ? [] : updateStudents(changed, now())),
        ...(drawn.length === 0 ? [] : [putCodes(drawn.map(storedOf), now())]),
      ],
      {
        ...by,
        action: 'import_students',
        entityType: 'user',
        details: { new: added.length, updated: updated.length, reset: reset.length },
      },
    )
  } catch (error) {
    if (isConflict(error)) refuse('conflict', CHANGED)
    throw error
  }
  for (const id of resetIds) guard.forget(id)
  return drawn.map(({ id, nim, name, kelas, code }) => ({ id, nim, name, kelas, code }))
}

function storedOf({ id, codeHmac, keyVersion, expiresAt }: { id: string } & ReturnType<typeof drawCode>) {
  return { id, codeHmac, keyVersion, expiresAt }
}

function fieldsOf(errors: readonly RowError[]) {
  return errors.slice(0, SHOWN_ERRORS).map(({ row, field, code }) => ({ path: `rows.${row}.${field}`, message: code }))
}

const ROWS_WRONG = {
  detail: {
    id: 'Beberapa baris salah. Tidak ada yang disimpan: perbaiki daftar lalu kirim lagi.',
    en: 'Some rows are wrong. Nothing was stored: correct the list and send it again.',
  },
}

const NOT_A_LIST = {
  detail: {
    id: 'Berkas tidak dapat dibaca sebagai CSV atau XLSX.',
    en: 'The file cannot be read as CSV or XLSX.',
  },
  fields: [{ path: 'content', message: 'not_a_list' }],
}

const TOO_LONG = {
  detail: {
    id: 'Daftar terlalu besar: paling banyak 20.000 baris dan 100 kolom.',
    en: 'The list is too large: 20,000 rows and 100 columns at most.',
  },
}

const CHANGED = {
  detail: {
    id: 'Data berubah sementara impor berjalan. Tidak ada yang disimpan: kirim lagi.',
    en: 'The data changed while the import ran. Nothing was stored: send it again.',
  },
}

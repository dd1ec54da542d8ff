import { z } from 'zod'

/** What a column of a school's list may hold. */
export const IMPORT_FIELDS = ['nim', 'name', 'kelas', 'email', 'parent_email'] as const
export type ImportField = (typeof IMPORT_FIELDS)[number]

/** Rows of one list, at most. */
export const IMPORT_ROWS = 20_000

/** Characters of a wrong cell that are told, at most. */
export const IMPORT_SHOWN = 60

/** The column of each field, counted from 0; null or left out: the list does not have it. */
export const mappingSchema = z.object({
  nim: z.number().int().min(0).max(99).nullish(),
  name: z.number().int().min(0).max(99).nullish(),
  kelas: z.number().int().min(0).max(99).nullish(),
  email: z.number().int().min(0).max(99).nullish(),
  parent_email: z.number().int().min(0).max(99).nullish(),
})
export type Mapping = z.output<typeof mappingSchema>

/** A list as CSV or XLSX. Without `mapping` the columns are guessed by their headings (first row). */
export const importRequest = z.object({
  filename: z.string().max(255),
  /** The file's bytes, base64. */
  content: z.base64().max(7_900_000),
  mode: z.enum(['preview', 'commit']),
  mapping: mappingSchema.optional(),
})
export type ImportRequest = z.output<typeof importRequest>

/**
 * What is wrong with a cell: `missing`; `invalid`: not what the field takes; `repeated`: the NIM stands in an earlier row;
 * `not_a_student`: the NIM is a teacher's or an admin's; `not_mapped`: no column is known to hold the field (row 0).
 */
const IMPORT_ERRORS = ['missing', 'invalid', 'repeated', 'not_a_student', 'not_mapped'] as const

const importRow = z.object({
  row: z.number().int(),
  nim: z.string(),
  name: z.string(),
  kelas: z.string().nullable(),
  email: z.string().nullable(),
  parent_email: z.string().nullable(),
})

export const importReply = z.object({
  mode: z.enum(['preview', 'commit']),
  format: z.enum(['csv', 'xlsx']),
  /** Of a CSV file, as guessed. */
  delimiter: z.enum([',', ';', '\t', '|']).nullable(),
  encoding: z.enum(['utf-8', 'windows-1252', 'utf-16le']).nullable(),
  header: z.array(z.string()),
  mapping: mappingSchema,
  total: z.number().int(),
  /** Accounts made. */
  new: z.number().int(),
  updated: z.number().int(),
  unchanged: z.number().int(),
  /** Accounts people had made themselves: their password, devices and face go, and they get a code. */
  reset: z.number().int(),
  /** Who they are, the first of them: under the NIM and name the account had. */
  reset_accounts: z.array(z.object({ row: z.number().int(), nim: z.string(), name: z.string() })),
  /** Accounts that are suspended and stay so, whatever the list says of them; the first of them as they are. */
  suspended: z.number().int(),
  suspended_accounts: z.array(z.object({ row: z.number().int(), nim: z.string(), name: z.string() })),
  error_count: z.number().int(),
  /** The first of them. `row` as a spreadsheet counts: the heading is row 1. `value`: the start of what stands there. */
  errors: z.array(
    z.object({
      row: z.number().int(),
      field: z.enum(IMPORT_FIELDS),
      code: z.enum(IMPORT_ERRORS),
      value: z.string().max(IMPORT_SHOWN),
    }),
  ),
  /** The first rows, as understood. */
  rows: z.array(importRow),
  /** After a commit: the codes of new and reset accounts, shown this once. */
  codes: z.array(
    z.object({ id: z.string(), nim: z.string(), name: z.string(), kelas: z.string().nullable(), code: z.string() }),
  ),
})
export type ImportReply = z.output<typeof importReply>

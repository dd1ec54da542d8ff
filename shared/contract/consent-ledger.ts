import { z } from 'zod'
import { nimSchema, roleSchema } from './auth.ts'
import { consentReply, consentSchema } from './consents.ts'
import { dateSchema, listOf, pageQuery } from './endpoint.ts'

export const consentKindSchema = z.enum(['self', 'guardian'])

/** What withdrawing a consent destroyed. Its id stands in the audit log. */
export const withdrawalReceiptSchema = z.object({
  id: z.string(),
  at: z.string(),
  destroyed: z.object({
    /** The key under which everything of the face was sealed: no copy of anything opens any more. */
    data_key: z.literal(true),
    encodings: z.number().int(),
    traces: z.number().int(),
    open_cases: z.number().int(),
  }),
})
export const withdrawReply = consentReply.extend({ receipt: withdrawalReceiptSchema })

/** One consent ever given. */
export const consentEntrySchema = z.object({
  kind: consentKindSchema,
  version: z.string(),
  /** In the app, or on paper and entered by the office. */
  source: z.enum(['app', 'paper']),
  given_at: z.string(),
  withdrawn_at: z.string().nullable(),
})
export const consentHistoryReply = z.object({ consents: z.array(consentEntrySchema) })

/**
 * `complete`: a face may be kept; `missing`: her own is missing; `guardian_missing`: only the guardian's is; `withdrawn`: her
 * own was given once and withdrawn.
 */
export const consentStateSchema = z.enum(['complete', 'missing', 'guardian_missing', 'withdrawn'])
export const consentsQuery = pageQuery.extend({
  state: consentStateSchema.optional(),
  kelas: z.string().max(40).optional(),
  role: roleSchema.optional(),
})
export const consentPersonSchema = z.object({
  user_id: z.string(),
  nim: z.string(),
  name: z.string(),
  kelas: z.string().nullable(),
  state: consentStateSchema,
  self: consentSchema.nullable(),
  guardian: consentSchema.nullable(),
})
export const consentsReply = listOf(consentPersonSchema)

/** Consents given on paper, to the text of `version`, which must be the one in force. */
export const bulkConsentsRequest = z.object({
  version: z.string().max(32),
  consents: z
    .array(z.object({ nim: nimSchema, kind: consentKindSchema, given_on: dateSchema }))
    .min(1)
    .max(2000),
})
export const bulkConsentsReply = z.object({
  recorded: z.number().int(),
  /** Had a live one already. */
  unchanged: z.number().int(),
  /** NIMs nobody has. */
  unknown: z.array(z.string()),
  /** NIMs of people who withdrew after the day on the paper: they have to be asked again. */
  withdrawn_since: z.array(z.string()),
})

/** A withdrawal that was told to the office. */
export const withdrawForRequest = z.object({ user_id: z.uuid(), kind: consentKindSchema })
export const withdrawForReply = z.object({ receipt: withdrawalReceiptSchema })

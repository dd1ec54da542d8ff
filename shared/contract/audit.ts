import { z } from 'zod'
import { dateSchema, listOf, pageQuery } from './endpoint.ts'

export const auditQuery = pageQuery.extend({
  action: z.string().max(60).optional(),
  /** Who did it. */
  user_id: z.uuid().optional(),
  entity_type: z.string().max(60).optional(),
  entity_id: z.string().max(100).optional(),
  /** Days of the school's calendar, both included. */
  from: dateSchema.optional(),
  until: dateSchema.optional(),
})

/** What an id of a line stands for, as it is called today. */
const namedSchema = z.object({
  id: z.string(),
  name: z.string(),
  /** Of a person; null for a device, a session, a holiday. */
  nim: z.string().nullable(),
})

export const auditLineSchema = z.object({
  seq: z.number().int(),
  /** ISO 8601 with the school's offset. */
  created_at: z.string(),
  /** Who did it; null for the system and for callers who were not signed in. `nim` and `name` while the account exists. */
  user_id: z.string().nullable(),
  nim: z.string().nullable(),
  name: z.string().nullable(),
  action: z.string(),
  entity_type: z.string(),
  entity_id: z.string().nullable(),
  /** The person it is about, where there is one and her record still says so. */
  subject_id: z.string().nullable(),
  /** What the ids of the line and its details stand for, as far as it still exists. */
  named: z.array(namedSchema),
  /** Ids, codes and counts; null when there are none, or they were erased. */
  details: z.record(z.string(), z.union([z.string(), z.number(), z.boolean(), z.null()])).nullable(),
  details_erased: z.boolean(),
  ip_address: z.string().nullable(),
  user_agent: z.string().nullable(),
})
export const auditReply = listOf(auditLineSchema)

/**
 * The end of the audit chain at one moment, signed: kept elsewhere (a backup, a mail, the key folder) it shows later that
 * lines were cut off the end, which the chain alone cannot.
 */
export const auditHeadSchema = z.strictObject({
  v: z.literal(1),
  seq: z.number().int().nonnegative(),
  /** The hash of that line; `start` while the log is empty. */
  hash: z.string().max(64),
  /** Lines up to there. */
  count: z.number().int().nonnegative(),
  /** ISO 8601. */
  at: z.string().max(32),
  key_version: z.number().int().positive(),
  mac: z.string().max(64),
})
export type AuditHead = z.infer<typeof auditHeadSchema>

/** `broken_at`: the number of the first line that was changed, put in, or missing. `head`: only of a chain that is whole. */
export const auditVerifyReply = z.object({
  whole: z.boolean(),
  lines: z.number().int(),
  broken_at: z.number().int().nullable(),
  /** Lines that the unfiltered list shows before that one; null where there is no such line. */
  broken_place: z.number().int().nullable(),
  head: auditHeadSchema.nullable(),
})

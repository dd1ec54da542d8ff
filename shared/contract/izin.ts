import { z } from 'zod'
import { dateSchema, listOf, pageQuery } from './endpoint.ts'

/** Days one request may ask for. */
export const IZIN_DAYS = 31

export const izinRequest = z
  .object({
    kind: z.enum(['izin', 'sakit']),
    from_date: dateSchema,
    until_date: dateSchema,
    reason: z.string().trim().min(3).max(500),
  })
  .refine((one) => one.from_date <= one.until_date, { path: ['until_date'] })

/** As staff enter it for a student: what came on paper, or by telephone. */
export const enterIzinRequest = izinRequest.safeExtend({ user_id: z.uuid() })

export const izinStateSchema = z.enum(['open', 'approved', 'refused', 'withdrawn'])
export const izinSchema = z.object({
  id: z.string(),
  kind: z.enum(['izin', 'sakit']),
  from_date: z.string(),
  until_date: z.string(),
  reason: z.string(),
  state: izinStateSchema,
  decided_at: z.string().nullable(),
  note: z.string().nullable(),
  created_at: z.string(),
})
export const izinReply = z.object({ izin: izinSchema })
export const izinListReply = listOf(izinSchema)

/** As staff see a request: whose it is and who decided. */
export const staffIzinSchema = izinSchema.extend({
  user_id: z.string(),
  name: z.string(),
  nim: z.string(),
  kelas: z.string().nullable(),
  decided_by: z.string().nullable(),
  /** Null also where that account is gone. */
  decided_by_name: z.string().nullable(),
})
export const staffIzinQuery = pageQuery.extend({
  state: izinStateSchema.optional(),
  kelas: z.string().max(40).optional(),
  user_id: z.uuid().optional(),
})
export const staffIzinListReply = listOf(staffIzinSchema)
/** `reopen`: takes an earlier decision back; what the request had filled becomes alfa. */
export const decideIzinRequest = z.object({
  decision: z.enum(['approve', 'refuse', 'reopen']),
  note: z.string().trim().max(500).optional(),
})
export const decideIzinReply = z.object({
  izin: staffIzinSchema,
  /** Attendances that became izin or sakit by this decision: made new, or corrected from alfa. */
  filled: z.number().int(),
})

import { z } from 'zod'

export const statusSchema = z.enum(['hadir', 'terlambat', 'izin', 'sakit', 'alfa'])
export const gradeSchema = z.enum(['verified', 'provisional', 'review'])
export type Status = z.infer<typeof statusSchema>
export type Grade = z.infer<typeof gradeSchema>

export const absensiSchema = z.object({
  id: z.string(),
  user_id: z.string(),
  name: z.string(),
  nim: z.string(),
  /** The school's calendar day, YYYY-MM-DD. */
  date: z.string(),
  /** ISO 8601 with the school's offset. */
  timestamp: z.string(),
  status: statusSchema,
  grade: gradeSchema,
  /** For people who are not staff: one of three bands, only ever on success. */
  confidence: z.enum(['high', 'good', 'fair']),
  /** Minutes after `late after`, 0 when on time. */
  late_minutes: z.number().int().nonnegative(),
})
export type Absensi = z.infer<typeof absensiSchema>

export const submitReply = z.object({
  success: z.literal(true),
  message: z.string(),
  absensi: absensiSchema,
  is_duplicate: z.boolean(),
  /** Only under LIVENESS_PROFILE=lab: `{ verdict }`. */
  lab: z.unknown().optional(),
})
export type SubmitReply = z.infer<typeof submitReply>

/** Today's session as the student sees it: `state` is computed by the server's clock. */
export const sessionSchema = z.object({
  id: z.string(),
  name: z.string(),
  /** Today's moments, ISO 8601 with the school's offset. */
  opens: z.string(),
  late_after: z.string(),
  closes: z.string(),
  state: z.enum(['before', 'open', 'late', 'closed']),
})
export const todayReply = z.object({
  date: z.string(),
  time_zone: z.string(),
  server_time: z.string(),
  session: sessionSchema.nullable(),
  absensi: absensiSchema.nullable(),
})

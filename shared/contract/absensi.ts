import { z } from 'zod'
import { sealedCaptureRequest } from './capture.ts'
import { dateSchema, listOf, pageQuery } from './endpoint.ts'

export const statusSchema = z.enum(['hadir', 'terlambat', 'izin', 'sakit', 'alfa'])
export const gradeSchema = z.enum(['verified', 'provisional', 'review'])
/** How a row came: by face on a phone or at a kiosk, by hand, by an approved izin, at the close of a session, by code. */
export const methodSchema = z.enum(['face', 'kiosk', 'manual', 'izin', 'close', 'code'])
export const placeSchema = z.enum(['inside', 'outside', 'unknown'])
export type Status = z.infer<typeof statusSchema>
export type Grade = z.infer<typeof gradeSchema>
export type Method = z.infer<typeof methodSchema>

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
  /** For people who are not staff: one of three bands, only ever on success; null where no face was looked at. */
  confidence: z.enum(['high', 'good', 'fair']).nullable(),
  /** Minutes after `late after`, 0 when on time. */
  late_minutes: z.number().int().nonnegative(),
  session_id: z.string().optional(),
  method: methodSchema.optional(),
  /** When she checked out (ISO 8601), null when she did not. */
  left_at: z.string().nullable().optional(),
  note: z.string().nullable().optional(),
})
export type Absensi = z.infer<typeof absensiSchema>

/** A capture, and where the browser is if its owner agreed to say so. Degrees (WGS 84) and metres. */
export const submitRequest = sealedCaptureRequest.extend({
  location: z
    .object({
      latitude: z.number().min(-90).max(90),
      longitude: z.number().min(-180).max(180),
      accuracy: z.number().min(0).max(1e7),
    })
    .optional(),
})

export const submitReply = z.object({
  success: z.literal(true),
  message: z.string(),
  absensi: absensiSchema,
  is_duplicate: z.boolean(),
  /** Whether this check-in was a leaving. */
  left: z.boolean().optional(),
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
export const todaySessionSchema = sessionSchema.extend({
  state: z.enum(['before', 'open', 'late', 'closed', 'holiday']),
  /** When whoever is present may check out; null where nobody does. */
  leaving: z.object({ opens: z.string(), closes: z.string(), open: z.boolean() }).nullable(),
  /** Whether the session wants to know the place: the browser then asks its owner for the location. */
  wants_location: z.boolean(),
  absensi: absensiSchema.nullable(),
})
export const todayReply = z.object({
  date: z.string(),
  time_zone: z.string(),
  server_time: z.string(),
  /** The session a check-in counts for now; while none is open, the next one or the last. Null on a free day. */
  session: sessionSchema.nullable(),
  absensi: absensiSchema.nullable(),
  /** All sessions of the day, in order of their opening. */
  sessions: z.array(todaySessionSchema).optional(),
  /** What a check-in now would be. */
  check_in: z.enum(['arrive', 'leave', 'repeat', 'closed']).optional(),
  /** Why it is closed, for people. */
  why_closed: z.string().nullable().optional(),
  holiday: z.string().nullable().optional(),
  /** The izin or sakit that was approved for today. */
  izin: z.enum(['izin', 'sakit']).nullable().optional(),
})

/** A range of days, both included. */
export const rangeQuery = z.object({ from: dateSchema.optional(), until: dateSchema.optional() })
export const historyQuery = pageQuery.extend(rangeQuery.shape)
export const historyReply = listOf(absensiSchema.extend({ session_name: z.string().nullable() }))

export const countsSchema = z.object({
  hadir: z.number().int(),
  terlambat: z.number().int(),
  izin: z.number().int(),
  sakit: z.number().int(),
  alfa: z.number().int(),
  total: z.number().int(),
  /** Of all sessions the share she was present in (hadir and terlambat), 0..100 with one decimal; null without any. */
  percentage: z.number().nullable(),
})
export const statisticsReply = z.object({
  overall: countsSchema,
  current_month: countsSchema.extend({ month: z.string() }),
  /** Each month with a record, YYYY-MM, the newest first. */
  months: z.array(countsSchema.extend({ month: z.string() })),
})

export const checkStatusReply = z.object({
  date: z.string(),
  has_attended: z.boolean(),
  status: statusSchema.nullable(),
  absensi: absensiSchema.nullable(),
  can_check_in: z.boolean(),
  /** Why not, for people. */
  message: z.string().nullable(),
})

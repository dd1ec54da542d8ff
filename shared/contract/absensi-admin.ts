import { z } from 'zod'
import {
  absensiSchema,
  gradeSchema,
  methodSchema,
  placeSchema,
  rangeQuery,
  type Status,
  statusSchema,
} from './absensi.ts'
import { dateSchema, listOf, pageQuery } from './endpoint.ts'

const reasonSchema = z.string().trim().min(3).max(500)
const noteSchema = z.string().trim().max(500)
const sessionIdSchema = z.string().min(1).max(64)

/** An attendance as staff see it. */
export const staffAbsensiSchema = absensiSchema.omit({ confidence: true }).extend({
  /** 0..1, calibrated; 0 where no face was looked at. */
  confidence: z.number(),
  kelas: z.string().nullable(),
  session_id: z.string(),
  session_name: z.string().nullable(),
  method: methodSchema,
  place: placeSchema.nullable(),
  /** Metres from the session's place, and how exact the reading was. */
  location: z.object({ distance: z.number(), accuracy: z.number() }).nullable(),
  left_at: z.string().nullable(),
  note: z.string().nullable(),
  device_id: z.string().nullable(),
  device_info: z.string().nullable(),
  /** How often it was corrected. */
  corrections: z.number().int(),
  /** What the liveness check said, where there was one. */
  check: z.object({ result: z.string(), reason: z.string() }).nullable(),
})
export type StaffAbsensi = z.infer<typeof staffAbsensiSchema>

/** Without a range of days and a user: the last 31 days. */
export const staffAbsensiQuery = pageQuery.extend({
  ...rangeQuery.shape,
  kelas: z.string().max(40).optional(),
  status: statusSchema.optional(),
  user_id: z.uuid().optional(),
  device_id: z.string().max(64).optional(),
  session_id: sessionIdSchema.optional(),
  method: methodSchema.optional(),
  grade: gradeSchema.optional(),
  /** `name`: by the person's name, the newest of each first. */
  order: z.enum(['newest', 'oldest', 'name']).default('newest'),
})
export type StaffAbsensiQuery = z.output<typeof staffAbsensiQuery>
export const staffAbsensiListReply = listOf(staffAbsensiSchema)

/** A value of an attendance as a correction keeps it. */
export const correctedValueSchema = z.object({
  status: statusSchema,
  grade: gradeSchema,
  late_minutes: z.number(),
  method: methodSchema,
  confidence: z.number(),
  note: z.string().nullable(),
  left_at: z.number().nullable(),
  /** ms. Corrections of before could not change it, and do not hold it. */
  timestamp: z.number().optional(),
})
export const absensiHistoryReply = z.object({
  /** Null when it was removed. */
  absensi: staffAbsensiSchema.nullable(),
  /** Oldest first. `by` is null for the system; `new_value` when the attendance was removed. */
  corrections: z.array(
    z.object({
      id: z.string(),
      by: z.object({ id: z.string(), name: z.string().nullable() }).nullable(),
      reason: z.string(),
      old_value: correctedValueSchema,
      new_value: correctedValueSchema.nullable(),
      created_at: z.string(),
    }),
  ),
})

export const markRequest = z.object({
  session_id: sessionIdSchema,
  date: dateSchema,
  marks: z
    .array(
      z.object({
        user_id: z.uuid(),
        status: statusSchema,
        /**
         * What was recorded of her when the mark was made, null for nothing: only that is changed, anything else is a `conflict`.
         * Left out, whatever is recorded is changed. Alfa takes the place of an approved absence only where this names it.
         */
        was: statusSchema.nullable().optional(),
        note: noteSchema.optional(),
        late_minutes: z.number().int().min(0).max(1440).optional(),
      }),
    )
    .max(1000)
    .refine((marks) => new Set(marks.map(({ user_id }) => user_id)).size === marks.length)
    .default([]),
  /** Sets everybody of the class who has no record yet. */
  unmarked_to: z.object({ kelas: z.string().min(1).max(40), status: statusSchema }).optional(),
  /** Needed where a record says something else already: that becomes a correction. */
  reason: reasonSchema.optional(),
})
export type MarkRequest = z.output<typeof markRequest>
export const markReply = z.object({
  success: z.literal(true),
  message: z.string(),
  /** Records made new by a mark, changed by one, and made for the unmarked. */
  added: z.number().int(),
  corrected: z.number().int(),
  unmarked: z.number().int(),
})

export const correctRequest = z.object({
  status: statusSchema,
  /** What whoever corrects saw recorded: it is a conflict where something else is by then. */
  was: statusSchema.optional(),
  reason: reasonSchema,
  note: noteSchema.optional(),
  late_minutes: z.number().int().min(0).max(1440).optional(),
})
export const staffAbsensiReply = z.object({ absensi: staffAbsensiSchema })

export const reviewQuery = pageQuery.extend({ kelas: z.string().max(40).optional() })
export const reviewRequest = z.object({ decision: z.enum(['accept', 'reject']), reason: reasonSchema })
export const reviewReply = z.object({
  /**
   * A rejected check-in of a session that is still open is removed, so that the student may check in again; of one whose leaving
   * alone was doubted only that is (`arrived`).
   */
  outcome: z.enum(['accepted', 'alfa', 'removed', 'arrived']),
  absensi: staffAbsensiSchema.nullable(),
})

/** What a student may say her record should be. */
export const wantedStatusSchema = z.enum(['hadir', 'terlambat', 'izin', 'sakit']) satisfies z.ZodType<Status>
export const correctionStateSchema = z.enum(['open', 'accepted', 'refused'])
/** "This is wrong": what the record of a session and day should say. */
export const correctionAsk = z.object({
  session_id: sessionIdSchema,
  date: dateSchema,
  status: wantedStatusSchema,
  reason: reasonSchema,
})
export const correctionRequestSchema = z.object({
  id: z.string(),
  user_id: z.string(),
  name: z.string(),
  nim: z.string(),
  kelas: z.string().nullable(),
  session_id: z.string(),
  session_name: z.string().nullable(),
  date: z.string(),
  /** What the student says it should be, and what is recorded now (null: nothing). */
  status: wantedStatusSchema,
  recorded: statusSchema.nullable(),
  reason: z.string(),
  state: correctionStateSchema,
  decided_at: z.string().nullable(),
  note: z.string().nullable(),
  created_at: z.string(),
})
export const correctionRequestReply = z.object({ request: correctionRequestSchema })
export const correctionListQuery = pageQuery.extend({ state: correctionStateSchema.optional() })
export const correctionListReply = listOf(correctionRequestSchema)
export const decideCorrectionRequest = z.object({
  decision: z.enum(['accept', 'refuse']),
  /** What whoever decides saw recorded (null: nothing): it is a conflict where something else is by then. */
  was: statusSchema.nullable().optional(),
  note: noteSchema.optional(),
})

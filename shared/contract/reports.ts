import { z } from 'zod'
import { gradeSchema, rangeQuery, statusSchema } from './absensi.ts'
import { dateSchema, pageQuery } from './endpoint.ts'

const count = z.number().int().nonnegative()
const percent = z.number().min(0).max(100).nullable()
const kelas = z.string().trim().min(1).max(40)
const session = z.string().trim().min(1).max(64)

/** Counts of what was recorded; `percentage` came, on time or late, of `total`. */
export const summarySchema = z.object({
  hadir: count,
  terlambat: count,
  izin: count,
  sakit: count,
  alfa: count,
  total: count,
  percentage: percent,
})

/** Days, both among them; without them the thirty that end today. 400 at most. */
export const statisticsQuery = rangeQuery.extend({ kelas: kelas.optional(), session: session.optional() })
export const statisticsReply = summarySchema.extend({
  from: z.string(),
  until: z.string(),
  per_day: z.array(summarySchema.extend({ date: z.string() })),
})

/** One session's day: `belum` has not come while the session is open; once it has closed that is `alfa`. */
export const daySummarySchema = z.object({
  students: count,
  hadir: count,
  terlambat: count,
  izin: count,
  sakit: count,
  alfa: count,
  belum: count,
  percentage: percent,
})

/** A session on a day: `meets` is false on a day it does not take place (`holiday` says why, where that is one). */
export const sessionDaySchema = z.object({
  id: z.string(),
  name: z.string(),
  state: z.enum(['before', 'open', 'late', 'closed']),
  meets: z.boolean(),
  holiday: z.string().nullable(),
})

export const dailyReportQuery = z.object({
  date: dateSchema.optional(),
  session: session.optional(),
  kelas: kelas.optional(),
  /** People in each list at most. */
  limit: z.coerce.number().int().min(0).max(500).default(100),
})
const personDay = z.object({
  user_id: z.string(),
  nim: z.string(),
  name: z.string(),
  kelas: z.string().nullable(),
  /** Null: nothing recorded. */
  status: statusSchema.nullable(),
  /** HH:MM:SS on the school's wall, where the person came. */
  time: z.string().nullable(),
  late_minutes: count,
})
export const dailyReportReply = daySummarySchema.extend({
  date: z.string(),
  session: sessionDaySchema,
  kelas: z.array(daySummarySchema.extend({ kelas: z.string().nullable() })),
  /** Came late. */
  late: z.array(personDay),
  /** Izin, sakit, alfa; once the session has closed also who has nothing recorded. */
  absent: z.array(personDay),
  /** Nothing recorded while the session is not closed. */
  not_yet: z.array(personDay),
})
export type PersonDay = z.infer<typeof personDay>

const studentCounts = z.object({ total: count, with_face: count, without_face: count })

/** At most five minutes old: `as_of` says when it was made. */
export const dashboardReply = z.object({
  as_of: z.string(),
  date: z.string(),
  session: sessionDaySchema,
  students: studentCounts,
  today: daySummarySchema,
  /** The fortnight that ends today, days with attendance only. */
  trend: z.array(summarySchema.extend({ date: z.string() })),
  /** What waits for a person; null where it is not the reader's to settle. */
  queues: z.object({
    izin: count,
    review: count,
    face_cases: count.nullable(),
    devices: count.nullable(),
    accounts: count.nullable(),
  }),
})

export const schoolStatisticsReply = summarySchema.extend({
  as_of: z.string(),
  from: z.string(),
  until: z.string(),
  students: studentCounts,
  staff: z.object({ guru: count, admin: count }).nullable(),
  per_day: z.array(summarySchema.extend({ date: z.string() })),
  per_kelas: z.array(summarySchema.extend({ kelas: z.string().nullable() })),
})

const format = z.enum(['csv', 'xlsx'])

export const reportQuery = rangeQuery.extend({
  ...pageQuery.shape,
  by: z.enum(['student', 'kelas', 'session']).default('student'),
  kelas: kelas.optional(),
  session: session.optional(),
  /** Whoever came to less than this per cent is flagged. */
  below: z.coerce.number().min(0).max(100).default(85),
  /** Students with a flag only. */
  flagged: z.enum(['true', 'false']).default('false'),
  format: z.enum(['json', ...format.options]).default('json'),
})
const reportRow = summarySchema.extend({
  /** Of the student, the class, the session. */
  id: z.string(),
  name: z.string(),
  nim: z.string().nullable(),
  kelas: z.string().nullable(),
  late_minutes: count,
  /** Came to less than `below` per cent. */
  is_below: z.boolean(),
  /** Three days in a row without a word; of students only. */
  three_absences: z.boolean(),
})
export type ReportRow = z.infer<typeof reportRow>
export const reportReply = z.object({
  from: z.string(),
  until: z.string(),
  by: z.enum(['student', 'kelas', 'session']),
  below: z.number(),
  total: count,
  limit: count,
  offset: count,
  data: z.array(reportRow),
})

export const exportQuery = rangeQuery.extend({
  format: format.default('csv'),
  kelas: kelas.optional(),
  session: session.optional(),
  status: statusSchema.optional(),
  grade: gradeSchema.optional(),
  user: z.uuid().optional(),
})

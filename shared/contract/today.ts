import { z } from 'zod'
import { listOf, pageQuery } from './endpoint.ts'
import { daySummarySchema, sessionDaySchema } from './reports.ts'

const count = z.number().int().nonnegative()

/** A session's day with its classes, within the reader's scope. */
export const todaySessionCounts = daySummarySchema.extend({
  ...sessionDaySchema.shape,
  kelas: z.array(daySummarySchema.extend({ kelas: z.string().nullable() })),
})

/** What waits for a person; null where it is not the reader's to settle. */
export const todayQueuesSchema = z.object({
  izin: count,
  corrections: count,
  /** Recorded, and to be looked at: doubtful check-ins, and those a kiosk recorded offline. */
  review: count,
  provisional: count,
  /** Active students without a face. */
  without_face: count,
  /** People whose face failed on their phones today and who have nothing recorded since. */
  face_failures: count,
  /** What kiosks captured without network and nobody could resolve. */
  kiosk_events: count,
  devices: count.nullable(),
  uploads: count.nullable(),
  face_cases: count.nullable(),
  accounts: count.nullable(),
  /** Active kiosks that said nothing for a quarter of an hour. */
  kiosks_silent: count.nullable(),
})

/** Today at a glance: at most two seconds old. */
export const todayBoardReply = z.object({
  as_of: z.string(),
  /** The school’s name, for what is printed. */
  school: z.string(),
  /** Where people reach the pages, where the server was told (`PUBLIC_URL`). */
  address: z.string().nullable(),
  date: z.string(),
  /** The classes the reader may see, in their order: those of active students, whether or not they have a session. */
  kelas: z.array(z.string()),
  sessions: z.array(todaySessionCounts),
  queues: todayQueuesSchema,
})
export type TodayBoard = z.infer<typeof todayBoardReply>

/** Whose face failed on her phone in the last twelve hours and who has nothing recorded today: she may stand at a door. Newest first. */
export const faceFailuresQuery = pageQuery
export const faceFailuresReply = listOf(
  z.object({
    id: z.string(),
    nim: z.string(),
    name: z.string(),
    kelas: z.string().nullable(),
    /** Tries that failed. */
    tries: z.number().int().positive(),
    /** The last of them. */
    at: z.string(),
    /** Why it failed: the liveness check, or the face is not hers. */
    why: z.enum(['not_live', 'not_matched']),
  }),
)
export type FaceFailures = z.infer<typeof faceFailuresReply>

/** How long the stream stays open, in seconds; then the caller asks again, and is checked again. */
export const todayEventsQuery = z.object({ seconds: z.coerce.number().int().min(0).max(60) })

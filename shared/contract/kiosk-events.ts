import { z } from 'zod'
import { listOf, pageQuery } from './endpoint.ts'
import { eventReasonSchema, eventResultSchema } from './kiosk-offline.ts'

/** `waiting` for a person; `resolved`, `dismissed` by one; `done`: nobody had to look, or its attendance waits instead. */
export const eventStateSchema = z.enum(['waiting', 'resolved', 'dismissed', 'done'])

const studentSchema = z.object({ id: z.string(), nim: z.string(), name: z.string(), kelas: z.string().nullable() })

/** What a kiosk captured without network, as staff see it: there is no picture, only where, when and why. */
export const staffEventSchema = z.object({
  id: z.string(),
  kiosk: z.object({ id: z.string(), label: z.string(), room: z.string() }),
  /** ISO 8601 with the school's offset. */
  captured_at: z.string(),
  received_at: z.string(),
  /** Whether `captured_at` is the server's time carried on; else it is the kiosk's word. */
  time_trusted: z.boolean(),
  result: eventResultSchema,
  reasons: z.array(eventReasonSchema),
  /** As picked or typed at the kiosk; null: unnamed. */
  nim: z.string().nullable(),
  /** Whose NIM that is, and who was recognised. */
  claim: studentSchema.nullable(),
  person: studentSchema.nullable(),
  state: eventStateSchema,
  absensi_id: z.string().nullable(),
  decided_by: z.object({ id: z.string(), name: z.string().nullable() }).nullable(),
  decided_at: z.string().nullable(),
  note: z.string().nullable(),
})
export type StaffEvent = z.infer<typeof staffEventSchema>

/** Oldest first. */
export const staffEventsQuery = pageQuery.extend({ state: eventStateSchema.default('waiting') })
export const staffEventsReply = listOf(staffEventSchema)

/**
 * `present`: this student was there; recorded as marked by hand for the session open at the captured time, or for
 * `session_id` of that day; status and lateness as that time says unless `status` is given; as her leaving where she is present
 * and it was in the hours of that. `dismiss`: nothing is recorded.
 */
export const resolveEventRequest = z.discriminatedUnion('decision', [
  z.object({
    decision: z.literal('present'),
    user_id: z.uuid(),
    session_id: z.string().min(1).max(64).optional(),
    status: z.enum(['hadir', 'terlambat']).optional(),
    reason: z.string().trim().max(500).optional(),
  }),
  z.object({ decision: z.literal('dismiss'), reason: z.string().trim().min(3).max(500) }),
])
export type ResolveEvent = z.output<typeof resolveEventRequest>
export const resolveEventReply = z.object({ event: staffEventSchema })

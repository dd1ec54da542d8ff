import { z } from 'zod'
import { CHALLENGE_NAMES } from '../liveness/challenges.ts'

export const challengeNameSchema = z.enum(CHALLENGE_NAMES)

/** One judged signal: its value, the limit it was held against, what it says. `null` = not measured. */
export const signalSchema = z.object({
  value: z.number().nullable(),
  limit: z.number().nullable(),
  says: z.enum(['live', 'review', 'not_live', 'not_measured']),
})

export const verdictSchema = z.object({
  result: z.enum(['live', 'review', 'not_live']),
  reason: z.string(),
  signals: z.record(z.string(), signalSchema),
})

const ms = z.number().int().nonnegative()

/**
 * The liveness check behind an attendance, as staff look at it. `kept`: `samples` and `asked` are what the trace shows; `gone`: the
 * trace was removed (retention, or the face was erased) and the verdict is all there is; `none`: no face was looked at. Times in
 * ms since the ticket came. Nothing that faces are told apart by is in it.
 */
export const checkTraceReply = z.object({
  state: z.enum(['kept', 'gone', 'none']),
  check: verdictSchema.extend({ at: z.string(), challenges: z.array(challengeNameSchema) }).nullable(),
  /** The day and time the trace is removed at. */
  kept_until: z.string().nullable(),
  /** What was asked, in order; `met_at` null: not met. */
  asked: z.array(z.object({ name: challengeNameSchema, at: ms, met_at: ms.nullable(), attempt: z.number().int() })),
  /** The face at rest in that session. */
  rest: z.object({ ear: z.number(), smile: z.number(), yaw: z.number(), pitch: z.number() }).nullable(),
  /** Eye aspect ratio, smile measure, yaw and pitch in degrees. */
  samples: z.array(z.object({ t: ms, ear: z.number(), smile: z.number(), yaw: z.number(), pitch: z.number() })),
})
export type CheckTrace = z.output<typeof checkTraceReply>

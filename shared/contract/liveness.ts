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

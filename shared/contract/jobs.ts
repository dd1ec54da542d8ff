import { z } from 'zod'

export const jobSchema = z.object({
  name: z.string(),
  /** When it runs, as cron writes it, on the school's wall clock. */
  schedule: z.string(),
  state: z.enum(['waiting', 'running']),
  /** This and the others: ISO 8601 with the school's offset. */
  next_at: z.string().nullable(),
  last_started: z.string().nullable(),
  last_ended: z.string().nullable(),
  /** `skipped`: there was nothing it could do; `last_detail.reason` says why. */
  last_result: z.enum(['ok', 'skipped', 'failed']).nullable(),
  /** What the last run did, in counts and codes. */
  last_detail: z.record(z.string(), z.union([z.string(), z.number()])).nullable(),
  /** The class or code of the error the last run ended with. */
  last_error: z.string().nullable(),
})
export const jobsReply = z.object({ jobs: z.array(jobSchema) })
export const jobReply = z.object({ job: jobSchema })
export const jobParams = z.object({ name: z.string().regex(/^[a-z-]{1,40}$/) })

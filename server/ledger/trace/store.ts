import { z } from 'zod'
import { challengeNameSchema, signalSchema } from '../../../shared/contract/liveness.ts'
import type { Db } from '../../db/open.ts'

/** The check an attendance rests on. Times in ms; `trace` is sealed under the key of `user_id`. */
const checkRow = z.object({
  id: z.string(),
  user_id: z.string().nullable(),
  challenges: z.string().transform((names) => z.array(challengeNameSchema).parse(names.split(','))),
  result: z.enum(['live', 'review', 'not_live']),
  reason: z.string(),
  signals: z
    .string()
    .nullable()
    .transform((json) => z.record(z.string(), signalSchema).parse(JSON.parse(json ?? '{}'))),
  trace: z.instanceof(ArrayBuffer).nullable(),
  trace_until: z.number(),
  created_at: z.number(),
  /** Of its ticket, while that is kept. */
  slow: z.number().nullable(),
  purpose: z.string().nullable(),
})
export type CheckRow = z.output<typeof checkRow>

/** The liveness check of an attendance, or null where no face was looked at. The caller has looked whose it is. */
export async function findCheck(db: Db, absensiId: string): Promise<CheckRow | null> {
  const [row] = await db.read(
    `SELECT l.id, l.user_id, l.challenge_type AS challenges, l.result, l.reason, l.metadata AS signals, l.trace,
      l.trace_until, l.created_at, t.slow, t.purpose
      FROM absensi a JOIN liveness_checks l ON l.id = a.check_id LEFT JOIN tickets t ON t.id = l.session_id WHERE a.id = ?`,
    [absensiId],
  )
  return row === undefined ? null : checkRow.parse(row)
}

import { z } from 'zod'
import type { Db } from '../db/open.ts'
import type { Statement } from '../db/write.ts'
import type { JobOutcome } from './job.ts'

/** A job's state as stored; times in ms. */
export interface JobState {
  readonly name: string
  readonly nextAt: number
  readonly leasedUntil: number | null
  readonly lastStarted: number | null
  readonly lastEnded: number | null
  readonly lastResult: 'ok' | 'skipped' | 'failed' | null
  readonly lastDetail: Record<string, string | number> | null
  readonly lastError: string | null
}

const detailSchema = z.record(z.string(), z.union([z.string(), z.number()]))

const jobRow = z
  .object({
    name: z.string(),
    next_at: z.number(),
    leased_until: z.number().nullable(),
    last_started: z.number().nullable(),
    last_ended: z.number().nullable(),
    last_result: z.enum(['ok', 'skipped', 'failed']).nullable(),
    last_detail: z
      .string()
      .nullable()
      .transform((json) => (json === null ? null : detailSchema.parse(JSON.parse(json)))),
    last_error: z.string().nullable(),
  })
  .transform(
    (row): JobState => ({
      name: row.name,
      nextAt: row.next_at,
      leasedUntil: row.leased_until,
      lastStarted: row.last_started,
      lastEnded: row.last_ended,
      lastResult: row.last_result,
      lastDetail: row.last_detail,
      lastError: row.last_error,
    }),
  )

/** The state of every job that was ever planned, by name. */
export async function readJobs(db: Db): Promise<Map<string, JobState>> {
  const rows = await db.read(`SELECT name, next_at, leased_until, last_started, last_ended, last_result, last_detail,
    last_error FROM jobs`)
  return new Map(rows.map((row) => jobRow.parse(row)).map((job) => [job.name, job]))
}

/** Plans a job that never was. */
export function planJob(name: string, nextAt: number): Statement {
  return { sql: 'INSERT INTO jobs (name, next_at) VALUES (?, ?) ON CONFLICT (name) DO NOTHING', args: [name, nextAt] }
}

/** Plans a job for another time (ms), unless somebody has planned it meanwhile. */
export function planAnew(name: string, { from, to }: { from: number; to: number }): Statement {
  return { sql: 'UPDATE jobs SET next_at = ? WHERE name = ? AND next_at = ?', args: [to, name, from] }
}

/**
 * Takes a job for one run: changes one row when nobody holds it (a lease that ran out, or that ends after `latest`, as only
 * a clock that was ahead gives it, counts as nobody) and it is due, or `onlyWhenDue` is false. Of two processes at once one
 * gets it.
 */
export function leaseJob(
  name: string,
  run: { id: string; until: number; latest: number; onlyWhenDue: boolean },
  now: number,
): Statement {
  return {
    sql: `UPDATE jobs SET leased_by = :id, leased_until = :until, last_started = :now
      WHERE name = :name AND (leased_until IS NULL OR leased_until <= :now OR leased_until > :latest)
        AND (next_at <= :now OR NOT :onlyWhenDue)`,
    args: { name, id: run.id, until: run.until, latest: run.latest, now, onlyWhenDue: run.onlyWhenDue ? 1 : 0 },
  }
}

/** Holds a job longer; changes nothing when another has taken it over. */
export function renewLease(name: string, runId: string, until: number): Statement {
  return { sql: 'UPDATE jobs SET leased_until = ? WHERE name = ? AND leased_by = ?', args: [until, name, runId] }
}

/** Ends a run and plans the next; changes nothing when another has taken the job over. */
export function endRun(
  name: string,
  runId: string,
  end: { outcome: JobOutcome | { result: 'failed'; error: string }; nextAt: number },
  now: number,
): Statement {
  const { outcome, nextAt } = end
  return {
    sql: `UPDATE jobs SET leased_by = NULL, leased_until = NULL, next_at = ?, last_ended = ?, last_result = ?,
      last_detail = ?, last_error = ? WHERE name = ? AND leased_by = ?`,
    args: [
      nextAt,
      now,
      outcome.result,
      'detail' in outcome ? JSON.stringify(outcome.detail) : null,
      'error' in outcome ? outcome.error : null,
      name,
      runId,
    ],
  }
}

import type { Deps } from '../deps.ts'

/** What a run did, for the console: counts and codes. `skipped`: there was nothing it could do, `reason` says why. */
export interface JobOutcome {
  readonly result: 'ok' | 'skipped'
  readonly detail: Readonly<Record<string, string | number>>
}

/** A row of the table of jobs. */
export interface Job {
  readonly name: string
  /** Cron (minute, hour, day, month, weekday) on the school's wall clock. */
  readonly schedule: string
  /**
   * Does the work as of `now` (ms), which was `due` (ms) at its time or, after a failure, some minutes later; null: somebody starts
   * it. May run again after a crash: what it did must be safe to do twice. An error counts as failed and is tried again within
   * minutes.
   */
  readonly run: (deps: Deps, now: number, due: number | null) => Promise<JobOutcome>
}

/** An outcome with what was done. */
export const did = (detail: JobOutcome['detail'] = {}): JobOutcome => ({ result: 'ok', detail })

/** An outcome with why nothing could be done. */
export const skipped = (reason: string): JobOutcome => ({ result: 'skipped', detail: { reason } })

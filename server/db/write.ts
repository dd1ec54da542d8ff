import type { Client, InArgs } from '@libsql/client'

export interface Statement {
  readonly sql: string
  readonly args?: InArgs
}

/** What one statement of a batch did. */
export interface Written {
  readonly rows: Record<string, unknown>[]
  readonly rowsAffected: number
}

export interface Writer {
  write(statements: readonly Statement[]): Promise<Written[]>
  /** Finishes what is queued, then closes. */
  close(): Promise<void>
}

interface Job {
  readonly statements: readonly Statement[]
  readonly resolve: (written: Written[]) => void
  readonly reject: (error: unknown) => void
}

/** Statements in one commit at most, so that a long queue does not hold the file for long. */
const GROUP_LIMIT = 500

/** Pause before a busy database is asked again, ms. */
const BUSY_PAUSE_MS = 15

/**
 * The one writer. Every write goes through its queue as `batch(..., 'write')`; whatever has gathered while a commit ran
 * goes into the next one together, so that one disk flush serves many callers. If a grouped commit fails, each caller's
 * batch is run by itself: nobody fails for another's statement.
 *
 * [Note: one writer] Beside an open interactive transaction a write gets SQLITE_BUSY at once, and after one BUSY every
 * later commit on that connection fails (libsql-client-ts #352). So: no interactive transactions, one queue, and a new
 * connection after every error that is not a broken constraint.
 */
export function createWriter(connect: () => Promise<Client>, patienceMs: number): Writer {
  let queue: Job[] = []
  let client: Client | undefined
  let running: Promise<void> | undefined

  const commit = async (statements: readonly Statement[]): Promise<Written[]> => {
    const end = performance.now() + patienceMs
    for (;;) {
      try {
        client ??= await connect()
        const results = await client.batch(
          statements.map(({ sql, args }) => ({ sql, args: args ?? [] })),
          'write',
        )
        return results.map(({ rows, rowsAffected }) => ({ rows, rowsAffected }))
      } catch (error) {
        if (!isConflict(error)) {
          client?.close()
          client = undefined
        }
        if (!isBusy(error) || performance.now() > end) throw error
        await new Promise((resolve) => setTimeout(resolve, BUSY_PAUSE_MS))
      }
    }
  }

  const commitGroup = async (group: readonly Job[]): Promise<void> => {
    const [only] = group
    if (group.length > 1) {
      try {
        const written = await commit(group.flatMap((job) => job.statements))
        let start = 0
        for (const job of group) {
          job.resolve(written.slice(start, start + job.statements.length))
          start += job.statements.length
        }
      } catch {
        for (const job of group) await commitGroup([job])
      }
    } else if (only !== undefined) {
      await commit(only.statements).then(only.resolve, only.reject)
    }
  }

  const drain = async (): Promise<void> => {
    while (queue.length > 0) {
      // One turn of the event loop: requests that are ready now come along.
      await new Promise((resolve) => setImmediate(resolve))
      const group: Job[] = []
      let size = 0
      while (queue[0] !== undefined && (group.length === 0 || size + queue[0].statements.length <= GROUP_LIMIT)) {
        size += queue[0].statements.length
        group.push(...queue.splice(0, 1))
      }
      await commitGroup(group)
    }
    running = undefined
  }

  return {
    write: (statements) =>
      new Promise((resolve, reject) => {
        queue.push({ statements, resolve, reject })
        running ??= drain()
      }),
    close: async () => {
      await running
      client?.close()
      client = undefined
      queue = []
    },
  }
}

/** Whether a write failed because the data forbids it: UNIQUE, CHECK, foreign key, NOT NULL, or `mustChange`. */
export function isConflict(error: unknown): boolean {
  return error instanceof Error && /SQLITE_CONSTRAINT/.test(`${'code' in error ? error.code : ''} ${error.message}`)
}

function isBusy(error: unknown): boolean {
  return error instanceof Error && 'code' in error && /^SQLITE_(BUSY|LOCKED)/.test(String(error.code))
}

/**
 * A statement that breaks the whole batch (`isConflict`) unless the statement right before it changed exactly one row:
 * makes an UPDATE ... WHERE a condition of the batch.
 */
export const mustChange: Statement = { sql: 'INSERT INTO must_change (rows) VALUES (changes())' }

/** The same, unless the statement right before changed exactly so many rows. */
export function mustChangeRows(rows: number): Statement {
  return { sql: 'INSERT INTO must_change (rows) VALUES (changes() = ?)', args: [rows] }
}

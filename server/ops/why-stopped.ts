import { ConfigProblem } from '../config.ts'
import { MigrationProblem } from '../db/migrate.ts'
import { describeError } from '../http/log.ts'
import { FitProblem } from './fit.ts'

/** What SQLite says of a file or folder, as opposed to of a statement. */
const OF_THE_FILE = /^SQLITE_(CANTOPEN|READONLY|NOTADB|CORRUPT|IOERR|FULL|PERM|BUSY)/

/**
 * What a start or a command that stopped says on its last line: the problem's own message, the file that could not be used,
 * or what may be told of an error nobody expected. Never a value of the configuration.
 * @param told problems of the caller's own whose message is for people
 */
export function whyStopped(error: unknown, ...told: readonly (new (message: string) => Error)[]): string {
  if (!(error instanceof Error)) return JSON.stringify(describeError(error))
  if ([ConfigProblem, MigrationProblem, FitProblem, ...told].some((kind) => error instanceof kind)) return error.message
  const code = 'code' in error ? String(error.code) : ''
  if ('syscall' in error && 'path' in error) return `${String(error.path)}: cannot be used (${code}).`
  if (OF_THE_FILE.test(code)) return `STORAGE_PATH, DATABASE_URL: a database there cannot be used (${code}).`
  return JSON.stringify({ event: 'start_failed', ...describeError(error) })
}

import { isConflict } from '../db/write.ts'
import { refuse } from './problem.ts'

/** For a write that breaks its batch (`isConflict`) when what it is about is not there: not_found. Anything else is thrown on. */
export function refuseMissing(error: unknown): never {
  if (isConflict(error)) refuse('not_found')
  throw error
}

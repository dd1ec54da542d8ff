import { CameraProblem } from '../camera/camera-types.ts'
import { toProblem } from '../core/api-problem.ts'
import { EngineProblem } from '../face/engine-types.ts'
import type { Failure } from './walk-state.ts'

/** Ends a walk with a failure the screen has words for. */
export class WalkFailure extends Error {
  override readonly name = 'WalkFailure'
  constructor(
    readonly failure: Failure,
    /** Seconds. */
    readonly retryAfter?: number,
  ) {
    super(failure)
  }
}

const ENGINE_FAILURES = { no_network: 'no_network', unsupported: 'no_engine', failed: 'engine_failed' } as const

/** Any thrown value as the failure it stands for. */
export function toWalkFailure(thrown: unknown): WalkFailure {
  if (thrown instanceof WalkFailure) return thrown
  if (thrown instanceof CameraProblem) return new WalkFailure(thrown.trouble)
  if (thrown instanceof EngineProblem) return new WalkFailure(ENGINE_FAILURES[thrown.code])
  const problem = toProblem(thrown)
  return new WalkFailure(problem.code, problem.retryAfter)
}

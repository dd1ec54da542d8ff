import type { ProblemCode } from '../../shared/contract/problem.ts'
import type { Statement } from '../db/write.ts'
import type { Receipt } from './receipt.ts'

/** What an act makes of the evidence: a receipt, and the rows that must be written with it, all or none. */
export interface Outcome {
  readonly receipt: Receipt
  readonly statements: readonly Statement[]
  /** Whom a kiosk recognised, where its ticket named nobody. */
  readonly personId?: string
  /** Why a person has to look at what was captured earlier, beside what the evidence says. */
  readonly doubt?: 'timetable_changed' | 'marked_absent' | 'came_earlier'
}

/** Refused, with nothing to write but that. */
export function refusal(code: ProblemCode): Outcome {
  return { receipt: { kind: 'refused', code }, statements: [] }
}

import { expect, it } from 'vitest'
import { PROBLEM_CODES } from '../../shared/contract/problem.ts'
import { describeResult, exitCodeOf } from './print-demo.ts'
import type { DemoResult } from './run-demo.ts'

const ended = (receipt: DemoResult['receipt']): DemoResult => ({ enrolled: true, receipt, verdict: null, stages: {} })
const isProblemCode = (code: string) => PROBLEM_CODES.some((known) => known === code)

it.each([
  [{ status: 'hadir', grade: 'verified', duplicate: false }, 0],
  [{ code: 'not_live' }, 2],
  [{ code: 'not_matched' }, 2],
  [{ code: 'no_challenge_met' }, 2],
  [{ code: 'closed' }, 2],
  [{ code: 'internal' }, 1],
  [{ code: 'engine_failed' }, 1],
  [{ code: 'denied' }, 1],
] as const)('%j ends with %i', (receipt, code) => expect(exitCodeOf(ended(receipt), isProblemCode)).toBe(code))

it('says what was measured, and what it was held against', () => {
  const verdict = {
    result: 'not_live',
    reason: 'depth',
    signals: {
      depth: { value: 0.0123456, limit: 0.03, says: 'not_live' },
      camera: { value: null, limit: null, says: 'not_measured' },
    },
  } as const
  const text = describeResult({ ...ended({ code: 'not_live' }), verdict })
  expect(text).toContain('Verdict: not_live (depth)')
  expect(text).toContain('0.012 (limit 0.03): not_live')
  expect(text).toContain('- (limit -): not_measured')
  expect(text).toContain('Refused: not_live')
})

import { describe, expect, it } from 'vitest'
import { addUp, countCheck, countRun } from './test-count.ts'

const file = (status: string, ...tests: string[]) => ({
  name: 'a.test.ts',
  status,
  message: 'Cannot find module\n  at once',
  assertionResults: tests.map((one) => ({
    status: one,
    fullName: 'adds up',
    failureMessages: one === 'failed' ? ['expected 2 to be 3\n  at a line'] : [],
  })),
})

const report = (over: Record<string, unknown> = {}) =>
  JSON.stringify({
    numPassedTests: 3,
    numFailedTests: 0,
    numPendingTests: 0,
    numTodoTests: 0,
    testResults: [file('passed', 'passed')],
    ...over,
  })

describe('countRun', () => {
  it('takes the numbers of the report, and names what failed', () => {
    expect(countRun(report(), 0)).toEqual({ passed: 3, failed: 0, failures: [] })
    const bad = report({ numFailedTests: 2, testResults: [file('failed', 'passed', 'failed', 'failed')] })
    const line = 'a.test.ts > adds up: expected 2 to be 3'
    expect(countRun(bad, 1)).toEqual({ passed: 3, failed: 2, failures: [line, line] })
  })

  it('counts what did not run as failed', () => {
    const left = report({ numPendingTests: 1, numTodoTests: 1, testResults: [file('passed', 'pending', 'todo')] })
    const failures = ['a.test.ts > adds up: pending', 'a.test.ts > adds up: todo']
    expect(countRun(left, 0)).toEqual({ passed: 3, failed: 2, failures })
  })

  it('counts a file that could not be loaded', () => {
    const failures = ['a.test.ts: Cannot find module']
    expect(countRun(report({ testResults: [file('failed')] }), 1)).toEqual({ passed: 3, failed: 1, failures })
  })

  it('counts a run that ended badly without a failed test, and one without a report', () => {
    expect(countRun(report(), 1)).toMatchObject({ passed: 3, failed: 1, failures: [expect.any(String)] })
    expect(countRun(null, 1)).toMatchObject({ passed: 0, failed: 1, failures: [expect.any(String)] })
  })
})

it('a check counts when it fails, and is named', () => {
  const counts = [countCheck('Lint', 0), countCheck('Types', 2), { passed: 4, failed: 1, failures: ['x'] }]
  expect(addUp(counts)).toEqual({ passed: 4, failed: 2, failures: ['Types', 'x'] })
})

import { describe, expect, it } from 'vitest'
import { addUp, countCheck, countRun } from './test-count.ts'

const report = (over: Record<string, unknown> = {}) =>
  JSON.stringify({
    numPassedTests: 3,
    numFailedTests: 0,
    numPendingTests: 0,
    numTodoTests: 0,
    testResults: [{ status: 'passed', assertionResults: [{ status: 'passed' }] }],
    ...over,
  })

describe('countRun', () => {
  it('takes the numbers of the report', () => {
    expect(countRun(report(), 0)).toEqual({ passed: 3, failed: 0 })
    const one = { status: 'failed', assertionResults: [{ status: 'failed' }] }
    expect(countRun(report({ numFailedTests: 2, testResults: [one] }), 1)).toEqual({ passed: 3, failed: 2 })
  })

  it('counts what did not run as failed', () => {
    expect(countRun(report({ numPendingTests: 1, numTodoTests: 1 }), 0)).toEqual({ passed: 3, failed: 2 })
  })

  it('counts a file that could not be loaded', () => {
    const unloaded = { status: 'failed', assertionResults: [] }
    expect(countRun(report({ testResults: [unloaded] }), 1)).toEqual({ passed: 3, failed: 1 })
  })

  it('counts a run that ended badly without a failed test, and one without a report', () => {
    expect(countRun(report(), 1)).toEqual({ passed: 3, failed: 1 })
    expect(countRun(null, 1)).toEqual({ passed: 0, failed: 1 })
  })
})

it('a check counts when it fails', () => {
  expect(addUp([countCheck(0), countCheck(2), { passed: 4, failed: 1 }])).toEqual({ passed: 4, failed: 2 })
})

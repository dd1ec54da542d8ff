import { z } from 'zod'

/** What one run of tests, or one check without tests, comes to. */
export interface Count {
  readonly passed: number
  readonly failed: number
}

/** The part of vitest's JSON report that is counted. */
const reportSchema = z.object({
  numPassedTests: z.number().int(),
  numFailedTests: z.number().int(),
  numPendingTests: z.number().int(),
  numTodoTests: z.number().int(),
  testResults: z.array(z.object({ status: z.string(), assertionResults: z.array(z.object({ status: z.string() })) })),
})

/**
 * Counts a run of vitest. A test that did not run is a failed one: nothing here is skipped. A file that could not be
 * loaded, and a run that ended badly without a failed test (coverage too low, an error outside of the tests), counts
 * as one failure.
 * @param report the JSON reporter's text; null when there is none
 * @param exitCode vitest's
 */
export function countRun(report: string | null, exitCode: number): Count {
  if (report === null) return { passed: 0, failed: 1 }
  const { numPassedTests, numFailedTests, numPendingTests, numTodoTests, testResults } = reportSchema.parse(
    JSON.parse(report),
  )
  const unloaded = testResults.filter(
    ({ status, assertionResults }) =>
      status === 'failed' && !assertionResults.some((result) => result.status === 'failed'),
  ).length
  const failed = numFailedTests + numPendingTests + numTodoTests + unloaded
  return { passed: numPassedTests, failed: failed === 0 && exitCode !== 0 ? 1 : failed }
}

/** A check without tests counts only when it fails. */
export const countCheck = (exitCode: number): Count => ({ passed: 0, failed: exitCode === 0 ? 0 : 1 })

export const addUp = (counts: readonly Count[]): Count => ({
  passed: counts.reduce((sum, { passed }) => sum + passed, 0),
  failed: counts.reduce((sum, { failed }) => sum + failed, 0),
})

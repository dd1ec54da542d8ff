import { z } from 'zod'

/** What one run of tests, or one check without tests, comes to. */
export interface Count {
  readonly passed: number
  readonly failed: number
  /** What failed, a line each: told again at the end, where a long log is cut. */
  readonly failures: readonly string[]
}

/** The part of vitest's JSON report that is counted. */
const reportSchema = z.object({
  numPassedTests: z.number().int(),
  numFailedTests: z.number().int(),
  numPendingTests: z.number().int(),
  numTodoTests: z.number().int(),
  testResults: z.array(
    z.object({
      name: z.string(),
      status: z.string(),
      message: z.string().default(''),
      assertionResults: z.array(
        z.object({ status: z.string(), fullName: z.string(), failureMessages: z.array(z.string()).nullish() }),
      ),
    }),
  ),
})

/**
 * Counts a run of vitest. A test that did not run is a failed one: nothing here is skipped. A file that could not be
 * loaded, and a run that ended badly without a failed test (coverage too low, an error outside of the tests), counts
 * as one failure.
 * @param report the JSON reporter's text; null when there is none
 * @param exitCode vitest's
 */
export function countRun(report: string | null, exitCode: number): Count {
  if (report === null) return { passed: 0, failed: 1, failures: ['the tests ended without a report'] }
  const { numPassedTests, numFailedTests, numPendingTests, numTodoTests, testResults } = reportSchema.parse(
    JSON.parse(report),
  )
  const failures = testResults.flatMap(({ name, message, status, assertionResults }) => {
    const wrong = assertionResults.filter((result) => result.status !== 'passed')
    if (status === 'failed' && wrong.length === 0) return [`${name}: ${firstLine(message)}`]
    return wrong.map((one) => `${name} > ${one.fullName}: ${firstLine(one.failureMessages?.[0] ?? one.status)}`)
  })
  const unloaded = testResults.filter(
    ({ status, assertionResults }) =>
      status === 'failed' && !assertionResults.some((result) => result.status === 'failed'),
  ).length
  const failed = numFailedTests + numPendingTests + numTodoTests + unloaded
  if (failed > 0 || exitCode === 0) return { passed: numPassedTests, failed, failures }
  return { passed: numPassedTests, failed: 1, failures: ['no test failed, yet the run did: see above'] }
}

const firstLine = (text: string) => (text.trim().split('\n')[0] ?? '').slice(0, 300)

/** A check without tests counts only when it fails. */
export const countCheck = (title: string, exitCode: number): Count =>
  exitCode === 0 ? { passed: 0, failed: 0, failures: [] } : { passed: 0, failed: 1, failures: [title] }

export const addUp = (counts: readonly Count[]): Count => ({
  passed: counts.reduce((sum, { passed }) => sum + passed, 0),
  failed: counts.reduce((sum, { failed }) => sum + failed, 0),
  failures: counts.flatMap(({ failures }) => failures),
})

import type { DemoListener, DemoResult } from './run-demo.ts'

/** Refusals that come of the page itself, before anything is sent. */
const REFUSED_BY_PAGE: ReadonlySet<string> = new Set(['no_challenge_met', 'no_good_shot'])
/** Codes that say something is broken, not that somebody is refused. */
const BROKEN: ReadonlySet<string> = new Set(['internal', 'unavailable', 'bad_request', 'too_large'])

/** Prints the stages as they end. */
export const talk: DemoListener = {
  say: (line) => console.log(line),
  stage: (name, ms) => console.log(`${String(ms).padStart(8)} ms  ${name}`),
}

/** The receipt and the verdict, for a person. */
export function describeResult({ enrolled, receipt, verdict }: DemoResult): string {
  const lines = [`Enrolled: ${enrolled ? 'yes' : 'no'}`]
  if (verdict) {
    lines.push(`Verdict: ${verdict.result} (${verdict.reason})`)
    for (const [name, { value, limit, says }] of Object.entries(verdict.signals))
      lines.push(
        `  ${name.padEnd(12)} ${value === null ? '-' : Number(value.toFixed(3))} (limit ${limit ?? '-'}): ${says}`,
      )
  }
  lines.push('code' in receipt ? `Refused: ${receipt.code}` : `Recorded: ${receipt.status}, ${receipt.grade}`)
  return lines.join('\n')
}

/**
 * 0: recorded, 2: refused, 1: something is broken.
 * @param isProblemCode whether a code is of the server's closed list
 */
export function exitCodeOf({ receipt }: DemoResult, isProblemCode: (code: string) => boolean): 0 | 1 | 2 {
  if (!('code' in receipt)) return 0
  const { code } = receipt
  return REFUSED_BY_PAGE.has(code) || (isProblemCode(code) && !BROKEN.has(code)) ? 2 : 1
}

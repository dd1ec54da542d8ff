import { ModelsProblem } from '../models/assemble.ts'
import { PROBLEM_CODES } from '../shared/contract/problem.ts'
import { ChromiumProblem, findChromium } from './chromium.ts'
import { readDemoOptions, UsageProblem } from './demo/demo-options.ts'
import { describeResult, exitCodeOf, talk } from './demo/print-demo.ts'

const open: (() => Promise<void>)[] = []

/** What was opened last is closed first; one that fails to close does not keep the others open. */
async function closeAll(): Promise<void> {
  for (const close of open.splice(0).reverse()) await close().catch(() => {})
}

async function main(): Promise<number> {
  const options = readDemoOptions(process.argv.slice(2))
  findChromium()
  // Loaded only when there is something to run: build tools and browser driver take their time.
  const { runDemo } = await import('./demo/run-demo.ts')
  const result = await runDemo(options, talk, (close) => open.push(close))
  console.log(describeResult(result))
  if (options.json) console.log(JSON.stringify(result))
  return exitCodeOf(result, (code) => PROBLEM_CODES.some((known) => known === code))
}

let interrupted = false
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const)
  process.on(signal, () => {
    if (interrupted) return
    interrupted = true
    void closeAll().finally(() => process.exit(130))
  })

main()
  .catch((error: unknown) => {
    const told = [UsageProblem, ChromiumProblem, ModelsProblem].some((kind) => error instanceof kind)
    if (!interrupted) console.error(told && error instanceof Error ? error.message : error)
    return 1
  })
  .then(async (code) => {
    if (interrupted) return
    await closeAll()
    process.exit(code)
  })

import { parseArgs } from 'node:util'
import { readHeadFile } from '../audit/head.ts'
import { verifyAudit } from '../audit/verify.ts'
import { readConfig } from '../config.ts'
import { createLog } from '../http/log.ts'
import { openFoundation } from '../open-deps.ts'
import { whyStopped } from '../ops/why-stopped.ts'

const USAGE = `npm run audit:verify [-- --head FILE ...]
  Goes over the audit log. FILE: a signed head kept elsewhere (from the daily report), or a backup's manifest (.json).
  Ends with 0 when every line holds, with 1 when one was changed, removed, put in or cut off; that line is named.`

class UsageProblem extends Error {}

async function main(): Promise<void> {
  process.umask(0o077)
  const config = readConfig(process.env)
  const now = () => Date.now()
  const log = createLog('error', now, (line) => process.stderr.write(`${line}\n`))
  const files = readOptions(process.argv.slice(2))
  const foundation = await openFoundation(config, log, now, true)
  try {
    const heads = files.map((file) => {
      const head = readHeadFile(file, foundation.keyRing)
      if (head === null) throw new UsageProblem(`${file} holds no head signed by these keys.`)
      return head
    })
    const { lines, brokenAt } = await verifyAudit({ ...foundation, now }, heads)
    if (brokenAt === null) console.log(`${lines} lines, all whole.`)
    else {
      console.error(
        `The audit log is broken: the first wrong or missing line is ${brokenAt}. ${lines} lines before it hold.`,
      )
      process.exitCode = 1
    }
  } finally {
    await foundation.db.close()
  }
}

function readOptions(args: string[]): string[] {
  try {
    return parseArgs({ args, options: { head: { type: 'string', multiple: true } } }).values.head ?? []
  } catch (error) {
    throw new UsageProblem(`${error instanceof Error ? error.message : ''}\n${USAGE}`)
  }
}

main().catch((error: unknown) => {
  console.error(whyStopped(error, UsageProblem))
  process.exitCode = 1
})

import { parseArgs } from 'node:util'
import { z } from 'zod'
import { accommodationSchema, nimSchema, roleSchema } from '../../shared/contract/auth.ts'
import { CHALLENGE_NAMES } from '../../shared/liveness/challenges.ts'
import { readConfig } from '../config.ts'
import { createLog } from '../http/log.ts'
import { openFoundation } from '../open-deps.ts'
import { whyStopped } from '../ops/why-stopped.ts'
import { addUser, resetUser } from '../users/add.ts'

const USAGE = `npm run user:add -- --nim N --name "..." [--kelas K] [--role user|guru|admin]
    [--challenges ${CHALLENGE_NAMES.join(',')}] [--poses any] [--slow]
  Adds an account and prints its activation code: 14 days, one use.
npm run user:add -- --nim N --reset
  Takes the account's password away and prints a new code.`

const options = z.object({
  nim: nimSchema,
  name: z.string().trim().min(1).max(120).optional(),
  kelas: z.string().trim().min(1).max(40).optional(),
  role: roleSchema.default('user'),
  reset: z.boolean().default(false),
  accommodation: accommodationSchema,
})

class UsageProblem extends Error {}

/** Works beside a running server: both use the same file, each write waits its turn. */
async function main(): Promise<void> {
  process.umask(0o077)
  const { nim, name, kelas, role, reset, accommodation } = readOptions(process.argv.slice(2))
  const config = readConfig(process.env)
  const now = () => Date.now()
  const log = createLog('error', now, (line) => process.stderr.write(`${line}\n`))
  const desk = { ...(await openFoundation(config, log, now, true)), now }
  try {
    if (reset) {
      const done = await resetUser(desk, nim)
      if (done === null) throw new UsageProblem(`There is no account with NIM ${nim}.`)
      console.log(`Code: ${done.code}`)
    } else {
      if (name === undefined) throw new UsageProblem(`--name is missing.\n${USAGE}`)
      const added = await addUser(desk, { nim, name, role, kelas: kelas ?? null, accommodation })
      if (added.kind === 'nim_taken')
        throw new UsageProblem(`NIM ${nim} is taken. For a new code: npm run user:add -- --nim ${nim} --reset`)
      console.log(`Activation code for ${nim}: ${added.code}`)
    }
  } finally {
    await desk.db.close()
  }
}

function readOptions(args: string[]): z.output<typeof options> {
  try {
    const { values } = parseArgs({
      args,
      options: {
        nim: { type: 'string' },
        name: { type: 'string' },
        kelas: { type: 'string' },
        role: { type: 'string' },
        challenges: { type: 'string' },
        poses: { type: 'string' },
        slow: { type: 'boolean' },
        reset: { type: 'boolean' },
      },
    })
    const { challenges, poses = 'guided', slow = false, ...rest } = values
    const kinds = challenges === undefined ? {} : { challenges: challenges.split(',').map((kind) => kind.trim()) }
    return options.parse({ ...rest, accommodation: { ...kinds, poses, slow } })
  } catch (error) {
    const wrong =
      error instanceof z.ZodError
        ? error.issues.map((issue) => `--${String(issue.path.findLast((part) => typeof part === 'string'))}`).join(', ')
        : ''
    const what = error instanceof z.ZodError ? `Not understood: ${wrong}` : error instanceof Error ? error.message : ''
    throw new UsageProblem(`${what}\n${USAGE}`)
  }
}

main().catch((error: unknown) => {
  console.error(whyStopped(error, UsageProblem))
  process.exitCode = 1
})

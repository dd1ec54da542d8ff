import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { z } from 'zod'
import { FACE_MODELS } from '../../shared/face/model.ts'
import { readConfig } from '../config.ts'
import { openKeyStore } from '../gallery/keys/store.ts'
import { createVault } from '../gallery/vault.ts'
import { createLog } from '../http/log.ts'
import { openFoundation } from '../open-deps.ts'
import { whyStopped } from '../ops/why-stopped.ts'
import { SeedProblem, seedSchool } from '../seed/seed-school.ts'

const USAGE = `npm run seed -- [--students 10000] [--days 100] [--seed 1] [--no-faces]
  Fills an empty database with a made-up school: students, gurus, a term of attendance up to today, sealed faces.
  To sign in as one of them: npm run user:add -- --nim N --reset prints a code for the activation page.`

const options = z.object({
  students: z.coerce.number().int().min(1).max(50_000).default(1000),
  days: z.coerce.number().int().min(1).max(250).default(100),
  seed: z.coerce.number().int().min(0).max(0xffffffff).default(1),
  faces: z.boolean().default(true),
})

class UsageProblem extends Error {}

function readOptions(args: string[]): z.output<typeof options> {
  try {
    const { values } = parseArgs({
      args,
      options: {
        students: { type: 'string' },
        days: { type: 'string' },
        seed: { type: 'string' },
        'no-faces': { type: 'boolean' },
      },
    })
    return options.parse({ ...values, faces: values['no-faces'] !== true })
  } catch (error) {
    const what =
      error instanceof z.ZodError
        ? `Not understood: ${error.issues.map(({ path }) => `--${String(path[0])}`).join(', ')}`
        : error instanceof Error
          ? error.message
          : ''
    throw new UsageProblem(`${what}\n${USAGE}`)
  }
}

async function main(): Promise<void> {
  process.umask(0o077)
  const wanted = readOptions(process.argv.slice(2))
  const config = readConfig(process.env)
  const now = () => Date.now()
  const log = createLog('error', now, (line) => process.stderr.write(`${line}\n`))
  const { db, audit, keyRing } = await openFoundation(config, log, now, true)
  const keys = await openKeyStore(join(config.storagePath, 'keys.db'))
  try {
    const start = performance.now()
    const desk = { db, audit, vault: createVault(keyRing, keys, now), model: FACE_MODELS[0] }
    const seeded = await seedSchool({ ...desk, timeZone: config.timeZone, now: now() }, wanted, (line) =>
      console.log(line),
    )
    const seconds = ((performance.now() - start) / 1000).toFixed(1)
    console.log(
      `Made up in ${seconds} s: ${seeded.students} students in ${seeded.classes} classes, ${seeded.absensi} attendances.`,
    )
  } finally {
    keys.close()
    await db.close()
  }
}

main().catch((error: unknown) => {
  console.error(whyStopped(error, UsageProblem, SeedProblem))
  process.exitCode = 1
})

import { existsSync } from 'node:fs'
import { readConfig } from '../config.ts'
import { pathOf } from '../db/open.ts'
import { foldDatabase } from '../db/snapshot.ts'
import { addMasterKey } from '../http/keys.ts'
import { whyStopped } from '../ops/why-stopped.ts'

const USAGE = `npm run keys:rotate
  Adds a new master key to the ring in KEYS_PATH and makes it the current one. Stop the server first. The old ones stay.`

class UsageProblem extends Error {}

async function main(): Promise<void> {
  process.umask(0o077)
  if (process.argv.length > 2) throw new UsageProblem(USAGE)
  const { secretKey, keysPath, databaseUrl } = readConfig(process.env)
  if (secretKey !== undefined)
    throw new UsageProblem('SECRET_KEY is set and holds the master keys: change it there, SECRET_KEY=2:new,1:old.')
  const path = databaseUrl.startsWith('file:') ? pathOf(databaseUrl) : undefined
  if (path !== undefined && existsSync(path) && !(await foldDatabase(path)))
    throw new UsageProblem('The database is in use. Stop the server first.')
  console.log(`Version ${addMasterKey(keysPath)} is the master key from the next start on.`)
  console.log(`Copy ${keysPath} to where its copy is kept: older copies of it do not open what is made from then on.`)
}

main().catch((error: unknown) => {
  console.error(whyStopped(error, UsageProblem))
  process.exitCode = 1
})

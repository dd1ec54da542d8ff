import { RestoreProblem, restoreBackup } from '../backup/restore.ts'
import { readConfig } from '../config.ts'
import { whyStopped } from '../ops/why-stopped.ts'

const USAGE = `npm run restore -- FILE
  Puts a backup (data/backups/absensi-....db, its .json beside it) in the place of the database. Stop the server first.
  The present database is kept beside it. Faces and accounts erased since stay erased; everybody has to sign in again.`

async function main(): Promise<void> {
  process.umask(0o077)
  const [file, ...rest] = process.argv.slice(2)
  if (file === undefined || rest.length > 0) throw new RestoreProblem(USAGE)
  const { createdAt, kept, erasures } = await restoreBackup(readConfig(process.env), file, () => Date.now())
  console.log(`Restored the data of ${createdAt}. Erasures made since that hold: ${erasures}.`)
  if (kept !== null) console.log(`The database before is in ${kept}: delete it when it is no longer needed.`)
}

main().catch((error: unknown) => {
  console.error(whyStopped(error, RestoreProblem))
  process.exitCode = 1
})

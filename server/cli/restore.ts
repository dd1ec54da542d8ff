import { RestoreProblem, restoreBackup } from '../backup/restore.ts'
import { readConfig } from '../config.ts'
import { whyStopped } from '../ops/why-stopped.ts'

const USAGE = `npm run restore -- FILE [--without-keys]
  Puts a backup (data/backups/absensi-....db, its .json beside it) in the place of the database. Stop the server first.
  The keys of faces, and what was erased since, are taken from keys.db in data, in data/backups and beside FILE. Without
  the key of any face it is refused, unless --without-keys says so.
  The present database is kept beside it. Faces and accounts erased since stay erased; everybody has to sign in again.`

async function main(): Promise<void> {
  process.umask(0o077)
  const args = process.argv.slice(2)
  const withoutKeys = args.includes('--without-keys')
  const [file, ...rest] = args.filter((one) => one !== '--without-keys')
  if (file === undefined || rest.length > 0) throw new RestoreProblem(USAGE)
  const restored = await restoreBackup(readConfig(process.env), file, () => Date.now(), withoutKeys)
  const { createdAt, kept, erasures, faces, unreadable } = restored
  console.log(`Restored the data of ${createdAt}. Erasures made since that hold: ${erasures}.`)
  console.log(`Enrolled faces: ${faces.all}, without a key: ${faces.withoutKey} (those enrol again).`)
  for (const path of unreadable) console.log(`${path} could not be read: nothing was taken from it.`)
  if (kept !== null) console.log(`The database before is in ${kept}: delete it when it is no longer needed.`)
}

main().catch((error: unknown) => {
  console.error(whyStopped(error, RestoreProblem))
  process.exitCode = 1
})

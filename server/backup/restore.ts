import { chmodSync, copyFileSync, existsSync, mkdirSync, renameSync, rmSync, statSync } from 'node:fs'
import { dirname, join } from 'node:path'
import type { AuditHead } from '../../shared/contract/audit.ts'
import { createAudit } from '../audit/audit.ts'
import { keepHead, signHead } from '../audit/head.ts'
import type { Config } from '../config.ts'
import { bundledMigrations, migrate } from '../db/migrate.ts'
import { openDb, pathOf } from '../db/open.ts'
import { foldDatabase, isWhole } from '../db/snapshot.ts'
import type { Erasure } from '../gallery/keys/erasures.ts'
import { openKeyStore } from '../gallery/keys/store.ts'
import { readEnrolled } from '../gallery/store.ts'
import { type KeyRing, openKeyRing } from '../http/keys.ts'
import { checkKeys } from '../ops/fit.ts'
import { hashFile, isSigned, keysCopy, type Manifest, manifestPath, readManifest } from './files.ts'
import { reapplyErasures, startAfresh } from './store.ts'

/** A backup cannot be restored; the database was not changed. */
export class RestoreProblem extends Error {}

export interface Restored {
  /** Where the database that was in force is kept; null when there was none. */
  readonly kept: string | null
  readonly createdAt: string
  /** Erasures that were made since and hold in what was restored. */
  readonly erasures: number
  /** People with an enrolled face, and how many of them no file of keys has a key for. */
  readonly faces: { readonly all: number; readonly withoutKey: number }
  /** Files of keys that could not be read. */
  readonly unreadable: readonly string[]
}

/**
 * Puts a backup in the place of the database, while the server is stopped. In order: the manifest is ours and the file what
 * it says; nobody uses the database; a copy of the backup is brought up to date (a newer migration is refused), made to
 * forget what was erased since, and to trust no session; only then do the two files change places. Keys and erasures are
 * taken over from the folder of backups and from a `keys.db` beside the file.
 * Throws RestoreProblem, MigrationProblem or FitProblem, and the database was not changed.
 * @param file the backup's .db file, its manifest (.json) beside it
 * @param withoutKeys restores faces too when there is no key for any of them; else that is refused
 */
export async function restoreBackup(
  config: Config,
  file: string,
  now: () => number,
  withoutKeys = false,
): Promise<Restored> {
  if (!config.databaseUrl.startsWith('file:'))
    throw new RestoreProblem('DATABASE_URL: only a file database is restored here.')
  const keyRing = openKeyRing(config.keysPath, config.secretKey)
  const manifest = await checkBackup(file, keyRing)
  const path = pathOf(config.databaseUrl)
  if (existsSync(path) && !(await foldDatabase(path)))
    throw new RestoreProblem('The database is in use. Stop the server first.')

  const draft = `${path}.restoring`
  mkdirSync(dirname(path), { recursive: true, mode: 0o700 })
  removeDatabase(draft)
  let prepared: Prepared
  try {
    copyFileSync(file, draft)
    chmodSync(draft, 0o600)
    // Read again: what is restored is what was checked, also when the file lies on a disk that fails.
    if ((await hashFile(draft)) !== manifest.sha256 || !(await isWhole(draft)))
      throw new RestoreProblem(`${file} is damaged: it is not what its manifest says.`)
    prepared = await prepare(config, { file, draft, manifest, withoutKeys }, keyRing, now)
  } catch (error) {
    removeDatabase(draft)
    throw error
  }

  // What of the database before is there, also a log without its file: SQLite would write that into the new one.
  const before = ['', '-wal', '-shm', '-journal'].filter((end) => existsSync(`${path}${end}`))
  const aside = `${path}.before-${new Date(now()).toISOString().replace(/[:.]/g, '-')}`
  for (const end of before) renameSync(`${path}${end}`, `${aside}${end}`)
  renameSync(draft, path)
  keepHead(prepared.head, keyRing)
  const { erasures, faces, unreadable } = prepared
  const kept = before.length === 0 ? null : aside
  return { kept, createdAt: manifest.created_at, erasures: erasures.length, faces, unreadable }
}

/** Refuses a backup without a manifest of ours, or whose file is not what that says. */
async function checkBackup(file: string, keyRing: KeyRing): Promise<Manifest> {
  if (!existsSync(file) || !file.endsWith('.db'))
    throw new RestoreProblem(`${file} is no backup (.db) that can be read.`)
  const manifest = readManifest(manifestPath(file))
  if (manifest === null) throw new RestoreProblem(`${manifestPath(file)} is missing or no manifest.`)
  if (!isSigned(manifest, keyRing))
    throw new RestoreProblem(`${manifestPath(file)} was not signed by the keys in ${keyRing.folder} (or SECRET_KEY).`)
  if ((await hashFile(file)) !== manifest.sha256)
    throw new RestoreProblem(`${file} is damaged: it is not what its manifest says.`)
  return manifest
}

interface Prepared extends Pick<Restored, 'faces' | 'unreadable'> {
  readonly erasures: readonly Erasure[]
  readonly head: AuditHead
}

interface Backup {
  readonly file: string
  readonly draft: string
  readonly manifest: Manifest
  readonly withoutKeys: boolean
}

/** Makes the copy fit to be the database from now on. */
async function prepare(
  config: Config,
  { file, draft, manifest, withoutKeys }: Backup,
  keyRing: KeyRing,
  now: () => number,
): Promise<Prepared> {
  const places = [join(config.storagePath, 'keys.db'), keysCopy(config.storagePath)] as const
  const beside = join(dirname(file), 'keys.db')
  const unreadable = new Set<string>()
  // After the loss of the whole folder the opening takes the keys from the copy, erasures included.
  const keys = await openKeyStore(...places, (path) => unreadable.add(path))
  const db = await openDb(`file:${draft}`)
  let prepared: Prepared
  try {
    if (existsSync(beside)) await keys.adopt(beside)
    const erasures = await keys.journal(Date.parse(manifest.created_at))
    await migrate(db, bundledMigrations(), now())
    await checkKeys(db, keyRing, now())
    await createAudit(db, keyRing, now).write([...reapplyErasures(erasures, now()), ...startAfresh(now())], {
      userId: null,
      action: 'restore_backup',
      entityType: 'backup',
      entityId: manifest.file,
      details: { created_at: manifest.created_at, erasures: erasures.length },
    })
    const enrolled = await readEnrolled(db)
    const found = (await keys.findMany(enrolled)).length
    if (enrolled.length > 0 && found === 0 && !withoutKeys)
      throw new RestoreProblem(
        `No key of the ${enrolled.length} enrolled faces was found in ${[...new Set([...places, beside])].join(', ')}. ` +
          'Put the keys.db copied together with this backup beside it and restore again. If it is lost: --without-keys ' +
          'restores everything else, those people enrol again, and faces erased since may come back to the lists.',
      )
    const faces = { all: enrolled.length, withoutKey: enrolled.length - found }
    prepared = { erasures, faces, unreadable: [...unreadable], head: await signHead(db, keyRing, now()) }
  } finally {
    keys.close()
    await db.close()
  }
  // Closing folds the log into the file. If it could not, the file alone lacks the erasures.
  const log = `${draft}-wal`
  if (existsSync(log) && statSync(log).size > 0) throw new RestoreProblem('The restored copy could not be finished.')
  for (const end of ['-wal', '-shm']) rmSync(`${draft}${end}`, { force: true })
  return prepared
}

function removeDatabase(path: string): void {
  for (const end of ['', '-wal', '-shm', '-journal']) rmSync(`${path}${end}`, { force: true })
}

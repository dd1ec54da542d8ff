import { chmodSync, copyFileSync, existsSync, renameSync, rmSync, statSync } from 'node:fs'
import { join } from 'node:path'
import type { AuditHead } from '../../shared/contract/audit.ts'
import { createAudit } from '../audit/audit.ts'
import { keepHead, signHead } from '../audit/head.ts'
import type { Config } from '../config.ts'
import { bundledMigrations, migrate } from '../db/migrate.ts'
import { openDb, pathOf } from '../db/open.ts'
import { foldDatabase, isWhole } from '../db/snapshot.ts'
import type { Erasure } from '../gallery/keys/erasures.ts'
import { openKeyStore } from '../gallery/keys/store.ts'
import { type KeyRing, openKeyRing } from '../http/keys.ts'
import { checkKeys } from '../ops/fit.ts'
import { hashFile, isSigned, keysCopy, type Manifest, manifestPath, readManifest } from './files.ts'
import { reapplyErasures, startAfresh } from './store.ts'

/** A backup cannot be restored; nothing was changed. */
export class RestoreProblem extends Error {}

export interface Restored {
  /** Where the database that was in force is kept; null when there was none. */
  readonly kept: string | null
  readonly createdAt: string
  /** Erasures that were made since and hold in what was restored. */
  readonly erasures: number
}

/**
 * Puts a backup in the place of the database, while the server is stopped. In order: the manifest is ours and the file what
 * it says; nobody uses the database; a copy of the backup is brought up to date (a newer migration is refused), made to
 * forget what was erased since, and to trust no session; only then do the two files change places.
 * Throws RestoreProblem, MigrationProblem or FitProblem, and nothing was changed.
 * @param file the backup's .db file, its manifest (.json) beside it
 */
export async function restoreBackup(config: Config, file: string, now: () => number): Promise<Restored> {
  if (!config.databaseUrl.startsWith('file:'))
    throw new RestoreProblem('DATABASE_URL: only a file database is restored here.')
  const keyRing = openKeyRing(config.keysPath, config.secretKey)
  const manifest = await checkBackup(file, keyRing)
  const path = pathOf(config.databaseUrl)
  if (existsSync(path) && !(await foldDatabase(path)))
    throw new RestoreProblem('The database is in use. Stop the server first.')

  const draft = `${path}.restoring`
  removeDatabase(draft)
  let prepared: Prepared
  try {
    copyFileSync(file, draft)
    chmodSync(draft, 0o600)
    // Read again: what is restored is what was checked, also when the file lies on a disk that fails.
    if ((await hashFile(draft)) !== manifest.sha256 || !(await isWhole(draft)))
      throw new RestoreProblem(`${file} is damaged: it is not what its manifest says.`)
    prepared = await prepare(config, draft, manifest, keyRing, now)
  } catch (error) {
    removeDatabase(draft)
    throw error
  }

  const kept = existsSync(path) ? `${path}.before-${new Date(now()).toISOString().replace(/[:.]/g, '-')}` : null
  for (const end of ['', '-wal', '-shm', '-journal'])
    if (kept !== null && existsSync(`${path}${end}`)) renameSync(`${path}${end}`, `${kept}${end}`)
  renameSync(draft, path)
  keepHead(prepared.head, keyRing)
  return { kept, createdAt: manifest.created_at, erasures: prepared.erasures.length }
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

interface Prepared {
  readonly erasures: readonly Erasure[]
  readonly head: AuditHead
}

/** Makes the copy fit to be the database from now on. */
async function prepare(
  config: Config,
  draft: string,
  manifest: Manifest,
  keyRing: KeyRing,
  now: () => number,
): Promise<Prepared> {
  const keysFile = join(config.storagePath, 'keys.db')
  // After the loss of the whole folder the opening takes the keys from the copy, erasures included.
  const keys = await openKeyStore(keysFile, keysCopy(config.storagePath))
  const erasures = await keys.journal(Date.parse(manifest.created_at)).finally(keys.close)
  const db = await openDb(`file:${draft}`)
  let prepared: Prepared
  try {
    await migrate(db, bundledMigrations(), now())
    await checkKeys(db, keyRing, now())
    await createAudit(db, keyRing, now).write([...reapplyErasures(erasures, now()), ...startAfresh(now())], {
      userId: null,
      action: 'restore_backup',
      entityType: 'backup',
      entityId: manifest.file,
      details: { created_at: manifest.created_at, erasures: erasures.length },
    })
    prepared = { erasures, head: await signHead(db, keyRing, now()) }
  } finally {
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

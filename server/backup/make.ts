import {
  chmodSync,
  closeSync,
  fsyncSync,
  mkdirSync,
  openSync,
  readdirSync,
  renameSync,
  rmSync,
  statSync,
} from 'node:fs'
import { join } from 'node:path'
import { signHead } from '../audit/head.ts'
import { verifyAudit } from '../audit/verify.ts'
import { copyDatabase, SnapshotProblem } from '../db/snapshot.ts'
import type { Deps } from '../deps.ts'
import type { Faces } from '../face/faces.ts'
import { writePrivateFile } from '../http/keys.ts'
import { did, type JobOutcome, skipped } from '../jobs/job.ts'
import { readSchoolSettings } from '../settings/store.ts'
import { backupFolder, hashFile, listBackups, manifestPath, rotateBackups, signManifest } from './files.ts'

const DAY_MS = 86_400_000

/**
 * The job: copies the database into a new file, checks the copy, writes its hash and the signed audit head beside it, then
 * overwrites the one copy of keys.db: in this order, so that the copy holds every key the backup needs. Old backups go.
 * Of a database on a libSQL server, which is backed up there, the keys alone are copied.
 */
export async function makeBackup(deps: Deps, faces: Pick<Faces, 'copyKeys'>, now: number): Promise<JobOutcome> {
  const { config, db, keyRing, audit, log } = deps
  const folder = backupFolder(config.storagePath)
  mkdirSync(folder, { recursive: true, mode: 0o700 })
  chmodSync(folder, 0o700)
  if (!config.databaseUrl.startsWith('file:')) {
    await faces.copyKeys()
    return skipped('remote_database')
  }
  // What a run that was cut off has left behind.
  for (const name of readdirSync(folder))
    if (/\.part(-journal|-wal|-shm)?$/.test(name)) rmSync(join(folder, name), { force: true })

  const file = `absensi-${new Date(now).toISOString().replace(/[:.]/g, '-')}.db`
  const path = join(folder, file)
  const draft = `${path}.part`
  const head = await signHead(db, keyRing, now)
  try {
    if (!(await copyDatabase(config.databaseUrl, draft))) throw new SnapshotProblem('not_whole')
    chmodSync(draft, 0o600)
    flush(draft)
    const sha256 = await hashFile(draft)
    const { size: bytes } = statSync(draft)
    const manifest = { v: 1, file, created_at: new Date(now).toISOString(), bytes, sha256, integrity: 'ok' } as const
    // Before the file has its name: no backup lies there without its manifest.
    writePrivateFile(manifestPath(path), JSON.stringify(signManifest({ ...manifest, audit_head: head }, keyRing)))
    renameSync(draft, path)
  } catch (error) {
    rmSync(draft, { force: true })
    throw error
  }
  const finish = async (): Promise<number | null> => {
    await faces.copyKeys()
    // Keeps the new head only when the one kept before still holds: a log that was cut off must not hide it by the next backup.
    const { brokenAt } = await verifyAudit(deps)
    if (brokenAt !== null) log.error('audit_broken', { line: brokenAt })
    await audit.write([], { userId: null, action: 'make_backup', entityType: 'backup', entityId: file })
    return brokenAt
  }
  const brokenAt = await finish().catch((error: unknown) => {
    // It is tried again soon and often: of one day one copy is enough, where there is another.
    const other = listBackups(config.storagePath).find(({ manifest }) => manifest.file !== file)
    if (other !== undefined && now - Date.parse(other.manifest.created_at) < DAY_MS)
      for (const one of [path, manifestPath(path)]) rmSync(one, { force: true })
    throw error
  })
  const { retention } = await readSchoolSettings(db)
  const removed = rotateBackups(config.storagePath, now - retention.backups * DAY_MS)
  log.info('backup_made', { file })
  const kept = listBackups(config.storagePath).length
  return did({
    file,
    bytes: statSync(path).size,
    kept,
    removed,
    audit: brokenAt === null ? 'whole' : `broken_at_${brokenAt}`,
  })
}

/** Onto the disk, before its hash says that it is there. */
function flush(path: string): void {
  const handle = openSync(path, 'r+')
  try {
    fsyncSync(handle)
  } finally {
    closeSync(handle)
  }
}

import { createHash, createHmac, timingSafeEqual } from 'node:crypto'
import { createReadStream, existsSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { z } from 'zod'
import { auditHeadSchema } from '../../shared/contract/audit.ts'
import type { KeyRing } from '../http/keys.ts'

/** What is written beside each backup, signed as a whole. */
export const manifestSchema = z.strictObject({
  v: z.literal(1),
  file: z.string().regex(/^absensi-[0-9TZ-]+\.db$/),
  /** The moment the backup shows, ISO 8601. */
  created_at: z.iso.datetime(),
  bytes: z.number().int().positive(),
  sha256: z.string().regex(/^[0-9a-f]{64}$/),
  integrity: z.literal('ok'),
  audit_head: auditHeadSchema,
  key_version: z.number().int().positive(),
  mac: z.string(),
})
export type Manifest = z.infer<typeof manifestSchema>

/** A backup: its manifest, and the path of its file. */
export interface Backup {
  readonly manifest: Manifest
  readonly path: string
}

/** The folder of the backups, and in it the one copy of keys.db, which is overwritten each time. */
export const backupFolder = (storagePath: string) => join(storagePath, 'backups')
export const keysCopy = (storagePath: string) => join(backupFolder(storagePath), 'keys.db')

/** The manifest beside a backup's file. */
export const manifestPath = (path: string) => path.replace(/\.db$/, '.json')

/** Every finished backup, newest first. Whether a file is still what its manifest says is not looked at here. */
export function listBackups(storagePath: string): Backup[] {
  const folder = backupFolder(storagePath)
  if (!existsSync(folder)) return []
  return readdirSync(folder)
    .filter((name) => /^absensi-.*\.json$/.test(name))
    .flatMap((name) => {
      const manifest = readManifest(join(folder, name))
      return manifest !== null && existsSync(join(folder, manifest.file))
        ? [{ manifest, path: join(folder, manifest.file) }]
        : []
    })
    .sort((a, b) => b.manifest.created_at.localeCompare(a.manifest.created_at))
}

/** A manifest from its file; null when it is none. */
export function readManifest(path: string): Manifest | null {
  try {
    return manifestSchema.parse(JSON.parse(readFileSync(path, 'utf8')))
  } catch {
    return null
  }
}

/** Signs a manifest: HMAC-SHA-256 under the ring's purpose `backup`. */
export function signManifest(manifest: Omit<Manifest, 'mac' | 'key_version'>, keys: KeyRing): Manifest {
  const unsigned = { ...manifest, key_version: keys.current }
  return { ...unsigned, mac: macOf(unsigned, keys) }
}

/** Whether a manifest was signed by these keys. */
export function isSigned(manifest: Manifest, keys: KeyRing): boolean {
  if (!keys.versions.includes(manifest.key_version)) return false
  const [given, wanted] = [Buffer.from(manifest.mac), Buffer.from(macOf(manifest, keys))]
  return given.length === wanted.length && timingSafeEqual(given, wanted)
}

function macOf(manifest: Omit<Manifest, 'mac'>, keys: KeyRing): string {
  const { v, file, created_at, bytes, sha256, integrity, audit_head, key_version } = manifest
  return createHmac('sha256', keys.deriveKey('backup', key_version))
    .update(JSON.stringify([v, file, created_at, bytes, sha256, integrity, audit_head.mac, key_version]))
    .digest('base64url')
}

/** Removes backups made before `before` (ms), never the newest; returns how many. */
export function rotateBackups(storagePath: string, before: number): number {
  const old = listBackups(storagePath)
    .slice(1)
    .filter(({ manifest }) => Date.parse(manifest.created_at) < before)
  for (const { path } of old) {
    rmSync(path, { force: true })
    rmSync(manifestPath(path), { force: true })
  }
  return old.length
}

/** SHA-256 of a file, hex, read in pieces. */
export async function hashFile(path: string): Promise<string> {
  const hash = createHash('sha256')
  for await (const piece of createReadStream(path)) hash.update(piece as Buffer)
  return hash.digest('hex')
}

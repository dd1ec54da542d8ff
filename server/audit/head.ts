import { createHmac, timingSafeEqual } from 'node:crypto'
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { z } from 'zod'
import { type AuditHead, auditHeadSchema } from '../../shared/contract/audit.ts'
import type { Db } from '../db/open.ts'
import { type KeyRing, writePrivateFile } from '../http/keys.ts'
import { readHash, readHead } from './store.ts'

const FILE = 'audit-head.json'

/** The signed head of the chain now. */
export async function signHead(db: Db, keys: KeyRing, now: number): Promise<AuditHead> {
  return signLine((await readHead(db)) ?? { seq: 0, hash: 'start' }, keys, now)
}

/** The same of a line that was the last one once. */
function signLine({ seq, hash }: { seq: number; hash: string }, keys: KeyRing, now: number): AuditHead {
  const head = { v: 1, seq, hash, count: seq, at: new Date(now).toISOString(), key_version: keys.current } as const
  return { ...head, mac: macOf(head, keys) }
}

/** Keeps a line that was written and is gone from the log as the head, so that every later check finds the log cut off. */
export async function keepLostLine(
  db: Db,
  keys: KeyRing,
  line: { seq: number; hash: string },
  now: number,
): Promise<void> {
  const kept = readKeptHead(keys)
  // One that does not hold finds it already, and nearer to where it was cut.
  const finds = kept === 'unreadable' || (kept !== null && kept.seq > 0 && (await readHash(db, kept.seq)) !== kept.hash)
  if (!finds) keepHead(signLine(line, keys, now), keys)
}

/** A head as it was read from a file; null when it is none of ours: nothing says which check failed. */
export function readSignedHead(json: unknown, keys: KeyRing): AuditHead | null {
  const parsed = auditHeadSchema.safeParse(json)
  if (!parsed.success || !keys.versions.includes(parsed.data.key_version)) return null
  const given = Buffer.from(parsed.data.mac, 'base64url')
  const wanted = Buffer.from(macOf(parsed.data, keys), 'base64url')
  return given.length === wanted.length && timingSafeEqual(given, wanted) ? parsed.data : null
}

/** Keeps a head in the key folder, which nobody reaches who can only write the database. */
export function keepHead(head: AuditHead, keys: KeyRing): void {
  writePrivateFile(join(keys.folder, FILE), JSON.stringify(head))
}

/** The head that was kept in the key folder; null when none was, `unreadable` when it is not ours. */
export function readKeptHead(keys: KeyRing): AuditHead | null | 'unreadable' {
  const path = join(keys.folder, FILE)
  if (!existsSync(path)) return null
  return readHeadFile(path, keys) ?? 'unreadable'
}

/** The head in a file: a head by itself, or a backup's manifest with one; null when there is none of ours. */
export function readHeadFile(path: string, keys: KeyRing): AuditHead | null {
  try {
    const json: unknown = JSON.parse(readFileSync(path, 'utf8'))
    const manifest = z.looseObject({ audit_head: z.unknown() }).safeParse(json)
    return readSignedHead(manifest.success ? manifest.data.audit_head : json, keys)
  } catch {
    return null
  }
}

/** HMAC-SHA-256 under the ring's purpose `audit-head`. */
function macOf(head: Omit<AuditHead, 'mac'>, keys: KeyRing): string {
  return createHmac('sha256', keys.deriveKey('audit-head', head.key_version))
    .update(JSON.stringify([head.v, head.seq, head.hash, head.count, head.at, head.key_version]))
    .digest('base64url')
}

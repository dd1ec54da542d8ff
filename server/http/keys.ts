import { hkdfSync, randomBytes } from 'node:crypto'
import { chmodSync, existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { z } from 'zod'
import { ConfigProblem } from '../config.ts'

/** The versioned master keys. A master key never leaves this object: everything else is derived for one purpose. */
export interface KeyRing {
  /** The folder (0700) of the master keys; other long-lived private keys are kept in it too, each 0600. */
  readonly folder: string
  /** The version new things are sealed and signed with. */
  readonly current: number
  /** Every version that can still be read, newest first. */
  readonly versions: readonly number[]
  /**
   * 32 bytes for one purpose (HKDF-SHA-256, RFC 5869; `purpose` is its info), of the current version unless one is
   * named; always the same bytes, not to be overwritten. Throws when the ring has no such version.
   */
  deriveKey(purpose: string, version?: number): Uint8Array
}

const ringFile = z.strictObject({
  current: z.number().int().positive(),
  keys: z.record(z.string().regex(/^[1-9]\d*$/), z.string().regex(/^[A-Za-z0-9_-]{43}$/)),
})

const FILE = 'master.json'

/**
 * Opens the ring in `folder`, or makes it on first start. With `secret` (SECRET_KEY) the masters come from it instead
 * and nothing is stored: either one secret (version 1), or `2:new,1:old`, the first being the current one.
 */
export function openKeyRing(folder: string, secret?: string): KeyRing {
  mkdirSync(folder, { recursive: true, mode: 0o700 })
  chmodSync(folder, 0o700)
  return secret === undefined ? storedRing(folder) : givenRing(folder, secret)
}

function storedRing(folder: string): KeyRing {
  const path = join(folder, FILE)
  if (!existsSync(path)) writeRing(path, { current: 1, keys: { 1: newMaster() } })
  chmodSync(path, 0o600)
  const { current, keys } = readRing(path)
  const masters = Object.entries(keys).map(
    ([version, key]) => [Number(version), Buffer.from(key, 'base64url')] as const,
  )
  return ringOf(folder, current, new Map(masters))
}

/**
 * Adds a master key to the stored ring in `folder` and makes it the current one; the others stay readable. Returns its
 * version. Only while no server runs: one that does would not know it. Throws ConfigProblem when there is no ring there.
 */
export function addMasterKey(folder: string): number {
  const path = join(folder, FILE)
  if (!existsSync(path)) throw new ConfigProblem(`${path}: is not there, so there is no master key to change.`)
  const { keys } = readRing(path)
  const current = Math.max(...Object.keys(keys).map(Number)) + 1
  writeRing(path, { current, keys: { ...keys, [current]: newMaster() } })
  return current
}

type StoredRing = z.output<typeof ringFile>
const newMaster = (): string => randomBytes(32).toString('base64url')
const writeRing = (path: string, ring: StoredRing) => writePrivateFile(path, JSON.stringify(ring))

const readRing = (path: string): StoredRing => readPrivateJson(path, ringFile, 'is no key ring')

function givenRing(folder: string, secret: string): KeyRing {
  const parts = /^\d+:/.test(secret) ? secret.split(',') : [`1:${secret}`]
  const masters = parts.map((part) => {
    const [, version, text] = /^\s*([1-9]\d*):(.{32,})$/.exec(part) ?? []
    if (version === undefined || text === undefined)
      throw new ConfigProblem(
        'SECRET_KEY: must be one secret of 32 characters or more, or a list like 2:new,1:old of them',
      )
    return [Number(version), Buffer.from(text, 'utf8')] as const
  })
  return ringOf(folder, masters[0]?.[0] ?? 1, new Map(masters))
}

function ringOf(folder: string, current: number, masters: ReadonlyMap<number, Uint8Array>): KeyRing {
  if (!masters.has(current)) throw new Error('The key ring does not hold its current key.')
  const derived = new Map<string, Uint8Array>()
  return {
    folder,
    current,
    versions: [...masters.keys()].sort((a, b) => b - a),
    deriveKey: (purpose, version = current) => {
      const master = masters.get(version)
      if (!master) throw new Error(`The key ring has no version ${version}.`)
      const name = `${version} ${purpose}`
      const key = derived.get(name) ?? new Uint8Array(hkdfSync('sha256', master, 'smart-absensi', purpose, 32))
      derived.set(name, key)
      return key
    },
  }
}

/** Reads a JSON file of the key folder. Throws ConfigProblem, with its name and what it is not, when it is another thing. */
export function readPrivateJson<S extends z.ZodType>(path: string, schema: S, problem: string): z.output<S> {
  const text = readFileSync(path, 'utf8')
  try {
    return schema.parse(JSON.parse(text))
  } catch {
    throw new ConfigProblem(`${path}: ${problem}. Put the right file back from its backup.`)
  }
}

/** Writes a file only its owner may read, whole or not at all. */
export function writePrivateFile(path: string, content: string): void {
  const draft = `${path}.${process.pid}.tmp`
  writeFileSync(draft, content, { mode: 0o600, flag: 'w', flush: true })
  chmodSync(draft, 0o600)
  renameSync(draft, path)
}

import { closeSync, existsSync, openSync, rmSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { type CryptoKey, calculateJwkThumbprint, exportJWK, generateKeyPair, importJWK } from 'jose'
import { z } from 'zod'
import { type PublicJwk, publicJwkSchema } from '../../shared/contract/capture.ts'
import { readPrivateJson, writePrivateFile } from '../http/keys.ts'

/** The key pairs captures are sealed for (ECDH-ES, P-256). `kid` is the RFC 7638 thumbprint of the public key. */
export interface SealingKeys {
  /** The key new tickets name; a fresh one is made when the newest has grown old. */
  current(): Promise<{ readonly kid: string; readonly jwk: PublicJwk }>
  /** The public key with that kid, for a ticket that was issued before; null when it is gone. */
  publicOf(kid: string): Promise<PublicJwk | null>
  /** The private key with that kid, or null when there is none (any more). */
  find(kid: string): Promise<CryptoKey | null>
}

const FILE = 'sealing.json'

/**
 * A key seals for a month and opens for three months more: longer than any ticket lives, and than a kiosk keeps what it
 * captured that is put away over the holidays before it could send.
 */
const SEALS_MS = 30 * 86_400_000
const OPENS_MS = SEALS_MS + 90 * 86_400_000

const storedKey = z.strictObject({
  kid: z.string(),
  made_at: z.number(),
  public: publicJwkSchema,
  d: z.string().length(43),
})
type StoredKey = z.infer<typeof storedKey>

/** A lock nobody let go of for so long is of a process that died, ms. */
const LOCK_MS = 10_000
const LOCK_PAUSE_MS = 20

/**
 * Opens the key pairs kept in `folder` (0600), newest first; the first is made when it is asked for. Several servers may
 * share the folder: a key that is not known is looked for in the file, and one at a time adds to it.
 */
export function openSealingKeys(folder: string, now: () => number): SealingKeys {
  const path = join(folder, FILE)
  const read = (): readonly StoredKey[] =>
    existsSync(path) ? readPrivateJson(path, z.array(storedKey), 'holds no sealing keys') : []
  const sealing = (of: readonly StoredKey[]) => of.find((key) => now() - key.made_at < SEALS_MS)
  let keys = read()
  let making: Promise<StoredKey> | undefined

  /** The key another server has made meanwhile, else one more in the file. */
  const make = async (): Promise<StoredKey> => {
    const made = await makeKey(now())
    return alone(`${path}.lock`, () => {
      keys = read()
      const theirs = sealing(keys)
      if (theirs !== undefined) return theirs
      keys = [made, ...keys.filter((key) => now() - key.made_at < OPENS_MS)]
      writePrivateFile(path, JSON.stringify(keys))
      return made
    })
  }

  const keyOf = (kid: string): StoredKey | null => {
    const isIt = (one: StoredKey) => one.kid === kid && now() - one.made_at < OPENS_MS
    if (!keys.some(isIt)) keys = read()
    return keys.find(isIt) ?? null
  }

  return {
    current: async () => {
      const newest = sealing(keys)
      if (newest !== undefined) return { kid: newest.kid, jwk: newest.public }
      making ??= make().finally(() => {
        making = undefined
      })
      const { kid, public: jwk } = await making
      return { kid, jwk }
    },
    publicOf: async (kid) => keyOf(kid)?.public ?? null,
    find: async (kid) => {
      const key = keyOf(kid)
      if (key === null) return null
      const imported = await importJWK({ ...key.public, d: key.d }, 'ECDH-ES')
      return imported instanceof Uint8Array ? null : imported
    },
  }
}

/** Runs an act while no other process (or instance) runs one under the same lock file. */
async function alone<T>(lock: string, act: () => T): Promise<T> {
  for (;;) {
    try {
      closeSync(openSync(lock, 'wx', 0o600))
      break
    } catch (error) {
      if (!(error instanceof Error && 'code' in error && error.code === 'EEXIST')) throw error
      const made = statSync(lock, { throwIfNoEntry: false })?.mtimeMs
      if (made !== undefined && Date.now() - made > LOCK_MS) rmSync(lock, { force: true })
      else await new Promise((resolve) => setTimeout(resolve, LOCK_PAUSE_MS))
    }
  }
  try {
    return act()
  } finally {
    rmSync(lock, { force: true })
  }
}

async function makeKey(now: number): Promise<StoredKey> {
  const { publicKey, privateKey } = await generateKeyPair('ECDH-ES', { crv: 'P-256', extractable: true })
  const jwk = publicJwkSchema.parse(await exportJWK(publicKey))
  const { d } = z.object({ d: z.string() }).parse(await exportJWK(privateKey))
  return { kid: await calculateJwkThumbprint(jwk, 'sha256'), made_at: now, public: jwk, d }
}

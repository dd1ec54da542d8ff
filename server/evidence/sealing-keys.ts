import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { type CryptoKey, calculateJwkThumbprint, exportJWK, generateKeyPair, importJWK } from 'jose'
import { z } from 'zod'
import { type PublicJwk, publicJwkSchema } from '../../shared/contract/capture.ts'
import { writePrivateFile } from '../http/keys.ts'

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

/** A key seals for a month and opens for a month more: longer than any ticket lives, a kiosk's leased ones too. */
const SEALS_MS = 30 * 86_400_000
const OPENS_MS = 2 * SEALS_MS

const storedKey = z.strictObject({
  kid: z.string(),
  made_at: z.number(),
  public: publicJwkSchema,
  d: z.string().length(43),
})
type StoredKey = z.infer<typeof storedKey>

/** Opens the key pairs kept in `folder` (0600), newest first; the first is made when it is asked for. */
export function openSealingKeys(folder: string, now: () => number): SealingKeys {
  const path = join(folder, FILE)
  let keys: readonly StoredKey[] = existsSync(path)
    ? z.array(storedKey).parse(JSON.parse(readFileSync(path, 'utf8')))
    : []
  let making: Promise<StoredKey> | undefined

  const make = async (): Promise<StoredKey> => {
    const made = await makeKey(now())
    keys = [made, ...keys.filter((key) => now() - key.made_at < OPENS_MS)]
    writePrivateFile(path, JSON.stringify(keys))
    return made
  }

  const keyOf = (kid: string) => keys.find((one) => one.kid === kid && now() - one.made_at < OPENS_MS) ?? null

  return {
    current: async () => {
      const newest = keys[0]
      if (newest !== undefined && now() - newest.made_at < SEALS_MS) return { kid: newest.kid, jwk: newest.public }
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

async function makeKey(now: number): Promise<StoredKey> {
  const { publicKey, privateKey } = await generateKeyPair('ECDH-ES', { crv: 'P-256', extractable: true })
  const jwk = publicJwkSchema.parse(await exportJWK(publicKey))
  const { d } = z.object({ d: z.string() }).parse(await exportJWK(privateKey))
  return { kid: await calculateJwkThumbprint(jwk, 'sha256'), made_at: now, public: jwk, d }
}

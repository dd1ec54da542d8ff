import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto'
import type { KeyRing } from '../http/keys.ts'
import type { Erased } from './keys/erasures.ts'
import type { KeyStore, WrappedKey } from './keys/store.ts'

/** What a sealed text belongs to: bound to it as associated data, so that nothing opens in another's place. */
export interface Binding {
  readonly kind: 'encoding' | 'trace' | 'upload'
  readonly userId: string
  /** The id of the row it is kept in. */
  readonly id: string
  /** The model of an encoding or an upload, the version of a trace. */
  readonly form: string
}

/** A sealed text and what it belongs to. */
export interface Sealed {
  readonly binding: Binding
  readonly sealed: Uint8Array
}

/**
 * Keeps each user's face under a random data key of that user alone, which is wrapped by the master key and stored in
 * a second file. Destroying the data key makes every copy of what it sealed unreadable, wherever the copies are.
 */
export interface Vault {
  /** AES-256-GCM under the user's key, which is made when there is none: nonce (12) | ciphertext | tag (16). */
  seal(binding: Binding, plain: Uint8Array): Promise<Uint8Array>
  /** The same for many, in order: the keys that are missing are made in one go. */
  sealAll(items: readonly { readonly binding: Binding; readonly plain: Uint8Array }[]): Promise<Uint8Array[]>
  /** The plain bytes, or null when they cannot be had: no key any more, another place, a changed byte. */
  open(binding: Binding, sealed: Uint8Array): Promise<Uint8Array | null>
  /** The same for many, in order: each user's key is read once. */
  openAll(items: readonly Sealed[]): Promise<(Uint8Array | null)[]>
  /**
   * Destroys the user's data key and notes the erasure, which a restored backup is held to (`account`: the user goes from
   * it, too). What is sealed afterwards gets a new key.
   */
  erase(userId: string, what?: Erased): Promise<void>
  /** Wraps every data key that an older master key wraps by the current one, and returns how many that were. */
  rewrap(): Promise<number>
}

const NONCE = 12
const TAG = 16

/** The vault over an open key store, wrapping with the ring's purpose `data-keys`. */
export function createVault(keyRing: KeyRing, keys: KeyStore, now: () => number): Vault {
  const wrappingKeys = new Map(keyRing.versions.map((one) => [one, keyRing.deriveKey('data-keys', one)]))
  const wrap = (userId: string, dataKey: Uint8Array): WrappedKey => {
    const version = keyRing.current
    const key = wrappingKeys.get(version) ?? keyRing.deriveKey('data-keys', version)
    return { userId, version, wrapped: encrypt(key, wrapContext(userId, version), dataKey) }
  }
  const unwrap = ({ userId, version, wrapped }: WrappedKey): Uint8Array | null => {
    const key = wrappingKeys.get(version)
    return key === undefined ? null : decrypt(key, wrapContext(userId, version), wrapped)
  }

  const usable = (stored: WrappedKey): Uint8Array => {
    const dataKey = unwrap(stored)
    if (dataKey === null)
      throw new Error('A data key cannot be unwrapped: the key ring is not the one it was made with.')
    return dataKey
  }
  const usableKey = async (userId: string): Promise<Uint8Array> =>
    usable((await keys.find(userId)) ?? (await keys.addIfNone(wrap(userId, randomBytes(32)), now())))

  const openAll = async (items: readonly Sealed[]): Promise<(Uint8Array | null)[]> => {
    const dataKeys = new Map<string, Uint8Array | null>()
    for (const stored of await keys.findMany([...new Set(items.map(({ binding }) => binding.userId))]))
      dataKeys.set(stored.userId, unwrap(stored))
    return items.map(({ binding, sealed }) => {
      const dataKey = dataKeys.get(binding.userId)
      return dataKey ? decrypt(dataKey, contextOf(binding), sealed) : null
    })
  }

  return {
    seal: async (binding, plain) => encrypt(await usableKey(binding.userId), contextOf(binding), plain),
    sealAll: async (items) => {
      const userIds = [...new Set(items.map(({ binding }) => binding.userId))]
      const known = new Set((await keys.findMany(userIds)).map(({ userId }) => userId))
      const missing = userIds.filter((userId) => !known.has(userId))
      await keys.addMissing(
        missing.map((userId) => wrap(userId, randomBytes(32))),
        now(),
      )
      const dataKeys = new Map((await keys.findMany(userIds)).map((stored) => [stored.userId, usable(stored)]))
      return items.map(({ binding, plain }) => {
        const dataKey = dataKeys.get(binding.userId)
        if (dataKey === undefined) throw new Error('A data key went while it was to be used.')
        return encrypt(dataKey, contextOf(binding), plain)
      })
    },
    open: async (binding, sealed) => (await openAll([{ binding, sealed }]))[0] ?? null,
    openAll,
    erase: (userId, what = 'face') => keys.destroy(userId, what, now()),
    rewrap: async () => {
      let count = 0
      for (const before of await keys.all()) {
        if (before.version === keyRing.current) continue
        const dataKey = unwrap(before)
        if (dataKey !== null && (await keys.replace(before, wrap(before.userId, dataKey)))) count++
      }
      return count
    },
  }
}

/** JSON keeps the parts apart: no two bindings give the same bytes. */
function contextOf({ kind, userId, id, form }: Binding): Buffer {
  return Buffer.from(JSON.stringify([kind, userId, id, form]))
}

function wrapContext(userId: string, version: number): Buffer {
  return Buffer.from(JSON.stringify(['data-key', userId, version]))
}

function encrypt(key: Uint8Array, context: Buffer, plain: Uint8Array): Uint8Array {
  const nonce = randomBytes(NONCE)
  const cipher = createCipheriv('aes-256-gcm', key, nonce, { authTagLength: TAG }).setAAD(context)
  return Buffer.concat([nonce, cipher.update(plain), cipher.final(), cipher.getAuthTag()])
}

/** A check that fails says nothing extra. */
function decrypt(key: Uint8Array, context: Buffer, sealed: Uint8Array): Uint8Array | null {
  if (sealed.length < NONCE + TAG) return null
  const decipher = createDecipheriv('aes-256-gcm', key, sealed.subarray(0, NONCE), { authTagLength: TAG })
  decipher.setAAD(context).setAuthTag(sealed.subarray(-TAG))
  try {
    return Buffer.concat([decipher.update(sealed.subarray(NONCE, -TAG)), decipher.final()])
  } catch {
    return null
  }
}

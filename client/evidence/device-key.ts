import { CompactSign, calculateJwkThumbprint, exportJWK } from 'jose'
import { type PublicJwk, publicJwkSchema } from '../../shared/contract/capture.ts'
import { openStore } from '../outbox/store.ts'

/** This browser profile as a device: its id (RFC 7638 thumbprint), public key, and the private key to sign with. */
export interface DeviceKey {
  readonly id: string
  readonly jwk: PublicJwk
  readonly privateKey: CryptoKey
}

/**
 * The stored pair, or a new non-extractable P-256 one. Two tabs at once agree on one. A kiosk's has to be stored: what it
 * signed would be nobody's after the page was loaded again.
 */
async function loadPair(name: 'device' | 'kiosk'): Promise<CryptoKeyPair> {
  const { keys } = openStore()
  const stored = await keys.get(name)
  if (stored) return stored.pair
  const made = await crypto.subtle.generateKey({ name: 'ECDSA', namedCurve: 'P-256' }, false, ['sign', 'verify'])
  try {
    await keys.add({ name, pair: made })
  } catch (error) {
    const isThere = error instanceof Error && error.name === 'ConstraintError'
    if (name === 'kiosk' && !isThere) throw error
  }
  return (await keys.get(name))?.pair ?? made
}

/**
 * Opens this browser profile's device key, made at the first call. Non-extractable protects it against scripts, not
 * against a stolen disk: revocation is the defence for that.
 */
export async function openDeviceKey(name: 'device' | 'kiosk' = 'device'): Promise<DeviceKey> {
  return describe(await loadPair(name))
}

/**
 * A new key for a phone whose key was revoked, in the old one's place; the kiosk's stays. Where another tab was quicker, its
 * key: one phone asks once.
 * @param revoked the id of the key that was revoked
 */
export function replaceDeviceKey(revoked: string): Promise<DeviceKey> {
  const replace = async () => {
    const stored = await openDeviceKey()
    if (stored.id !== revoked) return stored
    await openStore().keys.delete('device')
    return openDeviceKey()
  }
  // Two tabs one after the other: the second would else throw away what the first has just registered.
  return navigator.locks ? navigator.locks.request('absensi-device-key', replace) : replace()
}

/** The kiosk's key, or null: this browser profile is none. */
export async function findKioskKey(): Promise<DeviceKey | null> {
  const stored = await openStore().keys.get('kiosk')
  return stored === undefined ? null : describe(stored.pair)
}

async function describe({ publicKey, privateKey }: CryptoKeyPair): Promise<DeviceKey> {
  const { kty, crv, x, y } = await exportJWK(publicKey)
  const jwk = publicJwkSchema.parse({ kty, crv, x, y })
  return { id: await calculateJwkThumbprint(jwk), jwk, privateKey }
}

/** Throws a kiosk's key away: one that was shut out is not taken again, and a new pairing needs a new one. */
export async function forgetKioskKey(): Promise<void> {
  await openStore().keys.delete('kiosk')
}

/** Proof of possession: the server's nonce, signed (compact JWS, ES256, typ device-proof+jwt). */
export function proveDevice(key: DeviceKey, nonce: string): Promise<string> {
  return new CompactSign(new TextEncoder().encode(JSON.stringify({ nonce })))
    .setProtectedHeader({ alg: 'ES256', typ: 'device-proof+jwt' })
    .sign(key.privateKey)
}

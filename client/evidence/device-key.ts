import { CompactSign, calculateJwkThumbprint, exportJWK } from 'jose'
import { type PublicJwk, publicJwkSchema } from '../../shared/contract/capture.ts'
import { openStore } from '../outbox/store.ts'

/** This browser profile as a device: its id (RFC 7638 thumbprint), public key, and the private key to sign with. */
export interface DeviceKey {
  readonly id: string
  readonly jwk: PublicJwk
  readonly privateKey: CryptoKey
}

/** The stored pair, or a new non-extractable P-256 one. Two tabs at once agree on one. */
async function loadPair(): Promise<CryptoKeyPair> {
  const { keys } = openStore()
  const stored = await keys.get('device')
  if (stored) return stored.pair
  const made = await crypto.subtle.generateKey({ name: 'ECDSA', namedCurve: 'P-256' }, false, ['sign', 'verify'])
  await keys.add({ name: 'device', pair: made }).catch(() => undefined)
  return (await keys.get('device'))?.pair ?? made
}

/**
 * Opens this browser profile's device key, made at the first call. Non-extractable protects it against scripts, not
 * against a stolen disk: revocation is the defence for that.
 */
export async function openDeviceKey(): Promise<DeviceKey> {
  const pair = await loadPair()
  const { kty, crv, x, y } = await exportJWK(pair.publicKey)
  const jwk = publicJwkSchema.parse({ kty, crv, x, y })
  return { id: await calculateJwkThumbprint(jwk), jwk, privateKey: pair.privateKey }
}

/** Proof of possession: the server's nonce, signed (compact JWS, ES256, typ device-proof+jwt). */
export function proveDevice(key: DeviceKey, nonce: string): Promise<string> {
  return new CompactSign(new TextEncoder().encode(JSON.stringify({ nonce })))
    .setProtectedHeader({ alg: 'ES256', typ: 'device-proof+jwt' })
    .sign(key.privateKey)
}

import { base64url, CompactEncrypt, CompactSign, importJWK } from 'jose'
import type { Capture, PublicJwk } from '../../shared/contract/capture.ts'
import type { DeviceKey } from './device-key.ts'

/** A unit vector as the contract writes it: little-endian float32, base64url. */
export function encodeVector(vector: Float32Array): string {
  const bytes = new DataView(new ArrayBuffer(vector.length * 4))
  vector.forEach((value, i) => {
    bytes.setFloat32(4 * i, value, true)
  })
  return base64url.encode(new Uint8Array(bytes.buffer))
}

/** Deflated (RFC 1951, no wrapper). */
async function deflate(bytes: Uint8Array<ArrayBuffer>): Promise<Uint8Array<ArrayBuffer>> {
  const deflated = new Blob([bytes]).stream().pipeThrough(new CompressionStream('deflate-raw'))
  return new Uint8Array(await new Response(deflated).arrayBuffer())
}

/** A trace's bytes, deflated, base64url. */
export async function deflateTrace(bytes: Uint8Array<ArrayBuffer>): Promise<string> {
  return base64url.encode(await deflate(bytes))
}

/**
 * Signs a capture with the device key (compact JWS, ES256) and seals it for the server (compact JWE, ECDH-ES, A256GCM).
 *
 * Deflated twice, each time to take back what the base64url inside adds: the payload before it is signed (`zip` in the
 * JWS header, as SMART Health Cards do), the JWS before it is encrypted (`zip` of RFC 7516). Only the second would leave
 * a base64url within a base64url, of which deflate wins back half: a minute's capture came to 129 kB instead of 102.
 * @param sealing the server's public key that came with the ticket, and its id
 */
export async function sealCapture(
  capture: Capture,
  key: DeviceKey,
  sealing: { readonly kid: string; readonly jwk: PublicJwk },
): Promise<string> {
  const text = new TextEncoder()
  const signed = await new CompactSign(await deflate(text.encode(JSON.stringify(capture))))
    .setProtectedHeader({ alg: 'ES256', kid: key.id, typ: 'capture+jws', zip: 'DEF' })
    .sign(key.privateKey)
  const recipient = await importJWK({ ...sealing.jwk, alg: 'ECDH-ES' }, 'ECDH-ES')
  return new CompactEncrypt(text.encode(signed))
    .setProtectedHeader({ alg: 'ECDH-ES', enc: 'A256GCM', kid: sealing.kid, zip: 'DEF' })
    .encrypt(recipient)
}

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

/** A trace's bytes, deflated (RFC 1951, no wrapper), base64url. */
export async function deflateTrace(bytes: Uint8Array<ArrayBuffer>): Promise<string> {
  const deflated = new Blob([bytes]).stream().pipeThrough(new CompressionStream('deflate-raw'))
  return base64url.encode(new Uint8Array(await new Response(deflated).arrayBuffer()))
}

/**
 * Signs a capture with the device key (compact JWS, ES256) and seals it for the server (compact JWE, ECDH-ES, A256GCM).
 * Compressing in between takes back what the inner base64url adds.
 * @param sealing the server's public key that came with the ticket, and its id
 */
export async function sealCapture(
  capture: Capture,
  key: DeviceKey,
  sealing: { readonly kid: string; readonly jwk: PublicJwk },
): Promise<string> {
  const text = new TextEncoder()
  const signed = await new CompactSign(text.encode(JSON.stringify(capture)))
    .setProtectedHeader({ alg: 'ES256', kid: key.id, typ: 'capture+jws' })
    .sign(key.privateKey)
  const recipient = await importJWK({ ...sealing.jwk, alg: 'ECDH-ES' }, 'ECDH-ES')
  return new CompactEncrypt(text.encode(signed))
    .setProtectedHeader({ alg: 'ECDH-ES', enc: 'A256GCM', kid: sealing.kid, zip: 'DEF' })
    .encrypt(recipient)
}

import { base64url, CompactSign } from 'jose'
import type { DeviceKey } from './device-key.ts'

/** What of a request is signed. */
export interface SignedPart {
  readonly method: 'GET' | 'POST'
  /** The whole address without its query. */
  readonly url: string
  /** The body as sent; '' where there is none. */
  readonly body: string
  /** The server's time, ms since 1970. */
  readonly at: number
}

/** The proof a kiosk sends with a request (header `DPoP`), after RFC 9449: method, URL, time, id and the body's hash. */
export async function signCall(key: DeviceKey, { method, url, body, at }: SignedPart): Promise<string> {
  const text = new TextEncoder()
  const hash = new Uint8Array(await crypto.subtle.digest('SHA-256', text.encode(body)))
  const claims = {
    jti: crypto.randomUUID(),
    htm: method,
    htu: url,
    iat: Math.floor(at / 1000),
    body_sha256: base64url.encode(hash),
  }
  return new CompactSign(text.encode(JSON.stringify(claims)))
    .setProtectedHeader({ alg: 'ES256', typ: 'dpop+jwt', kid: key.id })
    .sign(key.privateKey)
}

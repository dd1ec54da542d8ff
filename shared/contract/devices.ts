import { z } from 'zod'
import { publicJwkSchema } from './capture.ts'

/** A nonce to be signed by the device key (ES256) as proof of possession; lives two minutes. */
export const deviceNonceReply = z.object({ nonce: z.string(), expires_in: z.number().int().positive() })

/** `proof`: compact JWS, header `{alg:"ES256", typ:"device-proof+jwt"}`, payload `{nonce}`. */
export const registerDeviceRequest = z.object({
  jwk: publicJwkSchema,
  proof: z.string().max(4000),
  label: z.string().trim().max(120).default(''),
})

export const deviceSchema = z.object({
  /** RFC 7638 thumbprint of the device's public key (SHA-256, base64url). */
  id: z.string(),
  kind: z.enum(['phone', 'kiosk']),
  label: z.string(),
  status: z.enum(['active', 'pending', 'revoked']),
  created_at: z.string(),
})
export const deviceReply = z.object({ device: deviceSchema })
export const devicesReply = z.object({ devices: z.array(deviceSchema) })

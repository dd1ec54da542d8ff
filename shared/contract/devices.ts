import { z } from 'zod'
import { publicJwkSchema } from './capture.ts'
import { listOf, pageQuery } from './endpoint.ts'

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

/** A device's thumbprint in a path. */
export const deviceIdParams = z.object({ id: z.string().regex(/^[\w-]{43}$/) })

/** Whose registration of the device is meant: a browser that two students use has one for each. */
export const deviceOfRequest = z.object({ user_id: z.uuid() })

export const adminDevicesQuery = pageQuery.extend({
  status: deviceSchema.shape.status.optional(),
  kind: deviceSchema.shape.kind.optional(),
  user_id: z.uuid().optional(),
})

/** A device as staff see it: with its owner, and how many other people have registered the same browser. */
export const adminDeviceSchema = deviceSchema.extend({
  user: z.object({ id: z.string(), nim: z.string(), name: z.string(), kelas: z.string().nullable() }).nullable(),
  others: z.number().int(),
  approved_at: z.string().nullable(),
  revoked_at: z.string().nullable(),
})
export const adminDevicesReply = listOf(adminDeviceSchema)

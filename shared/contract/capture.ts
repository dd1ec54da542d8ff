import { z } from 'zod'
import { challengeNameSchema } from './liveness.ts'

/** base64url without padding. */
const base64url = (max: number) =>
  z
    .string()
    .max(max)
    .regex(/^[A-Za-z0-9_-]+$/)

/** A P-256 public key as RFC 7517 writes it; no private member is let through. */
export const publicJwkSchema = z.strictObject({
  kty: z.literal('EC'),
  crv: z.literal('P-256'),
  x: base64url(43).length(43),
  y: base64url(43).length(43),
})
export type PublicJwk = z.infer<typeof publicJwkSchema>

export const purposeSchema = z.enum(['check-in', 'enrol'])
export type Purpose = z.infer<typeof purposeSchema>

export const ticketRequest = z.object({ purpose: purposeSchema, device_id: base64url(43).length(43) })

/** What the browser is told with a ticket. `ticket` is opaque to it; the rest is what it must do. */
export const ticketReply = z.object({
  ticket: z.string(),
  id: z.string(),
  purpose: purposeSchema,
  challenges: z.array(challengeNameSchema).min(1).max(3),
  slow: z.boolean(),
  poses: z.enum(['guided', 'any']),
  /** Seconds the ticket lives. */
  expires_in: z.number().int().positive(),
  sealing: z.object({ kid: z.string(), jwk: publicJwkSchema }),
  profile: z.enum(['school', 'lab']),
})
export type Ticket = z.infer<typeof ticketReply>

/** The most a sealed capture may weigh, in bytes of its compact serialisation. */
export const MAX_CAPTURE_BYTES = 100_000

export const MAX_EMBEDDINGS = 12

/**
 * What is signed by the device and then sealed for the server. Times and points are inside `trace`
 * (deflate-raw of shared/liveness/trace.ts's bytes). Nothing in here is a conclusion the server relies on.
 */
export const captureSchema = z.strictObject({
  v: z.literal(1),
  ticket: z.string().max(64),
  purpose: purposeSchema,
  model: z.string().max(64),
  trace: base64url(90_000),
  embeddings: z
    .array(
      z.strictObject({
        /** Index of the trace frame whose picture was embedded. */
        frame: z.number().int().nonnegative(),
        /** 128 little-endian float32 (unit vector), base64url: 683 characters. */
        vector: base64url(683).length(683),
        /** An enrolment shot, to be stored; else evidence of identity at that moment. */
        shot: z.boolean(),
        /** Measured in the browser, 0..100 (client/face/quality.ts); stored with the encoding. */
        quality: z.number().min(0).max(100),
      }),
    )
    .max(MAX_EMBEDDINGS),
  camera: z.strictObject({
    label: z.string().max(200),
    width: z.number().int().positive(),
    height: z.number().int().positive(),
  }),
  /** The backends in use, for the record: e.g. "wasm", "webgl", "cpu". */
  engine: z.strictObject({ landmarks: z.string().max(16), embedding: z.string().max(16) }),
})
export type Capture = z.infer<typeof captureSchema>

/** Every request that carries a capture: the ticket in the clear, the capture sealed. */
export const sealedCaptureRequest = z.object({
  ticket: z.string().max(4000),
  capture: z.string().max(MAX_CAPTURE_BYTES),
  device_info: z.string().max(300).optional(),
})
export type SealedCapture = z.infer<typeof sealedCaptureRequest>

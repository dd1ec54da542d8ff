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

/**
 * What a capture is for. `scan` (who is in the picture) and `upload` (photographs, a frame each) ask for no challenges;
 * `identify` is a kiosk's.
 */
export const purposeSchema = z.enum(['check-in', 'enrol', 'scan', 'verify', 'upload', 'identify'])
export type Purpose = z.infer<typeof purposeSchema>

/** An RFC 7638 thumbprint (SHA-256). */
export const thumbprintSchema = base64url(43).length(43)

/** `user_id`: an admin draws an `enrol` or `upload` ticket for somebody else, for a capture with a device of her own. */
export const ticketRequest = z.object({
  purpose: purposeSchema.refine((purpose) => purpose !== 'identify'),
  device_id: thumbprintSchema,
  user_id: z.uuid().optional(),
})

/** What the browser is told with a ticket. `ticket` is opaque to it; the rest is what it must do. */
export const ticketReply = z.object({
  ticket: z.string(),
  id: z.string(),
  purpose: purposeSchema,
  challenges: z.array(challengeNameSchema).max(3),
  slow: z.boolean(),
  poses: z.enum(['guided', 'any']),
  /** Seconds the ticket lives. */
  expires_in: z.number().int().positive(),
  sealing: z.object({ kid: z.string(), jwk: publicJwkSchema }),
  profile: z.enum(['school', 'lab']),
})
export type Ticket = z.infer<typeof ticketReply>

/**
 * The most a sealed capture may weigh, in bytes of its compact serialisation: two minutes of a large face that never stops moving
 * come to about 140 kB, one minute to 94 (client/check-in/recorder.ts).
 */
export const MAX_CAPTURE_BYTES = 150_000

const MAX_EMBEDDINGS = 12

/** A rectangle; x to the right and y down from the upper left corner. */
const boxSchema = z.strictObject({
  x: z.number().min(-4).max(4),
  y: z.number().min(-4).max(4),
  width: z.number().min(0).max(4),
  height: z.number().min(0).max(4),
})

/**
 * What is signed by the device and then sealed for the server. Times and points are inside `trace`
 * (deflate-raw of shared/liveness/trace.ts's bytes). Nothing in here is a conclusion the server relies on.
 */
export const captureSchema = z.strictObject({
  v: z.literal(1),
  ticket: z.string().max(64),
  purpose: purposeSchema,
  model: z.string().max(64),
  trace: base64url(140_000),
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
        /** Where one picture shows several faces (`scan`): which one. Absent: the only one, 0. */
        face: z
          .number()
          .int()
          .min(0)
          .max(MAX_EMBEDDINGS - 1)
          .optional(),
        /** Its box, in widths of the frame; absent: the frame's own. */
        box: boxSchema.optional(),
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

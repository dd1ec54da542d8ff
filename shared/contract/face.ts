import { z } from 'zod'

export const faceStatusReply = z.object({
  has_face: z.boolean(),
  encodings: z.number().int().nonnegative(),
  /** ISO 8601, of the oldest encoding in force; null when none. */
  registered_at: z.string().nullable(),
  /** Mean quality of the shots, 0..100; null when none. */
  quality: z.number().nullable(),
  model: z.string().nullable(),
})

export const faceRegisterReply = z.object({
  success: z.literal(true),
  message: z.string(),
  encodings_saved: z.number().int().positive(),
  /** `true` under LIVENESS_PROFILE=lab. */
  lab: z.unknown().optional(),
})

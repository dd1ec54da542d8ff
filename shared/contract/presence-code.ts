import { z } from 'zod'
import { statusSchema } from './absensi.ts'

/** Seconds a code is good for after it was drawn. */
export const CODE_SECONDS = 60

/** Seconds a teacher has, after she looked a code up, to make sure of the person and confirm. */
export const CONFIRM_SECONDS = 120

/** A fresh code; the one before is good no more. */
export const codeReply = z.object({
  /** Six digits: shown as they are, and as the whole text of the QR code. */
  code: z.string().regex(/^\d{6}$/),
  expires_in: z.number().int().positive(),
})

/**
 * Twice: with the code alone it says whose it is; with `confirm`, the id that was answered, it records her. So nobody is
 * recorded whom the teacher has not seen by name.
 */
export const redeemCodeRequest = z.object({
  code: z.string().regex(/^\d{6}$/),
  confirm: z.uuid().optional(),
})
export type RedeemCodeRequest = z.output<typeof redeemCodeRequest>

export const redeemCodeReply = z.object({
  /** `confirm`: nothing is recorded yet. `already`: she was before. */
  result: z.enum(['confirm', 'recorded', 'left', 'already']),
  message: z.string(),
  person: z.object({ id: z.string(), name: z.string(), nim: z.string(), kelas: z.string().nullable() }),
  /** Seconds left to confirm; 0 once it is recorded. */
  confirm_within: z.number().int().nonnegative(),
  absensi: z
    .object({
      id: z.string(),
      status: statusSchema,
      late_minutes: z.number().int(),
      /** ISO 8601 with the school's offset. */
      time: z.string(),
    })
    .nullable(),
})

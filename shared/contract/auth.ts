import { z } from 'zod'
import { challengeNameSchema } from './liveness.ts'

/** UTF-8 length of a text, in bytes (RFC 3629). */
const utf8Bytes = (text: string) =>
  [...text].reduce((sum, char) => {
    const point = char.codePointAt(0) ?? 0
    return sum + (point < 0x80 ? 1 : point < 0x800 ? 2 : point < 0x10000 ? 3 : 4)
  }, 0)

/** A student number as a person may type it: outer spaces dropped; letters, digits, dot, dash, slash. */
export const nimSchema = z
  .string()
  .trim()
  .min(1)
  .max(32)
  .regex(/^[A-Za-z0-9./-]+$/)

/** The rule of the plan: at least 8 characters, at most 72 bytes (bcrypt's limit), one letter, one digit. */
export const passwordSchema = z
  .string()
  .min(8)
  .max(72)
  .refine((text) => utf8Bytes(text) <= 72, 'at most 72 bytes')
  .regex(/\p{L}/u)
  .regex(/\d/)

export const roleSchema = z.enum(['user', 'guru', 'admin'])
export type Role = z.infer<typeof roleSchema>

/** What a person's accommodation changes: kinds of challenge left, whether poses are asked, more time. */
export const accommodationSchema = z.object({
  challenges: z.array(challengeNameSchema).min(1).optional(),
  poses: z.enum(['guided', 'any']),
  slow: z.boolean(),
})
export type Accommodation = z.infer<typeof accommodationSchema>

export const userSchema = z.object({
  id: z.string(),
  nim: z.string(),
  name: z.string(),
  email: z.string().nullable(),
  role: roleSchema,
  has_face: z.boolean(),
  kelas: z.string().nullable(),
})
export type User = z.infer<typeof userSchema>

export const loginRequest = z.object({ nim: nimSchema, password: z.string().min(1).max(200) })
export const tokensReply = z.object({
  access_token: z.string(),
  /** Left out for browsers, which get it in an HttpOnly cookie. */
  refresh_token: z.string().optional(),
  token_type: z.literal('bearer'),
  /** Seconds until the access token ends. */
  expires_in: z.number().int(),
  user: userSchema,
})
export type TokensReply = z.infer<typeof tokensReply>

/** An API client sends its refresh token; a browser sends the cookie and an empty object. */
export const refreshRequest = z.object({ refresh_token: z.string().max(200).optional() })
export const activateRequest = z.object({
  nim: nimSchema,
  code: z.string().trim().min(4).max(32),
  password: passwordSchema,
})
export const changePasswordRequest = z.object({
  current_password: z.string().min(1).max(200),
  new_password: passwordSchema,
})
export const confirmRequest = z.object({ password: z.string().min(1).max(200) })
/** `confirmation` goes into the header `X-Confirmation` of a destructive act. */
export const confirmReply = z.object({ confirmation: z.string(), expires_in: z.number().int().positive() })
export const meReply = z.object({ user: userSchema, accommodation: accommodationSchema })
export const okReply = z.object({ success: z.literal(true), message: z.string() })

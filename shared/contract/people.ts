import { z } from 'zod'
import { accommodationSchema, nimSchema, passwordSchema, roleSchema } from './auth.ts'
import { pageQuery } from './endpoint.ts'

/** A person's name: one line, whatever the script. Text that looks like a formula is text. */
export const personNameSchema = z
  .string()
  .trim()
  .min(1)
  .max(120)
  .regex(/^[^\p{Cc}]+$/u)

/** The name of a class, as the school writes it: `X-1`, `XI IPA 2`. */
export const kelasSchema = z
  .string()
  .trim()
  .min(1)
  .max(40)
  .regex(/^[^\p{Cc}]+$/u)

export const emailSchema = z.email().max(254)

/** A person who asks for an account herself. The reply is the same whether or not the NIM is known. */
export const registerRequest = z.object({
  nim: nimSchema,
  name: personNameSchema,
  email: emailSchema.optional(),
  password: passwordSchema,
  kelas: kelasSchema.optional(),
})

/** A student as staff see her. */
export const studentSchema = z.object({
  id: z.string(),
  nim: z.string(),
  name: z.string(),
  email: z.string().nullable(),
  kelas: z.string().nullable(),
  is_active: z.boolean(),
  has_face: z.boolean(),
  /** She has chosen a password. */
  activated: z.boolean(),
})
export type Student = z.infer<typeof studentSchema>

/** An account as an admin sees it. */
export const accountSchema = studentSchema.extend({
  role: roleSchema,
  parent_email: z.string().nullable(),
  /** The classes a guru sees. */
  guru_kelas: z.array(z.string()),
  /** `pending`: she made it herself and nobody has looked at it yet. */
  approval: z.enum(['approved', 'pending']),
  /** She made it herself, and no import of the school's list has confirmed it. */
  self_made: z.boolean(),
  accommodation: accommodationSchema,
  /** Until when an unused activation or reset code is good; null when there is none. */
  code_expires_at: z.string().nullable(),
  last_login: z.string().nullable(),
  created_at: z.string(),
})
export type Account = z.infer<typeof accountSchema>

const guruKelas = z.array(kelasSchema).max(100)

/** An account made by an admin: it gets an activation code instead of a password. */
export const newAccountRequest = z.object({
  nim: nimSchema,
  name: personNameSchema,
  role: roleSchema.default('user'),
  email: emailSchema.nullish(),
  parent_email: emailSchema.nullish(),
  kelas: kelasSchema.nullish(),
  guru_kelas: guruKelas.default([]),
  accommodation: accommodationSchema.default({ poses: 'guided', slow: false }),
})
export type NewAccountRequest = z.output<typeof newAccountRequest>

export const newStudentRequest = newAccountRequest.omit({ role: true, guru_kelas: true })

/** What is left out stays as it is. Admins are made and unmade by acts of their own. */
export const changeAccountRequest = z.strictObject({
  nim: nimSchema.optional(),
  name: personNameSchema.optional(),
  role: z.enum(['user', 'guru']).optional(),
  email: emailSchema.nullable().optional(),
  parent_email: emailSchema.nullable().optional(),
  kelas: kelasSchema.nullable().optional(),
  guru_kelas: guruKelas.optional(),
  /** false: suspended; every session ends. */
  is_active: z.boolean().optional(),
  accommodation: accommodationSchema.optional(),
})
export type ChangeAccountRequest = z.output<typeof changeAccountRequest>

export const decideAccountRequest = z.object({ approve: z.boolean() })
export const accountReply = z.object({ user: accountSchema })

/** `code` is shown this once: only its HMAC is kept. */
export const codeReply = z.object({
  id: z.string(),
  nim: z.string(),
  name: z.string(),
  kelas: z.string().nullable(),
  code: z.string(),
  expires_at: z.string(),
})
export const newAccountReply = codeReply

/** New codes for everybody of a class who has not chosen a password yet; those before are good no more. */
export const classCodesRequest = z.object({ kelas: kelasSchema })
export const classCodesReply = z.object({ codes: z.array(codeReply) })

const yesNo = z.enum(['true', 'false']).transform((text) => text === 'true')

export const studentsQuery = pageQuery.extend({
  /** A part of the NIM or the name. */
  search: z.string().trim().min(1).max(120).optional(),
  kelas: kelasSchema.optional(),
  face: yesNo.optional(),
  active: yesNo.optional(),
  sort: z.enum(['name', 'nim', 'kelas', 'created_at', 'last_login']).default('name'),
  order: z.enum(['asc', 'desc']).default('asc'),
})
export const accountsQuery = studentsQuery.extend({
  role: roleSchema.optional(),
  approval: z.enum(['approved', 'pending']).optional(),
})
export type AccountsQuery = z.output<typeof accountsQuery>

export const dropdownQuery = studentsQuery
  .pick({ search: true, kelas: true })
  .extend({ limit: z.coerce.number().int().min(1).max(1000).default(1000) })
export const dropdownReply = z.object({
  students: z.array(studentSchema.pick({ id: true, nim: true, name: true, kelas: true })),
})

/** Classes moved on in one act. `to: null`: they leave the school; their accounts are suspended and have no class. */
export const promoteRequest = z.object({
  mode: z.enum(['preview', 'commit']),
  moves: z
    .array(z.object({ from: kelasSchema, to: kelasSchema.nullable() }))
    .min(1)
    .max(200)
    .refine((moves) => new Set(moves.map(({ from }) => from)).size === moves.length, 'each class once'),
  /** Of the preview: a commit moves the very students that were shown, once. */
  fingerprint: z.string().max(64).optional(),
})
export const promoteReply = z.object({
  mode: z.enum(['preview', 'commit']),
  total: z.number().int(),
  moves: z.array(z.object({ from: z.string(), to: z.string().nullable(), students: z.number().int() })),
  fingerprint: z.string(),
})

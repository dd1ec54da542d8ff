import { z } from 'zod'
import { sealedCaptureRequest } from './capture.ts'
import { listOf, pageQuery } from './endpoint.ts'

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

/** Confidence as people who are not staff see it. */
export const bandSchema = z.enum(['high', 'good', 'fair'])

/** `kelas`: staff look among this class only. */
export const faceScanRequest = sealedCaptureRequest.extend({ kelas: z.string().trim().min(1).max(40).optional() })

/** Who is in a picture. A face of nobody, and for a student of anybody but herself, has no id, no name, no confidence. */
export const faceScanReply = z.object({
  recognized: z.boolean(),
  faces: z.array(
    z.object({
      user_id: z.string().nullable(),
      name: z.string().nullable(),
      nim: z.string().nullable(),
      /** A number 0..1 for staff, a band for others. */
      confidence: z.union([z.number(), bandSchema]).nullable(),
      /** In pixels of the camera's picture. */
      bounding_box: z.object({ x: z.number(), y: z.number(), width: z.number(), height: z.number() }),
    }),
  ),
  message: z.string(),
})

export const faceVerifyReply = z.object({
  verified: z.boolean(),
  confidence: bandSchema.nullable(),
  message: z.string(),
  lab: z.unknown().optional(),
})

export const faceUploadReply = z.object({
  success: z.literal(true),
  message: z.string(),
  upload_id: z.string(),
  photos: z.number().int(),
})

const uploadSchema = z.object({
  id: z.string(),
  user_id: z.string(),
  nim: z.string(),
  name: z.string(),
  kelas: z.string().nullable(),
  has_face: z.boolean(),
  /** The person herself, or the admin who sent them. */
  by_user: z.string(),
  photos: z.number().int(),
  /** Mean, 0..100. */
  quality: z.number(),
  created_at: z.string(),
  /** When a live capture of this account showed the same face; null: none did, and it cannot be confirmed. */
  matched_at: z.string().nullable(),
})
export const uploadsReply = listOf(uploadSchema)
export const decideUploadRequest = z.object({ decision: z.enum(['confirm', 'refuse']) })

export const registeredQuery = pageQuery.extend({
  /** Part of a name or NIM. */
  search: z.string().trim().max(80).optional(),
  kelas: z.string().trim().max(40).optional(),
  /** Mean quality of the shots, at least. */
  quality: z.coerce.number().min(0).max(100).optional(),
  /** Enrolled since, ISO 8601 with an offset. */
  since: z.iso.datetime({ offset: true }).optional(),
  model: z.string().max(64).optional(),
})
export const registeredReply = listOf(
  z.object({
    id: z.string(),
    nim: z.string(),
    name: z.string(),
    kelas: z.string().nullable(),
    encodings: z.number().int(),
    quality: z.number(),
    model: z.string(),
    registered_at: z.string(),
  }),
)

export const caseStateSchema = z.enum(['open', 'two_people', 'one_person', 'error'])
const casePerson = z.object({
  id: z.string(),
  nim: z.string(),
  name: z.string(),
  kelas: z.string().nullable(),
  has_face: z.boolean(),
  /** When the account was made. */
  created_at: z.string(),
})
export const faceCaseSchema = z.object({
  id: z.string(),
  state: caseStateSchema,
  /** Whose enrolment looked like somebody else's. */
  person: casePerson,
  other: casePerson,
  created_at: z.string(),
  settled_at: z.string().nullable(),
  settled_by: z.string().nullable(),
  reason: z.string().nullable(),
})
export const casesQuery = pageQuery.extend({ state: caseStateSchema.default('open') })
export const casesReply = listOf(faceCaseSchema)
export const settleCaseRequest = z.object({
  decision: caseStateSchema.exclude(['open']),
  reason: z.string().trim().min(3).max(300),
})

import { z } from 'zod'
import { PROBLEM_CODES } from '../../shared/contract/problem.ts'

/** In pixels of the camera's picture. */
const boxSchema = z.strictObject({ x: z.number(), y: z.number(), width: z.number(), height: z.number() })

/**
 * The answer a spent ticket keeps: recorded, enrolled or refused. It names rows instead of repeating them, so that no name
 * lies about in it. `lab`, the verdict, is there only under LIVENESS_PROFILE=lab.
 */
export const receiptSchema = z.discriminatedUnion('kind', [
  z.strictObject({
    kind: z.literal('attendance'),
    absensi_id: z.string(),
    is_duplicate: z.boolean(),
    /** The check-in was a leaving: no second attendance, the first one has its end. */
    left: z.literal(true).optional(),
    lab: z.unknown().optional(),
  }),
  z.strictObject({
    kind: z.literal('scanned'),
    faces: z.array(z.strictObject({ user_id: z.string().nullable(), confidence: z.number(), box: boxSchema })),
    many: z.boolean(),
    lab: z.unknown().optional(),
  }),
  z.strictObject({ kind: z.literal('verified'), confidence: z.number(), lab: z.unknown().optional() }),
  z.strictObject({
    kind: z.literal('uploaded'),
    upload_id: z.string(),
    photos: z.number().int(),
    lab: z.unknown().optional(),
  }),
  z.strictObject({
    kind: z.literal('unidentified'),
    result: z.enum(['ambiguous', 'unknown', 'many']),
    lab: z.unknown().optional(),
  }),
  /** Recognised, and no session of hers was open. */
  z.strictObject({
    kind: z.literal('shut'),
    why: z.enum(['holiday', 'not_your_session', 'closed']),
    lab: z.unknown().optional(),
  }),
  z.strictObject({ kind: z.literal('enrolled'), encodings_saved: z.number().int(), lab: z.unknown().optional() }),
  z.strictObject({ kind: z.literal('refused'), code: z.enum(PROBLEM_CODES), lab: z.unknown().optional() }),
])
export type Receipt = z.infer<typeof receiptSchema>

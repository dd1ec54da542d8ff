import { z } from 'zod'
import { gradeSchema, statusSchema } from './absensi.ts'
import { accommodationSchema, userSchema } from './auth.ts'
import { consentEntrySchema } from './consent-ledger.ts'

const details = z.record(z.string(), z.unknown())

/**
 * Everything that is held on one person, to be given to her. Never an embedding, a key or a hash; of other people only that
 * there was somebody. Times are ISO 8601.
 */
export const exportReply = z.object({
  exported_at: z.string(),
  profile: userSchema.extend({
    parent_email: z.string().nullable(),
    email_confirmed: z.boolean(),
    is_active: z.boolean(),
    accommodation: accommodationSchema,
    teaches: z.array(z.string()),
    last_login: z.string().nullable(),
    created_at: z.string(),
    updated_at: z.string(),
  }),
  sign_ins: z.array(z.object({ created_at: z.string(), expires_at: z.string() })),
  devices: z.array(
    z.object({
      id: z.string(),
      kind: z.string(),
      label: z.string(),
      status: z.string(),
      created_at: z.string(),
      approved_at: z.string().nullable(),
      revoked_at: z.string().nullable(),
    }),
  ),
  consents: z.array(consentEntrySchema),
  /** That shots are stored, not what is in them: that cannot be read by people. */
  face: z.array(
    z.object({
      model: z.string(),
      pose: z.string(),
      quality: z.number(),
      confidence: z.number(),
      created_at: z.string(),
    }),
  ),
  /** Cases in which her face and somebody else's looked alike. */
  face_cases: z.array(z.object({ state: z.string(), created_at: z.string(), settled_at: z.string().nullable() })),
  /** Photographs sent in for her that wait, or were decided on: that they are there, not what is in them. */
  face_uploads: z.array(
    z.object({
      state: z.string(),
      qualities: z.array(z.number()),
      created_at: z.string(),
      matched_at: z.string().nullable(),
      decided_at: z.string().nullable(),
    }),
  ),
  absensi: z.array(
    z.object({
      id: z.string(),
      session: z.string(),
      date: z.string(),
      timestamp: z.string(),
      status: statusSchema,
      grade: gradeSchema,
      late_minutes: z.number(),
      confidence: z.number(),
      method: z.string(),
      place: z.string().nullable(),
      location: z.string().nullable(),
      left_at: z.string().nullable(),
      device_info: z.string().nullable(),
      ip_address: z.string().nullable(),
      note: z.string().nullable(),
      created_at: z.string(),
    }),
  ),
  izin: z.array(
    z.object({
      id: z.string(),
      kind: z.string(),
      from_date: z.string(),
      until_date: z.string(),
      reason: z.string(),
      state: z.string(),
      note: z.string().nullable(),
      created_at: z.string(),
      decided_at: z.string().nullable(),
    }),
  ),
  /** What she called wrong. */
  correction_requests: z.array(
    z.object({
      session: z.string(),
      date: z.string(),
      status: z.string(),
      reason: z.string(),
      state: z.string(),
      note: z.string().nullable(),
      created_at: z.string(),
      decided_at: z.string().nullable(),
    }),
  ),
  corrections: z.array(
    z.object({
      absensi_id: z.string(),
      reason: z.string(),
      old_value: z.string(),
      new_value: z.string(),
      by: z.enum(['self', 'other', 'system']),
      created_at: z.string(),
    }),
  ),
  liveness_checks: z.array(
    z.object({
      created_at: z.string(),
      challenges: z.string(),
      result: z.string(),
      reason: z.string(),
      signals: details,
      trace_kept_until: z.string().nullable(),
    }),
  ),
  /** When she stood before a kiosk without network, or somebody under her NIM did, and what came of it. */
  kiosk_events: z.array(
    z.object({
      stood_at: z.string(),
      received_at: z.string(),
      nim: z.string().nullable(),
      result: z.string(),
      reasons: z.array(z.string()),
      state: z.string(),
      decided_at: z.string().nullable(),
      note: z.string().nullable(),
    }),
  ),
  /** The last code she drew to be confirmed without a camera, and what came of it; never the code. */
  presence_codes: z.array(z.object({ created_at: z.string(), expires_at: z.string(), outcome: z.string().nullable() })),
  mails: z.array(z.object({ kind: z.string(), recipient: z.string(), state: z.string(), created_at: z.string() })),
  /** Lines of the audit log by her, in full, and about her: what others did, without their addresses and details. */
  audit: z.array(
    z.object({
      seq: z.number(),
      created_at: z.string(),
      by: z.enum(['self', 'other', 'system']),
      action: z.string(),
      entity_type: z.string(),
      entity_id: z.string().nullable(),
      details: details.nullable(),
      ip_address: z.string().nullable(),
      user_agent: z.string().nullable(),
    }),
  ),
})

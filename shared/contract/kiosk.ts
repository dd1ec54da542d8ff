import { z } from 'zod'
import { statusSchema } from './absensi.ts'
import { nimSchema } from './auth.ts'
import { publicJwkSchema, sealedCaptureRequest, thumbprintSchema } from './capture.ts'

const kelasSchema = z.array(z.string().trim().min(1).max(40)).min(1).max(50).nullable()

/** Where a kiosk stands, and whom it knows. `kelas` null: every class. */
export const kioskPlaceRequest = z.object({
  label: z.string().trim().min(1).max(80),
  room: z.string().trim().min(1).max(80),
  kelas: kelasSchema,
})
/** What is left out stays as it is. */
export const changeKioskRequest = kioskPlaceRequest.partial()
export const makePairingReply = z.object({
  pairing_id: z.string(),
  /** `XXXXX-XXXXX`: shown once, to be typed at the kiosk. */
  code: z.string(),
  expires_at: z.string(),
})

/** `proof`: compact JWS, header `{alg:"ES256", typ:"device-proof+jwt"}`, payload `{nonce}` with one of `POST /kiosk/nonce`. */
export const pairRequest = z.object({ code: z.string().max(40), jwk: publicJwkSchema, proof: z.string().max(4000) })
export const pairReply = z.object({
  status: z.literal('waiting'),
  pairing_id: z.string(),
  /** To be compared with the one the admin sees (shared/kiosk/fingerprint.ts of the kiosk's own key). */
  fingerprint: z.string(),
  expires_at: z.string(),
})

const pairingSchema = z.object({
  id: z.string(),
  label: z.string(),
  room: z.string(),
  kelas: kelasSchema,
  /** `waiting`: a kiosk came with the code, and its fingerprint is to be compared. */
  state: z.enum(['open', 'waiting']),
  fingerprint: z.string().nullable(),
  created_at: z.string(),
  expires_at: z.string(),
})
export const pairingsReply = z.object({ pairings: z.array(pairingSchema) })
export const confirmPairingRequest = z.object({ fingerprint: z.string().max(40) })

export const kioskSchema = z.object({
  /** RFC 7638 thumbprint of the kiosk's key. */
  id: z.string(),
  label: z.string(),
  room: z.string(),
  kelas: kelasSchema,
  status: z.enum(['active', 'revoked']),
  fingerprint: z.string(),
  created_at: z.string(),
  last_seen: z.string().nullable(),
  /** What it last told of itself, and when; null: it never did. */
  told: z
    .object({
      at: z.string(),
      /** Sealed events that have not come in yet, and when the oldest was captured. */
      queue: z.number().int(),
      oldest: z.string().nullable(),
      /** Tickets left for use without network. */
      stock: z.number().int(),
      version: z.string(),
    })
    .nullable(),
})
export const kioskReply = z.object({ kiosk: kioskSchema })
/** `has_pin`: a staff PIN is set, for all of them. */
export const kiosksReply = z.object({ kiosks: z.array(kioskSchema), has_pin: z.boolean() })
export const kioskParams = z.object({ id: thumbprintSchema })

/** The digits staff type to leave the kiosk's screen; null: no PIN any more. */
export const kioskPinRequest = z.object({
  pin: z
    .string()
    .regex(/^[0-9]{4,8}$/)
    .nullable(),
})

export const serverTimeReply = z.object({
  server_time: z.string(),
  /** Milliseconds since 1970. */
  epoch_ms: z.number().int(),
})

export const kioskMeReply = serverTimeReply.extend({
  kiosk: kioskSchema.pick({ id: true, label: true, room: true, kelas: true }),
  time_zone: z.string(),
  profile: z.enum(['school', 'lab']),
  settings: z.object({ school_name: z.string(), public_privacy: z.enum(['off', 'masked', 'open']) }),
})

/** With a NIM the ticket keeps to that person's accommodation, and the face is compared with hers alone. */
export const kioskTicketRequest = z.object({ nim: nimSchema.optional() })

/** `nim`: typed instead of a search; it has to be the ticket's, where that has one. */
export const scanAttendanceRequest = sealedCaptureRequest.extend({ nim: nimSchema.optional() })

/**
 * `recorded`, `already` (before, or by any door within the last five minutes), `ambiguous` and `many` (ask for the NIM),
 * `unknown`; recognised, and nothing recorded: `holiday` of her class, `not_your_session` (another one is open), `closed`.
 * Only for the marked person there are a name and a time: of `already` the first one's, of a leaving (`left`) its own.
 */
export const scanAttendanceReply = z.object({
  success: z.boolean(),
  result: z.enum(['recorded', 'already', 'ambiguous', 'many', 'unknown', 'holiday', 'not_your_session', 'closed']),
  message: z.string(),
  absensi: z
    .object({
      name: z.string(),
      kelas: z.string().nullable(),
      status: statusSchema,
      late_minutes: z.number().int(),
      grade: z.enum(['verified', 'provisional', 'review']),
      /** ISO 8601 with the school's offset. */
      time: z.string(),
    })
    .nullable(),
  /** Whether what was recorded is her leaving; status and minutes are then those of her coming. */
  left: z.boolean().default(false),
  lab: z.unknown().optional(),
})

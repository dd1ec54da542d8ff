import { z } from 'zod'
import { statusSchema } from './absensi.ts'
import { nimSchema } from './auth.ts'
import { MAX_CAPTURE_BYTES, ticketReply } from './capture.ts'
import { kioskMeReply } from './kiosk.ts'
import { challengeNameSchema } from './liveness.ts'

/** What a kiosk tells of itself with `POST /kiosk/heartbeat`, for the console's list. */
export const heartbeatRequest = z.object({
  /** Sealed events not yet receipted. */
  queue: z.number().int().min(0).max(1_000_000),
  /** When the oldest of them was captured, as far as the kiosk knows; null: none. */
  oldest: z.iso.datetime({ offset: true }).nullable(),
  /** Leased tickets not yet used. */
  stock: z.number().int().min(0).max(1_000_000),
  /** The build the kiosk runs. */
  version: z.string().max(64),
})

/**
 * A compact JWS of the server's about its own time, opaque to the kiosk: it comes back with every event, and says when the
 * kiosk last heard of the server (`shared/kiosk/captured-time.ts`).
 */
export const timeTokenSchema = z.string().max(1000)

/**
 * A staff PIN's verifier, so that it works offline. PBKDF2-HMAC-SHA-256 over the digits,
 * 32 bytes; salt and hash base64url. Null: none is set. It guards the screen only.
 */
export const pinSchema = z.object({ salt: z.string(), iterations: z.number().int(), hash: z.string() }).nullable()

/** A session or holiday as the kiosk's screen needs it. Times: `HH:MM` of the school's zone. */
export const kioskDaySchema = z.object({
  date: z.iso.date(),
  holiday: z.string().nullable(),
  sessions: z.array(
    z.object({
      id: z.string(),
      name: z.string(),
      kelas: z.array(z.string()).nullable(),
      opens: z.string(),
      late_after: z.string(),
      closes: z.string(),
      leaving_opens: z.string().nullable(),
      leaving_closes: z.string().nullable(),
    }),
  ),
})

export const heartbeatReply = kioskMeReply.extend({
  time_token: timeTokenSchema,
  pin: pinSchema,
  /** How many leased tickets the kiosk should hold: three times its roster. */
  stock_target: z.number().int(),
  /** Tickets that end within so many seconds do not count for it: others are leased before they end. */
  renew_within: z.number().int().min(0).default(0),
  /** Changes whenever the roster does: the kiosk asks for it again. */
  roster_version: z.string(),
  /** Today and the six days after it. */
  days: z.array(kioskDaySchema),
})

/** Names and NIMs of the kiosk's classes, in pages: never an encoding, never an e-mail address. */
export const rosterQuery = z.object({
  offset: z.coerce.number().int().min(0).max(1_000_000).default(0),
  limit: z.coerce.number().int().min(1).max(2000).default(1000),
})
export const rosterReply = z.object({
  version: z.string(),
  total: z.number().int(),
  students: z.array(
    z.object({
      nim: z.string(),
      name: z.string(),
      kelas: z.string().nullable(),
      /** What she is not to be asked for, so that a leased ticket can be chosen; never why. Absent: anything. */
      cannot: z.array(challengeNameSchema).optional(),
      /** She has twice the time, also with a leased ticket once she said who she is. Absent: no. */
      slow: z.literal(true).optional(),
    }),
  ),
})

/**
 * `held`: tickets the kiosk still has (with none, what it was leased before ends); `count`: how many it wants now. `id`, where it is given, makes the call repeatable: the
 * same id again gets the same tickets, those used meanwhile left out (a lost reply would else cost its tickets until they expire).
 */
export const leaseRequest = z.object({
  id: z.uuid().optional(),
  held: z.number().int().min(0).max(1_000_000),
  count: z.number().int().min(1).max(200),
})
/**
 * Fewer than asked for, or none, when more than `stock_target` would be outstanding (neither expired nor come back with an
 * event). Their `expires_in` is days, by setting. Leased tickets are for `POST /kiosk/events` only.
 */
export const leaseReply = z.object({ tickets: z.array(ticketReply), stock_target: z.number().int() })

/** The most events in one batch: with a capture of 150 kB each, 1.5 MB. */
export const MAX_EVENTS = 10

/** One capture made offline. The capture is signed by the kiosk's key; everything else by the request's proof. */
export const kioskEventSchema = z.object({
  /** Made by the kiosk; the same event sent again has the same id. */
  id: z.uuid(),
  /** Counts this kiosk's events since pairing, from 1, without a gap. */
  counter: z.number().int().min(1).max(1_000_000_000),
  ticket: z.string().max(4000),
  capture: z.string().max(MAX_CAPTURE_BYTES),
  /** The student picked or typed this NIM; null: unnamed. */
  nim: nimSchema.nullable(),
  /** The newest time token the kiosk had when it took the capture. */
  time_token: timeTokenSchema,
  /** Monotonic milliseconds between that token's arrival and the capture; null: the page was reloaded in between. */
  elapsed_ms: z.number().int().min(0).max(10_000_000_000).nullable(),
  /** What the kiosk's wall clock said at the capture: believed only where nothing better is known, and then reviewed. */
  wall_time: z.iso.datetime({ offset: true }),
})
export type KioskEvent = z.infer<typeof kioskEventSchema>

/** Events are taken in their order; each gets its receipt, also one that is not understood. */
export const eventsRequest = z.object({
  events: z
    .array(z.looseObject({ id: z.uuid() }))
    .min(1)
    .max(MAX_EVENTS),
})

/**
 * Why a person has to look. Doubts about an event that is recorded all the same, graded `review`: another one has its
 * counter (`counter_clash`), the one before it is missing (`counter_gap`), its ticket was used before, had expired or is not
 * known any more, its time is doubted (shared/kiosk/captured-time.ts: `token_unknown`, `reloaded`, `time_outside`,
 * `clock_back`), so is its liveness (`evidence`), a settled twin is nearer, or its session was changed after it was captured.
 * What is recorded of her stays until a person decides: somebody has marked her otherwise than present meanwhile, or she is
 * recorded as late and was there in time (`came_earlier`), or only the kiosk says that it was on the
 * day on which she is recorded (`another_day`). Why nothing was recorded: the kiosk was shut out, the face is not
 * the claimed one, not known, too near to two or among too many, several people were in the picture, no session of hers was
 * open, or the event is not readable.
 */
export const EVENT_REASONS = [
  'kiosk_revoked',
  'counter_clash',
  'counter_gap',
  'ticket_reused',
  'ticket_expired',
  'ticket_unknown',
  'token_unknown',
  'reloaded',
  'time_outside',
  'clock_back',
  'evidence',
  'twin_nearer',
  'timetable_changed',
  'marked_absent',
  'came_earlier',
  'another_day',
  'not_claimed',
  'unknown',
  'ambiguous',
  'many',
  'several_people',
  'no_session',
  'unreadable',
] as const
export const eventReasonSchema = z.enum(EVENT_REASONS)
export type EventReason = z.infer<typeof eventReasonSchema>

/**
 * What became of an event. `hadir`, `terlambat`: recorded, provisional; `already`: recorded before; `review`: recorded or only
 * kept, and waits for a person (see the reason); `unknown`: unnamed and not recognised, kept for a person, too; `not_live`:
 * refused; `bad`: the event could not be read, and cannot be repaired by sending it again (it is kept, too).
 */
export const eventResultSchema = z.enum(['hadir', 'terlambat', 'already', 'unknown', 'review', 'not_live', 'bad'])
export type EventResult = z.infer<typeof eventResultSchema>

export const eventReceiptSchema = z.object({
  id: z.uuid(),
  result: eventResultSchema,
  /**
   * Why a person has to look, the first of the reasons; null where nobody has to, or for a reason that is newer than this
   * kiosk's program: its outbox must go on deleting what is receipted.
   */
  reason: eventReasonSchema.nullable().catch(null),
  /** Only of a recognised person; never told a kiosk that was shut out. */
  name: z.string().nullable(),
  status: statusSchema.nullable(),
  /** The captured time the server goes by, ISO 8601 with the school's offset. */
  time: z.string().nullable(),
})
export type EventReceipt = z.infer<typeof eventReceiptSchema>
export const eventsReply = z.object({ receipts: z.array(eventReceiptSchema), time_token: timeTokenSchema })

import { z } from 'zod'
import { CHALLENGE_NAMES, CHALLENGES } from '../liveness/challenges.ts'
import { challengeNameSchema } from './liveness.ts'
import { networkRangeSchema } from './network.ts'

/**
 * What a school changes while the server runs, edited in the console. Every field has a default, so that a new field needs
 * no migration. Addresses of mail, storage and error services are not here: they come from the environment only.
 */
export const schoolSettingsSchema = z.strictObject({
  school_name: z.string().trim().min(1).max(120).default('Sekolah'),
  /** Whether people may make accounts themselves; such an account waits for an admin. */
  registration: z.enum(['closed', 'pending']).default('closed'),
  /** What a stranger with a NIM may see: nothing, masked (from the school's networks or a paired display), everything. */
  public_privacy: z.enum(['off', 'masked', 'open']).default('off'),
  school_networks: z.array(networkRangeSchema).max(50).default([]),
  /** Kinds of challenge the server may draw from. One turn is always among them. */
  challenges: z
    .array(challengeNameSchema)
    .min(2)
    .refine(
      (names) => new Set(names.map((name) => CHALLENGES[name].kind)).size === 2,
      'a turn must be among them, and something else',
    )
    .refine((names) => new Set(names).size === names.length, 'each kind once')
    .default([...CHALLENGE_NAMES]),
  /** Everybody is taken for a minor, whose guardian has to consent too. */
  guardian_consent: z.boolean().default(false),
  /** Days back a teacher may mark and correct; an admin may at any time. */
  marking_days: z.number().int().min(0).max(366).default(14),
  /** A notice to the parent's address on the day a student was alfa. */
  notify_parents: z.boolean().default(false),
  /** The daily report by e-mail to every admin who has an address. */
  daily_report: z.boolean().default(true),
  /** Days a kiosk may use a ticket it holds for when the network is gone. What was captured opens for 90 days after its lease. */
  kiosk_lease_days: z.number().int().min(1).max(14).default(3),
  /** Days things are kept. Traces: 14 at most. */
  retention: z
    .strictObject({
      traces: z.number().int().min(1).max(14).default(14),
      tickets: z.number().int().min(1).max(90).default(30),
      audit_details: z.number().int().min(30).max(3650).default(730),
      absensi: z.number().int().min(365).max(36_500).default(1825),
      /** Faces of people whose account is suspended, since then. */
      left_faces: z.number().int().min(1).max(365).default(30),
      backups: z.number().int().min(1).max(365).default(14),
    })
    .prefault({}),
})
export type SchoolSettings = z.output<typeof schoolSettingsSchema>

/** What data is destroyed by, who gets in or sees something, and how well a face is checked. */
const SENSITIVE = [
  'registration',
  'public_privacy',
  'school_networks',
  'challenges',
  'guardian_consent',
  'retention',
] as const satisfies readonly (keyof SchoolSettings)[]

/** Whether a change of this setting (`retention.traces`) needs the password again. */
export const isSensitiveSetting = (path: string): boolean =>
  SENSITIVE.some((name) => path === name || path.startsWith(`${name}.`))

/** What only whoever runs the server sets, in its environment: shown beside the settings, never changed by them. */
export const serverFactsSchema = z.object({
  /** IANA name (TZ_SCHOOL): the wall on which sessions open and days end. */
  time_zone: z.string(),
  /** LIVENESS_PROFILE. */
  profile: z.enum(['school', 'lab']),
  /** Confidence, 0..1, from which a claim to be somebody is accepted (FACE_CONFIDENCE_THRESHOLD). */
  face_confidence_threshold: z.number(),
  /** Whether mail goes out at all (SMTP_HOST). */
  mail: z.boolean(),
})

/** `updated_at` is null until something was set. */
export const settingsReply = z.object({
  settings: schoolSettingsSchema,
  updated_at: z.string().nullable(),
  server: serverFactsSchema,
})

/**
 * Some settings or all: what is left out stays (in `retention`, too). `updated_at` is the one that was read; when somebody
 * else has changed the settings since, nothing is changed.
 */
export const putSettingsRequest = z.object({
  settings: z.record(z.string().max(40), z.unknown()),
  updated_at: z.iso.datetime().nullable(),
})

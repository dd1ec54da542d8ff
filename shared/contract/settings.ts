import { z } from 'zod'
import { CHALLENGE_NAMES, CHALLENGES } from '../liveness/challenges.ts'
import { challengeNameSchema } from './liveness.ts'

/** An address range of the school's network, as the client's `isRange` of the configuration takes them: `10.1.0.0/16`. */
const range = z
  .string()
  .max(50)
  .regex(/^[0-9a-fA-F:.]+(\/\d{1,3})?$/)

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
  school_networks: z.array(range).max(50).default([]),
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
  /** A notice to the parent's address on the day a student was alfa. */
  notify_parents: z.boolean().default(false),
  /** The daily report by e-mail to every admin who has an address. */
  daily_report: z.boolean().default(true),
  /** Days a kiosk may use a ticket it holds for when the network is gone. What was captured opens for 30 days after its lease. */
  kiosk_lease_days: z.number().int().min(1).max(14).default(3),
  /** Days things are kept. Traces: 14 at most. */
  retention: z
    .strictObject({
      traces: z.number().int().min(1).max(14).default(14),
      tickets: z.number().int().min(1).max(90).default(30),
      audit_details: z.number().int().min(30).max(3650).default(730),
      absensi: z.number().int().min(365).max(36_500).default(1825),
      backups: z.number().int().min(1).max(365).default(14),
    })
    .prefault({}),
})
export type SchoolSettings = z.output<typeof schoolSettingsSchema>

/** `updated_at` is null until something was set. */
export const settingsReply = z.object({ settings: schoolSettingsSchema, updated_at: z.string().nullable() })

/**
 * Some settings or all: what is left out stays (in `retention`, too). `updated_at` is the one that was read; when somebody
 * else has changed the settings since, nothing is changed.
 */
export const putSettingsRequest = z.object({
  settings: z.record(z.string().max(40), z.unknown()),
  updated_at: z.iso.datetime().nullable(),
})

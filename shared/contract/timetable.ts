import { z } from 'zod'
import { dateSchema } from './endpoint.ts'
import { networkRangeSchema } from './network.ts'

/** A time of day on the school's wall, HH:MM. */
const clockTimeSchema = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/)

/** A class as data writes it. */
const kelasSchema = z.string().trim().min(1).max(40)

/**
 * Where a session may be taken: within `radius` metres of a point, or from the school's network ranges. `flag` records who
 * is elsewhere, or gives no location, for a person to look at; `refuse` does not record her.
 */
export const placeRuleSchema = z
  .strictObject({
    mode: z.enum(['off', 'flag', 'refuse']),
    circle: z
      .strictObject({
        latitude: z.number().min(-90).max(90),
        longitude: z.number().min(-180).max(180),
        radius: z.number().min(10).max(50_000),
      })
      .optional(),
    networks: z.array(networkRangeSchema).min(1).max(50).optional(),
  })
  .refine((rule) => rule.mode === 'off' || (rule.circle === undefined) !== (rule.networks === undefined), {
    message: 'either a circle or networks',
  })
export type PlaceRule = z.output<typeof placeRuleSchema>

const days = z
  .array(z.number().int().min(1).max(7))
  .min(1)
  .max(7)
  .refine((list) => new Set(list).size === list.length)
const kelasList = z.array(kelasSchema).min(1).max(200)

const sessionFields = z.object({
  name: z.string().trim().min(1).max(80),
  /** Null: every class. */
  kelas: kelasList.nullable().default(null),
  /** ISO weekdays, 1 Monday .. 7 Sunday. */
  days,
  /** Times of day on the school's wall, HH:MM; each named minute counts in full. */
  opens: clockTimeSchema,
  late_after: clockTimeSchema,
  closes: clockTimeSchema,
  /** Minutes after `late_after` that are forgiven. */
  grace_minutes: z.number().int().min(0).max(720).default(0),
  /** When whoever is present may check out; null: nobody checks out. */
  leaving_opens: clockTimeSchema.nullable().default(null),
  leaving_closes: clockTimeSchema.nullable().default(null),
  place: placeRuleSchema.nullable().default(null),
  valid_from: dateSchema.nullable().default(null),
  valid_until: dateSchema.nullable().default(null),
  is_active: z.boolean().default(true),
})

/** A session of the timetable, whole, to add it or to replace one. */
export const sessionRequest = sessionFields
  .refine((one) => one.opens <= one.late_after && one.late_after <= one.closes, {
    path: ['closes'],
    message: 'opens, late_after and closes must follow each other within one day',
  })
  .refine((one) => (one.leaving_opens === null) === (one.leaving_closes === null), { path: ['leaving_closes'] })
  .refine(
    ({ leaving_opens, leaving_closes }) =>
      leaving_opens === null || leaving_closes === null || leaving_opens <= leaving_closes,
    { path: ['leaving_closes'] },
  )
  .refine(({ valid_from, valid_until }) => valid_from === null || valid_until === null || valid_from <= valid_until, {
    path: ['valid_until'],
  })
export type SessionRequest = z.output<typeof sessionRequest>

export const timetableSessionSchema = z.object({ id: z.string(), ...sessionFields.shape })
export const timetableSessionReply = z.object({ session: timetableSessionSchema })
export const timetableSessionsReply = z.object({ sessions: z.array(timetableSessionSchema) })

/** The id of a session in a path; the one made with the database is called `harian`. */
export const sessionParams = z.object({ id: z.string().min(1).max(64) })

export const removeSessionReply = z.object({
  success: z.literal(true),
  message: z.string(),
  /** `deactivated` when attendance was recorded in it: records keep their session. */
  outcome: z.enum(['deleted', 'deactivated']),
})

const holidayFields = z.object({
  name: z.string().trim().min(1).max(120),
  from_date: dateSchema,
  until_date: dateSchema,
  kelas: kelasList.nullable().default(null),
})
export const holidayRequest = holidayFields.refine((one) => one.from_date <= one.until_date, { path: ['until_date'] })
export type HolidayRequest = z.output<typeof holidayRequest>
export const holidaySchema = z.object({ id: z.string(), ...holidayFields.shape })
export const holidayReply = z.object({ holiday: holidaySchema })
export const holidaysReply = z.object({ holidays: z.array(holidaySchema) })
export const holidaysQuery = z.object({ from: dateSchema.optional(), until: dateSchema.optional() })

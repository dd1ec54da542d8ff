import { z } from 'zod'

export const healthReply = z.object({
  status: z.literal('ok'),
  name: z.string(),
  profile: z.enum(['school', 'lab']),
  /** IANA name of the zone that the school's clocks show. */
  time_zone: z.string(),
  /** Whether people may ask for an account themselves. */
  registration: z.boolean().default(false),
})

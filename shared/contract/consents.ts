import { z } from 'zod'

/** The version of the consent text in force. A change of meaning in the text raises it; older consents then end. */
export const CONSENT_VERSION = '2026-11.3'

export const consentSchema = z.object({ version: z.string(), given_at: z.string() })
export const consentReply = z.object({
  current_version: z.string(),
  consent: consentSchema.nullable(),
  /** A guardian's consent, where the school asks for one; it is given on paper. Without it no face is kept either. */
  guardian: z.object({ wanted: z.boolean(), consent: consentSchema.nullable() }).optional(),
})
export const giveConsentRequest = z.object({ version: z.string().max(32) })

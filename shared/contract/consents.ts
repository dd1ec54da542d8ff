import { z } from 'zod'

/** The version of the consent text in force. A change of meaning in the text raises it; older consents then end. */
export const CONSENT_VERSION = '2026-11'

export const consentSchema = z.object({ version: z.string(), given_at: z.string() })
export const consentReply = z.object({ current_version: z.string(), consent: consentSchema.nullable() })
export const giveConsentRequest = z.object({ version: z.string().max(32) })

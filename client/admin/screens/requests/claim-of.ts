import type { StaffEvent } from '../../../../shared/contract/kiosk-events.ts'
import type { Language } from '../../../core/language.ts'
import { eventTexts } from './event-texts.ts'

/** Whose NIM was typed or picked: "Dewi Anggraini (X-2)". */
export function claimOf({ claim, nim }: StaffEvent, language: Language): string {
  const words = eventTexts[language]
  if (claim) return `${claim.name} (${claim.kelas ?? '–'})`
  return nim === null ? words.unnamed : words.unknownNim(nim)
}

import { ConsentSections } from '../ui/consent-sections.tsx'
import { useTexts } from './app-context.ts'

/** The sections of the consent, in the chosen language. */
export function ConsentText() {
  return <ConsentSections text={useTexts().texts.consent} />
}

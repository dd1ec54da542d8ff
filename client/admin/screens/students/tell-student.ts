import type { Student } from '../../../../shared/contract/people.ts'
import type { Language } from '../../../core/language.ts'
import { studentTexts } from './texts.ts'

/** Whether her face is known, in words. */
export const tellFace = ({ has_face }: Student, language: Language): string =>
  has_face ? studentTexts[language].withFace : studentTexts[language].noFace

/** What state her account is in, in words. */
export function tellState({ is_active, activated }: Student, language: Language): string {
  const words = studentTexts[language]
  if (!is_active) return words.suspended
  return activated ? words.active : words.notActivated
}

import { useTexts } from './app-context.ts'
import { wordsEn } from './words-en.ts'
import { type Words, wordsId } from './words-id.ts'

/** The texts of the screens that are fetched later, in the chosen language. */
export function useWords(): Words {
  return useTexts().language === 'en' ? wordsEn : wordsId
}

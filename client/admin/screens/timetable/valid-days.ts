import type { Language } from '../../../core/language.ts'
import { formatDate, formatDays } from '../../format.ts'
import { timetableTexts } from './texts.ts'

/** Whether the last day comes before the first, as a form holds them: YYYY-MM-DD, '' for no limit. */
export const isReversed = (from: string, until: string): boolean => from !== '' && until !== '' && until < from

/** The days a session is held between, for people. */
export function tellValid(
  { valid_from: from, valid_until: until }: { readonly valid_from: string | null; readonly valid_until: string | null },
  language: Language,
): string {
  const words = timetableTexts[language]
  if (from !== null && until !== null) return formatDays(from, until, language)
  if (from !== null) return words.since(formatDate(from, language))
  return until === null ? words.always : words.upTo(formatDate(until, language))
}

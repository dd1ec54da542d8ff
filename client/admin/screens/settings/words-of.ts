import type { Language } from '../../../core/language.ts'
import { formatCount } from '../../format.ts'
import type { Wrong } from './check.ts'
import { fieldTexts } from './field-texts.ts'
import { boundsOf, type Draft, isChoice, isNumber, networksOf, type Path, type Value } from './fields.ts'
import { settingsTexts } from './texts.ts'

/** A value as people read it. */
export function tellValue(path: Path, value: Value, language: Language): string {
  const [words, general] = [fieldTexts[language], settingsTexts[language]]
  if (typeof value === 'boolean') return value ? YES[language] : NO[language]
  if (path === 'challenges')
    return (value as readonly string[]).map((name) => words.challenge[name as keyof typeof words.challenge]).join(', ')
  const text = String(value).trim()
  if (isChoice(path)) return words.option[text as keyof typeof words.option]
  if (isNumber(path)) return general.days(formatCount(Number(text), language))
  if (path === 'school_networks')
    return (
      networksOf(text)
        .map(({ range }) => range)
        .join(', ') || general.noValue
    )
  return text || general.noValue
}

const YES: Readonly<Record<Language, string>> = { id: 'Ya', en: 'Yes' }
const NO: Readonly<Record<Language, string>> = { id: 'Tidak', en: 'No' }

/** What is wrong with a field, and what would be right; '' where nothing is. */
export function tellWrong(wrong: Wrong | undefined, draft: Draft, language: Language): string {
  if (wrong === undefined) return ''
  const { wrong: words } = fieldTexts[language]
  const { path, line } = wrong
  if (isNumber(path)) {
    const { min, max } = boundsOf(path)
    return words.range(formatCount(min, language), formatCount(max, language))
  }
  if (path === 'school_networks') {
    if (line === null) return words.networksMany
    const range = networksOf(String(draft[path])).find((one) => one.line === line)?.range ?? ''
    return `${settingsTexts[language].line(String(line))}${range}: ${words.school_networks}`
  }
  return path === 'school_name' || path === 'challenges' ? words[path] : words.choice
}

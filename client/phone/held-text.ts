import type { Language } from '../core/language.ts'
import type { Words } from './words-id.ts'

type HeldWords = Words['privacy']['held']

const ISO_DAY = /^\d{4}-\d\d-\d\d(T\d\d:\d\d.*)?$/

/** Columns that only tell rows apart. */
const isInternal = (name: string) => /^(id|seq|.+_id)$/.test(name)

/** The word for a name or a value of the file; as it stands there when there is none. */
const wordFor = (words: object, name: string): string => (words as Record<string, string>)[name] ?? name

/** A day, or a moment by this device's clock. */
function timeText(iso: string, language: Language): string {
  const timed = iso.length > 10
  return new Date(iso).toLocaleString(language === 'id' ? 'id-ID' : 'en-GB', {
    dateStyle: 'medium',
    ...(timed ? { timeStyle: 'short' } : { timeZone: 'UTC' }),
  })
}

/** A value for people; '' when there is nothing in it. What has no labels is only counted. */
function valueText(value: unknown, words: HeldWords, language: Language): string {
  if (value === null || value === undefined) return ''
  if (typeof value === 'boolean') return value ? words.yes : words.no
  if (typeof value === 'number') return value.toLocaleString(language === 'id' ? 'id-ID' : 'en-GB')
  if (typeof value === 'string') return ISO_DAY.test(value) ? timeText(value, language) : wordFor(words.values, value)
  if (Array.isArray(value)) {
    if (value.some((one) => typeof one === 'object')) return words.entries(value.length)
    return value.map((one) => valueText(one, words, language)).join(', ')
  }
  const entries = Object.entries(value)
  if (entries.some(([name]) => !(name in words.fields))) return words.entries(entries.length)
  return heldText(value, words, language)
    .map(({ label, text }) => `${label}: ${text}`)
    .join(', ')
}

/** What an entry of the export says, line by line: labels instead of the file's names, without what is empty. */
export function heldText(entry: object, words: HeldWords, language: Language) {
  return Object.entries(entry).flatMap(([name, value]) => {
    const text = isInternal(name) ? '' : valueText(value, words, language)
    return text === '' ? [] : [{ label: wordFor(words.fields, name), text }]
  })
}

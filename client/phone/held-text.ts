import { formatMoment, localeOf } from '../core/clock.ts'
import type { Language } from '../core/language.ts'
import type { HeldWords } from './held-id.ts'

/** Codes in one text, "blink,nod". */
const CODES = /^[a-z-]+(,[a-z-]+)+$/

const ISO_DAY = /^\d{4}-\d\d-\d\d(T\d\d:\d\d.*)?$/

/** Columns that only tell rows apart. */
const isInternal = (name: string) => /^(id|seq|session|.+_id)$/.test(name)

/** The word for a name or a value of the file; as it stands there when there is none. */
const wordFor = (words: Readonly<Record<string, string>>, name: string): string =>
  (Object.hasOwn(words, name) ? words[name] : undefined) ?? name

/** A day, or a moment by the school's clocks. */
function timeText(iso: string, language: Language): string {
  if (iso.length > 10) return formatMoment(iso, language)
  return new Date(iso).toLocaleDateString(localeOf(language), { dateStyle: 'medium', timeZone: 'UTC' })
}

/** What a text column holds as JSON; null when it is a text. */
function parsed(text: string): object | null {
  try {
    return /^[[{]/.test(text) ? (JSON.parse(text) as object) : null
  } catch {
    return null
  }
}

function plainText(text: string, words: HeldWords, language: Language): string {
  const inner = parsed(text)
  if (inner) return valueText(inner, words, language)
  if (ISO_DAY.test(text)) return timeText(text, language)
  const codes = CODES.test(text) ? text.split(',') : [text]
  return codes.map((code) => wordFor(words.values, code)).join(', ')
}

/** A value for people; '' when there is nothing in it. What has no labels is only counted. */
function valueText(value: unknown, words: HeldWords, language: Language): string {
  if (value === null || value === undefined) return ''
  if (typeof value === 'boolean') return value ? words.yes : words.no
  if (typeof value === 'number') return value.toLocaleString(localeOf(language))
  if (typeof value === 'string') return plainText(value, words, language)
  if (Array.isArray(value)) {
    if (value.some((one) => typeof one === 'object')) return words.entries(value.length)
    return value.map((one) => valueText(one, words, language)).join(', ')
  }
  const entries = Object.entries(value)
  if (entries.some(([name]) => !Object.hasOwn(words.fields, name))) return words.entries(entries.length)
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

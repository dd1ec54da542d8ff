import type { z } from 'zod'
import type { auditLineSchema } from '../../../../shared/contract/audit.ts'
import type { Language } from '../../../core/language.ts'
import { formatCount } from '../../format.ts'
import { common } from '../../texts.ts'
import { fieldTexts } from '../settings/field-texts.ts'
import { actionTexts } from './action-texts.ts'
import { detailTexts } from './detail-texts.ts'

export type Line = z.output<typeof auditLineSchema>
type Value = string | number | boolean | null

/** A word of a table, or the code itself in readable form. */
const wordOf = (table: Readonly<Record<string, string>>, code: string): string =>
  Object.hasOwn(table, code) ? (table[code] ?? code) : code.replaceAll('_', ' ')

export const tellAction = (action: string, language: Language) => wordOf(actionTexts[language], action)
export const tellEntity = (type: string, language: Language) => wordOf(detailTexts[language].entity, type)

const UUID = /^[0-9a-f]{8}-[0-9a-f-]{27}$/
/** The head of a long id: enough to tell two apart on a screen. */
export const shortId = (id: string): string => (UUID.test(id) || /^[\w-]{43}$/.test(id) ? id.slice(0, 8) : id)

/** A detail as people read it; `userId` where its value is an account. */
export interface Detail {
  readonly key: string
  readonly name: string
  readonly text: string
  readonly userId: string | null
}

/** The details of a line in words, without what says nothing. */
export function tellDetails(line: Line, language: Language): Detail[] {
  return Object.entries(line.details ?? {}).flatMap(([key, value]) => {
    if (value === null || value === '') return []
    const isPerson = ['user', 'user_id', 'other'].includes(key) && UUID.test(String(value))
    const name = wordOf(detailTexts[language].key, key)
    return [{ key, name, text: tellValue(key, value, language), userId: isPerson ? String(value) : null }]
  })
}

function tellValue(key: string, value: Exclude<Value, null>, language: Language): string {
  const words = detailTexts[language]
  if (typeof value === 'boolean') return value ? common[language].yes : common[language].no
  if (typeof value === 'number') return formatCount(value, language)
  const list = (separator: string, table: Readonly<Record<string, string>>) =>
    value
      .split(separator)
      .map((one) => wordOf(table, one))
      .join(', ')
  if (key === 'keys') return list(',', fieldTexts[language].label)
  if (key === 'fields') return list(' ', words.field)
  if (key === 'reasons') return list(',', words.value)
  return Object.hasOwn(words.value, value) ? wordOf(words.value, value) : shortId(value)
}

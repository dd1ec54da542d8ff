import type { z } from 'zod'
import type { auditLineSchema } from '../../../../shared/contract/audit.ts'
import type { Language } from '../../../core/language.ts'
import { formatCount, formatDate, formatMoment } from '../../format.ts'
import { common } from '../../texts.ts'
import { eventTexts } from '../requests/event-texts.ts'
import { fieldTexts } from '../settings/field-texts.ts'
import { actionTexts } from './action-texts.ts'
import { detailTexts } from './detail-texts.ts'
import { auditTexts } from './texts.ts'
import { valueTexts } from './value-texts.ts'

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

/** Who did it, as the log still knows: the NIM apart, where there is one. */
export function tellActor(line: Line, language: Language): Told {
  const words = auditTexts[language]
  if (line.user_id !== null) return { text: line.name ?? words.gone, nim: line.nim, userId: line.user_id }
  // A kiosk has no account: what it sent names its device.
  const kiosk = nameOf(line, String(line.details?.device ?? ''))
  if (kiosk !== undefined) return { text: words.kiosk(kiosk), nim: null, userId: null }
  // What comes from an address without an account is somebody who has not signed in.
  return { text: line.ip_address === null ? words.system : words.stranger, nim: null, userId: null }
}

/** Something of a line by its name. `userId` where it is an account. */
export interface Told {
  readonly text: string
  readonly nim: string | null
  readonly userId: string | null
}

/** The person a line is about, else the thing; null where it is about nothing that has an id. */
export function tellSubject(line: Line, language: Language): Told | null {
  const { subject_id, entity_id } = line
  if (subject_id !== null) {
    const person = line.named.find(({ id }) => id === subject_id)
    if (person) return { text: person.name, nim: person.nim, userId: subject_id }
    return { text: auditTexts[language].gone, nim: null, userId: null }
  }
  if (entity_id === null) return null
  return { text: nameOf(line, entity_id) ?? shortId(entity_id), nim: null, userId: null }
}

const nameOf = (line: Line, id: string) => line.named.find((one) => one.id === id)?.name

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
    // What each was changed to stands beside it.
    if (
      key === 'fields' &&
      String(value)
        .split(' ')
        .every((one) => (line.details?.[one] ?? null) !== null)
    )
      return []
    const isPerson = ['user', 'user_id', 'other'].includes(key) && UUID.test(String(value))
    const named = nameOf(line, String(value))
    const text = named ?? (isPerson ? auditTexts[language].gone : tellValue(key, value, language))
    return [
      {
        key,
        name: wordOf(detailTexts[language].key, key),
        text,
        userId: isPerson ? String(value) : null,
      },
    ]
  })
}

const DAY = /^\d{4}-\d\d-\d\d$/
const TIME = /^\d{4}-\d\d-\d\dT/

function tellValue(key: string, value: Exclude<Value, null>, language: Language): string {
  const values = valueTexts[language]
  if (typeof value === 'boolean') return value ? common[language].yes : common[language].no
  if (typeof value === 'number') return formatCount(value, language)
  const list = (separator: string, table: Readonly<Record<string, string>>) =>
    value
      .split(separator)
      .map((one) => wordOf(table, one))
      .join(', ')
  if (key === 'keys') return list(',', fieldTexts[language].label)
  if (key === 'fields') return list(' ', detailTexts[language].field)
  if (key === 'reasons') return list(',', eventTexts[language].reasons)
  if (DAY.test(value)) return formatDate(value, language)
  if (TIME.test(value)) return formatMoment(value, language)
  return Object.hasOwn(values, value) ? wordOf(values, value) : shortId(value)
}

import { z } from 'zod'

type Json = {
  readonly type?: string | readonly string[]
  readonly const?: unknown
  readonly enum?: readonly unknown[]
  readonly default?: unknown
  readonly anyOf?: readonly Json[]
  readonly oneOf?: readonly Json[]
  readonly allOf?: readonly Json[]
  readonly properties?: Readonly<Record<string, Json>>
  readonly required?: readonly string[]
  readonly items?: Json
  readonly minItems?: number
  readonly minimum?: number
  readonly exclusiveMinimum?: number
  readonly minLength?: number
  readonly format?: string
  readonly pattern?: string
}

/** Texts that fit the patterns and formats of the contract; tried in turn until one fits. */
const TEXTS = [
  'contoh-1',
  'contoh',
  '2026-11-02',
  '07:15',
  '2026-11-02T00:00:00.000Z',
  'siswa@sekolah.test',
  'ABCDE-12345',
  '10.0.0.0/8',
  'A',
  '123456',
] as const

function textFor({ minLength = 0, format, pattern }: Json): string {
  if (format === 'uuid') return '00000000-0000-4000-8000-000000000000'
  if (format === 'date') return '2026-11-02'
  if (format === 'date-time') return '2026-11-02T00:00:00.000Z'
  if (format === 'email') return 'siswa@sekolah.test'
  const fits = (text: string) =>
    text.length >= minLength && (pattern === undefined || new RegExp(pattern, 'u').test(text))
  return TEXTS.find(fits) ?? 'A'.repeat(Math.max(minLength, 1))
}

function exampleFor(json: Json): unknown {
  if (json.const !== undefined) return json.const
  if (json.enum !== undefined) return json.enum[0]
  if (json.default !== undefined) return json.default
  const choice = json.anyOf?.[0] ?? json.oneOf?.[0] ?? json.allOf?.[0]
  if (choice !== undefined) return exampleFor(choice)
  const type = typeof json.type === 'string' ? json.type : json.type?.[0]
  if (type === 'object')
    return Object.fromEntries((json.required ?? []).map((name) => [name, exampleFor(json.properties?.[name] ?? {})]))
  if (type === 'array') return Array.from({ length: json.minItems ?? 0 }, () => exampleFor(json.items ?? {}))
  if (type === 'integer' || type === 'number') return Math.max(json.minimum ?? 1, (json.exclusiveMinimum ?? 0) + 1)
  if (type === 'boolean') return true
  if (type === 'null') return null
  return textFor(json)
}

/** A small value of a schema's shape, required members only. It has the right types; that a refinement likes it is not sure. */
export function exampleOf(schema: z.ZodType): unknown {
  return exampleFor(z.toJSONSchema(schema, { io: 'input', unrepresentable: 'any' }) as Json)
}

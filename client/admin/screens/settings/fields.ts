import { type SchoolSettings, schoolSettingsSchema } from '../../../../shared/contract/settings.ts'

const { shape } = schoolSettingsSchema
const kept = shape.retention.unwrap().shape

/** The whole numbers among the settings, with their rule. */
const NUMBERS = {
  marking_days: shape.marking_days.unwrap(),
  kiosk_lease_days: shape.kiosk_lease_days.unwrap(),
  'retention.absensi': kept.absensi.unwrap(),
  'retention.audit_details': kept.audit_details.unwrap(),
  'retention.tickets': kept.tickets.unwrap(),
  'retention.traces': kept.traces.unwrap(),
  'retention.left_faces': kept.left_faces.unwrap(),
  'retention.backups': kept.backups.unwrap(),
} as const
const CHOICES = {
  registration: shape.registration.unwrap().options,
  public_privacy: shape.public_privacy.unwrap().options,
}

export type NumberPath = keyof typeof NUMBERS
export type ChoicePath = keyof typeof CHOICES
export type FlagPath = 'guardian_consent' | 'notify_parents' | 'daily_report'
/** A setting, by its place in the whole. */
export type Path = NumberPath | ChoicePath | FlagPath | 'school_name' | 'school_networks' | 'challenges'

export const isNumber = (path: Path): path is NumberPath => Object.hasOwn(NUMBERS, path)
export const isChoice = (path: Path): path is ChoicePath => Object.hasOwn(CHOICES, path)
export const choicesOf = (path: ChoicePath): readonly string[] => CHOICES[path]

/** The smallest and the largest value a number may have. */
export function boundsOf(path: NumberPath): { min: number; max: number } {
  const { minValue, maxValue } = NUMBERS[path]
  return { min: minValue ?? 0, max: maxValue ?? Number.MAX_SAFE_INTEGER }
}

/** The settings in the order of the page. */
export const GROUPS = {
  school: ['school_name', 'registration'],
  attendance: ['marking_days', 'notify_parents', 'daily_report'],
  liveness: ['challenges', 'kiosk_lease_days'],
  privacy: ['guardian_consent', 'public_privacy', 'school_networks'],
  retention: [
    'retention.absensi',
    'retention.audit_details',
    'retention.tickets',
    'retention.traces',
    'retention.left_faces',
    'retention.backups',
  ],
} as const satisfies Readonly<Record<string, readonly Path[]>>
export type GroupName = keyof typeof GROUPS
export const PATHS: readonly Path[] = Object.values(GROUPS).flat()

/** A value as the form holds it: numbers and networks as they are typed. */
export type Value = string | boolean | readonly string[]
export type Draft = Readonly<Record<Path, Value>>
export type Edits = Readonly<Partial<Record<Path, Value>>>

/** The settings as the form shows them. */
export function toDraft(settings: SchoolSettings): Draft {
  const read = (path: Path): Value => {
    const found = path.split('.').reduce<unknown>((tree, name) => (tree as Record<string, unknown>)[name], settings)
    if (path === 'school_networks') return (found as string[]).join('\n')
    return typeof found === 'number' ? String(found) : (found as Value)
  }
  return Object.fromEntries(PATHS.map((path) => [path, read(path)])) as Draft
}

/** Typed values as the server takes them; what is no number stays a text, for the check to find. */
export function fromEdits(edits: Edits): Record<string, unknown> {
  const tree: Record<string, unknown> = {}
  for (const [path, value] of Object.entries(edits) as [Path, Value][]) {
    const [name = '', inner] = path.split('.')
    const read = readValue(path, value)
    if (inner === undefined) tree[name] = read
    else tree[name] = { ...(tree[name] as object | undefined), [inner]: read }
  }
  return tree
}

function readValue(path: Path, value: Value): unknown {
  if (path === 'school_networks') return networksOf(String(value)).map(({ range }) => range)
  if (!isNumber(path)) return value
  const text = String(value).trim()
  return /^-?\d+$/.test(text) ? Number(text) : text
}

/** The ranges of a text, one a line, with the line each stands on; empty lines say nothing. */
export function networksOf(text: string): { range: string; line: number }[] {
  return text
    .split('\n')
    .flatMap((range, index) => (range.trim() === '' ? [] : [{ range: range.trim(), line: index + 1 }]))
}
